import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, posix, resolve } from 'node:path'

import { isCode } from '../link/module-resolver.ts'
import { decodedPath, pathOfUrl } from '../link/path-of-url.ts'
import { portablePath } from './portable-path.ts'

const FOLDER = 'assets'

/** The files beside the main one of a bundle, as they are found by `new URL('...', import.meta.url)`. */
export class BundleFiles {
  readonly #projectDir: string
  readonly #files = new Map<string, string>()

  constructor(projectDir: string) {
    this.#projectDir = projectDir
  }

  /** Files by path in the bundle, in order of discovery; it may grow while it is read. */
  get entries(): Iterable<readonly [path: string, file: string]> {
    return this.#files
  }

  /**
   * What a file of the bundle has to say instead of a specifier.
   *
   * @param from file of the project that says it
   * @param path where that text is in the bundle
   * @returns `undefined` if it does not name a file
   */
  urlOf(from: string, path: string, specifier: string): string | undefined {
    const file = fileOf(from, specifier)
    if (file === undefined) return undefined
    const target = this.#pathOf(file)
    this.#files.set(target, file)
    const url = posix.relative(posix.dirname(path), target).split('/').map(encodeURIComponent).join('/')
    return url.startsWith('.') ? url : `./${url}`
  }

  #pathOf(file: string): string {
    const path = `${FOLDER}/${portablePath(this.#projectDir, file)}`
    return isCode(file) ? `${path}.mjs` : path
  }
}

function fileOf(from: string, specifier: string): string | undefined {
  if (/^[A-Za-z][\w+.-]+:/.test(specifier) && !specifier.startsWith('file:')) return undefined
  const plain = specifier.replace(/[?#].*$/, '')
  const path = plain.startsWith('file:') ? pathOfUrl(plain) : resolve(dirname(from), decodedPath(plain))
  return path !== undefined && existsSync(path) && statSync(path).isFile() ? realpathSync(path) : undefined
}
