import nodePath from 'node:path'
import { fileURLToPath } from 'node:url'

import { projectDirs } from '../stack/project-dirs.ts'
import { shownUrl } from './url-state.ts'

/** What a reference points to. */
export type ReferencePlace =
  /** `shown` and `stored` are relative to the project inside of it, so that they are the same on every machine. */
  | { readonly kind: 'path'; readonly stored: string; readonly path: string; readonly shown: string }
  /** `shown` is without query and fragment, which may hold secrets. */
  | { readonly kind: 'url'; readonly stored: string; readonly shown: string }

/** Two letters at least: `C:\data` is a path. */
const SCHEME = /^(?<scheme>[A-Za-z][A-Za-z0-9+.-]+):/

/**
 * Reads a reference.
 *
 * @throws a TypeError whose message is one clause
 */
export function referencePlace(reference: unknown): ReferencePlace {
  if (typeof reference !== 'string' || reference === '') throw new TypeError('it is not the text of a path or URL')
  if (reference.includes('\0')) throw new TypeError('it holds a NUL character')
  const scheme = SCHEME.exec(reference)?.groups?.['scheme']?.toLowerCase()
  if (scheme === undefined) return pathPlace(reference)
  if (scheme === 'file') return pathPlace(fileURLToPath(reference))
  if (scheme !== 'http' && scheme !== 'https') {
    throw new TypeError(`references to ${scheme}: are not known, only paths, file:, http: and https:`)
  }
  const url = URL.parse(reference)
  if (url === null) throw new TypeError('it is not a valid URL')
  if (url.username !== '' || url.password !== '')
    throw new TypeError('it holds a user name or password, which would be stored')
  return { kind: 'url', stored: url.href, shown: shownUrl(url.href) }
}

function pathPlace(given: string): ReferencePlace {
  const { projectDir } = projectDirs()
  const path = nodePath.resolve(projectDir, given)
  const relative = nodePath.relative(projectDir, path)
  const isInside = relative.split(nodePath.sep)[0] !== '..' && !nodePath.isAbsolute(relative)
  const stored = isInside ? relative.replaceAll(nodePath.sep, '/') || '.' : path
  return { kind: 'path', stored, path, shown: stored }
}
