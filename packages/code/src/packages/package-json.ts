import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What counts of a `package.json` for the identity of an installed package. */
export interface PackageJson {
  readonly name?: string | undefined
  readonly version?: string | undefined
  /** Requested versions of `dependencies`, `optionalDependencies` and `peerDependencies`, by name. */
  readonly dependencies: ReadonlyMap<string, string>
  /** Names in `optionalDependencies`. */
  readonly optional: ReadonlySet<string>
  /** Names under which `exports` and `imports` have more than one target. */
  readonly conditions: ReadonlySet<string>
  /** Whether `exports` says what can be imported of it. */
  readonly hasExports: boolean
  /** Whether it says on which systems it can be installed. */
  readonly isForSomeSystems: boolean
  /** Whether a field says that machine code is built or fetched when it is installed. */
  readonly hasNativeFields: boolean
}

const SYSTEM_FIELDS = ['os', 'cpu', 'libc']
const NATIVE_FIELDS = ['gypfile', 'binary', 'napi', 'prebuild', 'cmake-js']
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall']
const NATIVE_TOOLS =
  /\b(?:node-gyp|node-pre-gyp|node-gyp-build|prebuild-install|prebuildify|cmake-js|cargo-cp-artifact)\b/

/** The `package.json` in a folder, or `undefined` if there is none that can be read. */
export function readPackageJson(dir: string): PackageJson | undefined {
  const fields = readFields(join(dir, 'package.json'))
  if (fields === undefined) return undefined
  const optional = asObject(fields['optionalDependencies'])
  const all = { ...asObject(fields['peerDependencies']), ...asObject(fields['dependencies']), ...optional }
  return {
    name: textIn(fields, 'name'),
    version: textIn(fields, 'version'),
    dependencies: new Map(Object.entries(all).map(([name, wanted]) => [name, String(wanted)])),
    optional: new Set(Object.keys(optional)),
    conditions: new Set([...conditionsIn(fields['exports']), ...conditionsIn(fields['imports'])]),
    hasExports: fields['exports'] !== undefined && fields['exports'] !== null,
    isForSomeSystems: SYSTEM_FIELDS.some((field) => isFilled(fields[field])),
    hasNativeFields: NATIVE_FIELDS.some((field) => isFilled(fields[field])) || buildsNative(fields),
  }
}

/** Keys that are neither subpaths nor private names. */
function conditionsIn(targets: unknown): readonly string[] {
  if (Array.isArray(targets)) return targets.flatMap(conditionsIn)
  return Object.entries(asObject(targets)).flatMap(([key, target]) => [
    ...(/^[.#]/.test(key) ? [] : [key]),
    ...conditionsIn(target),
  ])
}

function buildsNative(fields: Readonly<Record<string, unknown>>): boolean {
  const scripts = asObject(fields['scripts'])
  return INSTALL_SCRIPTS.some((name) => NATIVE_TOOLS.test(textIn(scripts, name) ?? ''))
}

function readFields(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')))
  } catch {
    return undefined
  }
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== false
}

function textIn(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  // Every object can be read by string keys; their values stay unknown.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
