import { dirname } from 'node:path'

import type { BundleProfile } from './code-bundle.ts'
import type { ModuleText } from './link-modules.ts'
import { portablePath } from './portable-path.ts'
import { UnbundleableError } from './unbundleable-error.ts'

const PLACE = /\b__(?:dirname|filename)\b/

/**
 * The text of a CommonJS module that knows where it lies; `undefined` if it does not ask for that.
 *
 * @throws UnbundleableError if it asks, and the bundle may run where it does not lie
 */
export function commonJsText(
  text: string,
  place: { readonly file: string; readonly projectDir: string; readonly profile: BundleProfile },
): ModuleText | undefined {
  const found = PLACE.exec(text)
  if (found === null) return undefined
  if (place.profile === 'portable') {
    const line = text.slice(0, found.index).split('\n').length
    throw new UnbundleableError(`it uses ${found[0]}`, `${portablePath(place.projectDir, place.file)}:${line}`)
  }
  const names = `__filename=${JSON.stringify(place.file)},__dirname=${JSON.stringify(dirname(place.file))}`
  return { code: `var ${names};${text.replace(/^#!.*/, '')}` }
}
