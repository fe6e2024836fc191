import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What the closure needs to know of a `package.json`. */
export interface Manifest {
  /** Real path of the folder. */
  readonly dir: string
  readonly name: string
  readonly version?: string | undefined
  /** Names of `dependencies`, `optionalDependencies` and `peerDependencies`, sorted. */
  readonly dependencies: readonly string[]
  /** Those that the package declares as its own optional dependencies. */
  readonly optional: ReadonlySet<string>
  /** Whether it says on which systems it can be installed. */
  readonly isForSomeSystems: boolean
}

/** Reads manifests, each once: a process keeps running the packages that it has loaded. */
export class Manifests {
  readonly #byDir = new Map<string, Manifest | undefined>()
  readonly #owners = new Map<string, Manifest | undefined>()

  /** The manifest in a folder if it has a name. A broken file counts as none. */
  inFolder(dir: string): Manifest | undefined {
    if (!this.#byDir.has(dir)) this.#byDir.set(dir, readManifest(dir))
    return this.#byDir.get(dir)
  }

  /** The package that a folder belongs to: the nearest manifest that has a name, and below `node_modules` a version. */
  owning(dir: string): Manifest | undefined {
    if (!this.#owners.has(dir)) this.#owners.set(dir, this.#findOwner(dir))
    return this.#owners.get(dir)
  }

  #findOwner(dir: string): Manifest | undefined {
    // What is installed never belongs to the project around it.
    if (basename(dir) === 'node_modules') return undefined
    const manifest = this.inFolder(dir)
    if (manifest !== undefined && (manifest.version !== undefined || !isInNodeModules(dir))) return manifest
    const parent = dirname(dir)
    return parent === dir ? undefined : this.owning(parent)
  }
}

/** Whether a real path lies below a `node_modules` folder. */
export function isInNodeModules(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path)
}

/**
 * Whether a package is a part of Cairn. Those are not followed and do not count: what they store has versions of its
 * own. The examples and end-to-end tests of Cairn are user code.
 */
export function isOwnPackage(name: string): boolean {
  return name === 'cairnml' || (name.startsWith('@cairnml/') && !/^@cairnml\/(?:example-|e2e)/.test(name))
}

function readManifest(dir: string): Manifest | undefined {
  const path = join(dir, 'package.json')
  if (!existsSync(path)) return undefined
  const fields = parseObject(path)
  const name = fields['name']
  if (typeof name !== 'string') return undefined
  const optional = keysOf(fields['optionalDependencies'])
  const dependencies = [...keysOf(fields['dependencies']), ...optional, ...keysOf(fields['peerDependencies'])]
  return {
    dir,
    name,
    version: typeof fields['version'] === 'string' ? fields['version'] : undefined,
    dependencies: [...new Set(dependencies)].toSorted(),
    optional: new Set(optional),
    isForSomeSystems: fields['os'] !== undefined || fields['cpu'] !== undefined,
  }
}

function parseObject(path: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return {}
  }
}

function keysOf(value: unknown): readonly string[] {
  return Object.keys(asObject(value))
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  // Every object can be read by string keys; their values stay unknown.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
