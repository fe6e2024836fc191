import { findInstalled } from './installed.ts'
import { isInNodeModules, isOwnPackage, type Manifest, type Manifests } from './manifest.ts'

/** A dependency as it is installed: the number of a package in the table, or that it is not there. */
export type Dependency = readonly [name: string, number: number | 'absent']

/** An installed package that the closure reaches. */
export interface ReachedPackage {
  readonly name: string
  readonly version: string
  readonly dependencies: readonly Dependency[]
}

/** Why a package cannot be identified. */
interface Refused {
  readonly refused: string
}

/**
 * The npm packages that a closure reaches, numbered in the order in which they are found. A package is its name and
 * version, and those of everything that it depends on as installed on this machine.
 */
export class PackageTable {
  readonly #manifests: Manifests
  readonly #numbers = new Map<string, number>()
  readonly #queue: Manifest[] = []

  constructor(manifests: Manifests) {
    this.#manifests = manifests
  }

  /** The number of a package in this table, new if it was not in it. */
  numberOf(manifest: Manifest): number {
    const known = this.#numbers.get(manifest.dir)
    if (known !== undefined) return known
    const number = this.#queue.length
    this.#numbers.set(manifest.dir, number)
    this.#queue.push(manifest)
    return number
  }

  /**
   * All packages with what they depend on; call it once, after the last package was added.
   *
   * @returns a reason, as text, where a package cannot be identified
   */
  reached(): readonly ReachedPackage[] | string {
    const reached: ReachedPackage[] = []
    // The queue grows while it is read.
    for (const manifest of this.#queue) {
      const { name, version } = manifest
      if (version === undefined) return `the package ${name} has no version`
      const dependencies: Dependency[] = []
      for (const dependency of manifest.dependencies) {
        const found = this.#resolve(dependency, manifest)
        if (typeof found === 'object') return found.refused
        if (found !== undefined) dependencies.push([dependency, found])
      }
      reached.push({ name, version, dependencies })
    }
    return reached
  }

  #resolve(name: string, of: Manifest): number | 'absent' | Refused | undefined {
    if (isOwnPackage(name)) return undefined
    const isOptional = of.optional.has(name)
    const dir = findInstalled(name, of.dir)
    // One that is missing may be meant for another system: were it to count, machines could not share results.
    if (dir === undefined) return isOptional ? undefined : 'absent'
    const manifest = this.#manifests.inFolder(dir)
    if (manifest === undefined) return { refused: `the package ${name} has no readable package.json` }
    if (isOptional && manifest.isForSomeSystems) return undefined
    if (!isInNodeModules(dir)) {
      return { refused: `the package ${of.name} depends on ${name}, which is linked from a folder` }
    }
    return this.numberOf(manifest)
  }
}
