import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const LOADERS =
  /^(?:bindings|node-gyp-build|node-gyp-build-optional-packages|node-addon-api|prebuild-install|(?:@mapbox\/)?node-pre-gyp)$/
const PLATFORM = /(?:linux|darwin|win32|freebsd|android)[-_](?:x64|x86|ia32|arm64|arm)/
const NATIVE_FIELDS = ['gypfile', 'napi', 'binary', 'os', 'cpu', 'libc']
const OWN_FILES = /\b__dirname\b|\b__filename\b|\bimport\.meta\.(?:url|dirname|filename|resolve)\b/

/** Whether a package holds machine code, or gets it from optional packages for one system each. */
export function isNativePackage(dir: string): boolean {
  if (existsSync(join(dir, 'binding.gyp'))) return true
  const manifest = readManifest(dir)
  if (NATIVE_FIELDS.some((field) => manifest[field] !== undefined)) return true
  const optional = namesOf(manifest['optionalDependencies'])
  return (
    [...namesOf(manifest['dependencies']), ...optional].some((name) => LOADERS.test(name)) ||
    optional.some(isForOneSystem)
  )
}

/** Whether the text of a module looks for files beside it, which a bundle would have taken away. */
export function looksForOwnFiles(text: string): boolean {
  return OWN_FILES.test(text)
}

function isForOneSystem(name: string): boolean {
  return PLATFORM.test(name)
}

function readManifest(dir: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
  // Every object can be read by string keys; their values stay unknown.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function namesOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
