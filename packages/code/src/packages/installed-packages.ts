import { hash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import type { PackageCode } from '@cairnml/core'

import { packageInPnp, pnpApiFor } from '@cairnml/core/packages'

import { namesInPnp } from '../pnp/resolve-in-pnp.ts'
import { isInNodeModules, isOwnPackage } from './manifest.ts'
import { isNativePackage } from './native-code.ts'
import { PackageIntegrity } from './package-integrity.ts'
import { readPackageJson, type PackageJson } from './package-json.ts'
import { StampBuilder, type PackageStamp } from './package-stamp.ts'

/** Why a package cannot be identified. */
export interface UnknownPackage {
  /** One clause, without a full stop. */
  readonly reason: string
}

/** A dependency as it is installed. */
type Dependency = readonly [name: string, dir: string | undefined]

interface InstalledPackage {
  readonly name: string
  readonly version: string
  /** What its own files are, and which versions of packages for one system only it found. */
  readonly content: readonly string[]
  readonly dependencies: readonly Dependency[]
  readonly conditions: ReadonlySet<string>
  readonly isNative: boolean
}

const NO_PACKAGES: ReadonlyMap<string, InstalledPackage> = new Map()
const PACKAGE = /^(.*[\\/]node_modules[\\/](@[^\\/]+[\\/][^\\/]+|[^@.\\/][^\\/]*))(?:[\\/]|$)/s
const EXACT_VERSION = /^=?v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/

/**
 * Identifies npm packages by what is installed: each with everything below it. All is read once, because a process keeps
 * running what it has loaded. Where the project lies never counts, nor do packages that exist for some systems only, so
 * that machines can share results; `isNative` says that the machine matters.
 */
export class InstalledPackages {
  readonly #stamp = new StampBuilder()
  readonly #integrity = new PackageIntegrity(this.#stamp)
  readonly #installed = new Map<string, InstalledPackage | UnknownPackage>()
  readonly #codes = new Map<string, PackageCode | UnknownPackage>()

  /**
   * The package that a file or folder belongs to.
   *
   * @param path a real path below `node_modules`
   * @param loaded files that are loaded, as paths in its folder: where one was edited after it had been installed, all
   *   files of the package count
   */
  identify(path: string, loaded: readonly string[] = []): PackageCode | UnknownPackage {
    const dir = packageFolder(path)
    if (dir === undefined) return inNoPackage(path)
    const key = [dir, ...loaded].join('\n')
    let code = this.#codes.get(key)
    if (code === undefined) {
      code = this.#codeOf(dir)
      const edited = 'reason' in code ? undefined : this.#integrity.editedContent(dir, loaded)
      if (!('reason' in code) && edited !== undefined) {
        code = { ...code, identity: hash('sha256', `${code.identity} ${edited}`) }
      }
      this.#codes.set(key, code)
    }
    return code
  }

  /**
   * Which of some conditions a package, or one below it, knows: those that none knows decide nothing.
   *
   * @param path a real path below `node_modules`
   */
  conditionsOf(path: string, conditions: readonly string[]): readonly string[] {
    const dir = packageFolder(path)
    const reached = dir === undefined || conditions.length === 0 ? NO_PACKAGES : this.#reach(dir)
    if ('reason' in reached) return conditions
    return conditions.filter((name) => Array.from(reached.values()).some((installed) => installed.conditions.has(name)))
  }

  /** What all answers so far depend on. */
  stamp(): PackageStamp {
    return this.#stamp.stamp()
  }

  #codeOf(root: string): PackageCode | UnknownPackage {
    const reached = this.#reach(root)
    if ('reason' in reached) return reached
    const numbers = new Map(Array.from(reached.keys(), (dir, number) => [dir, number]))
    const graph = Array.from(reached.values(), ({ name, version, content, dependencies }) => {
      const targets = dependencies.map(([alias, dir]) => [alias, dir === undefined ? null : (numbers.get(dir) ?? null)])
      return [name, version, content, targets]
    })
    const [first, ...others] = reached.values()
    if (first === undefined) return inNoPackage(root)
    const { name, version } = first
    const below = [...new Set(others.map((other) => `${other.name}@${other.version}`))].toSorted()
    const isNative = Array.from(reached.values()).some((installed) => installed.isNative)
    return { name, version, identity: hash('sha256', JSON.stringify(graph)), below, isNative }
  }

  /** A package and everything below it, breadth first, so that the order does not depend on paths. */
  #reach(root: string): ReadonlyMap<string, InstalledPackage> | UnknownPackage {
    const reached = new Map<string, InstalledPackage>()
    const queue = new Set([root])
    // A set that grows while it is read.
    for (const dir of queue) {
      const installed = this.#read(dir)
      if ('reason' in installed) return installed
      reached.set(dir, installed)
      for (const [, target] of installed.dependencies) if (target !== undefined) queue.add(target)
    }
    return reached
  }

  #read(dir: string): InstalledPackage | UnknownPackage {
    const known = this.#installed.get(dir)
    if (known !== undefined) return known
    const installed = this.#readNew(dir)
    this.#installed.set(dir, installed)
    return installed
  }

  #readNew(dir: string): InstalledPackage | UnknownPackage {
    const folderName = PACKAGE.exec(dir)?.[2]?.replace('\\', '/') ?? basename(dir)
    const json = readPackageJson(dir)
    this.#stamp.look(join(dir, 'package.json'), json !== undefined)
    if (json === undefined) return { reason: `the package ${folderName} has no readable package.json` }
    const { name, version } = json
    if (name === undefined) return { reason: `the package ${folderName} has no name` }
    if (version === undefined) return { reason: `the package ${name} has no version` }
    const found = this.#dependencies(dir, json)
    if ('reason' in found) return found
    const content = [this.#integrity.of({ dir, folderName, name, version }), ...found.systemVersions]
    return {
      name,
      version,
      content,
      dependencies: found.dependencies,
      conditions: json.conditions,
      isNative: isNativePackage(dir, json) || found.isNative,
    }
  }

  #dependencies(dir: string, json: PackageJson): FoundDependencies | UnknownPackage {
    const dependencies: Dependency[] = []
    const systemVersions = new Set<string>()
    let isNative = false
    for (const [name, wanted] of wantedBy(dir, json)) {
      if (isOwnPackage(name)) continue
      const target = this.#find(name, dir)
      const isOptional = json.optional.has(name)
      // One that is missing may be meant for another system: were it to count, machines could not share results.
      if (target === undefined && isOptional) continue
      const found = isOptional && target !== undefined ? readPackageJson(target) : undefined
      if (found?.isForSomeSystems === true) {
        isNative = true
        // An exact version is part of the content of the package that asks for it.
        if (!EXACT_VERSION.test(wanted)) systemVersions.add(`for some systems ${found.version ?? 'unknown'}`)
        continue
      }
      if (target !== undefined && !isInNodeModules(target)) {
        return { reason: `the package ${json.name ?? dir} depends on ${name}, which is linked from a folder` }
      }
      dependencies.push([name, target])
    }
    return { dependencies, systemVersions: [...systemVersions].toSorted(), isNative }
  }

  /** The real folder of a package as Node finds it from another folder. */
  #find(name: string, from: string): string | undefined {
    const pnp = pnpApiFor(from)
    if (pnp !== undefined) return packageInPnp(pnp, name, from)
    for (let dir = from; ; dir = dirname(dir)) {
      if (basename(dir) !== 'node_modules') {
        const candidate = join(dir, 'node_modules', name)
        const manifest = join(candidate, 'package.json')
        const isThere = existsSync(manifest)
        this.#stamp.look(manifest, isThere)
        if (isThere) return realpathSync(candidate)
      }
      if (dirname(dir) === dir) return undefined
    }
  }
}

interface FoundDependencies {
  readonly dependencies: readonly Dependency[]
  readonly systemVersions: readonly string[]
  readonly isNative: boolean
}

/** Names with the versions that are asked for, sorted. */
function wantedBy(dir: string, { dependencies }: PackageJson): readonly (readonly [string, string])[] {
  const pnp = pnpApiFor(dir)
  const added = pnp === undefined ? [] : namesInPnp(pnp, dir).map((name) => [name, '*'] as const)
  return Array.from(new Map([...added, ...dependencies])).toSorted(byName)
}

/** Without the folders above, which are nobody's business. */
function inNoPackage(path: string): UnknownPackage {
  const start = Math.max(0, path.lastIndexOf('node_modules'))
  return { reason: `${path.slice(start).replaceAll('\\', '/')} belongs to no package` }
}

function packageFolder(path: string): string | undefined {
  return PACKAGE.exec(path)?.[1]
}

function byName([first]: readonly [string, string], [second]: readonly [string, string]): number {
  return first < second ? -1 : 1
}
