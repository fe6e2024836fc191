import { relative, sep } from 'node:path'

import type { ReachedPackage } from '../closure/step-closure.ts'
import type { Manifest } from '../packages/manifest.ts'
import type { CodeGraph, NodeMode, NodeTarget } from './code-graph.ts'
import type { LinkedCode, LinkedNode, PackageUse } from './linked-code.ts'

/** How a closure uses a package. */
interface PackageUses {
  readonly manifest: Manifest
  readonly specifiers: Set<string>
  readonly files: Set<string>
}

/** Nodes of a closure, numbered breadth first in order of discovery, so that paths of files play no part. */
export class ClosureWalk {
  readonly nodes: LinkedNode[] = []
  /** All that was linked: the root first. */
  readonly linked: LinkedCode[] = []
  /** Numbers of what each node leads to, in order; -1 before each node. */
  readonly structure: number[] = []
  readonly #graph: CodeGraph
  readonly #ids: number[] = []
  readonly #numbers = new Map<number, number>()
  /** Numbers by `file#unit`, of both modes. */
  readonly #units = new Map<string, number>()
  readonly #packages = new Map<string, PackageUses>()

  constructor(graph: CodeGraph) {
    this.#graph = graph
  }

  /** Takes in what the root leads to, and all behind that. */
  start(root: LinkedCode): void {
    this.#take(root)
    this.#drain()
  }

  /** Adds a node that the root does not lead to, and all behind it. Returns its number. */
  add(target: NodeTarget, mode: NodeMode): number {
    const number = this.#enter(this.#graph.idOf(target, mode))
    this.#drain()
    return number
  }

  /** Adds a package with those that the file of it uses without declaring them. */
  addPackage({ manifest, specifier, file }: PackageUse): void {
    let known = this.#packages.get(manifest.dir)
    if (known === undefined) {
      known = { manifest, specifiers: new Set(), files: new Set() }
      this.#packages.set(manifest.dir, known)
    }
    if (specifier !== undefined) known.specifiers.add(specifier)
    if (known.files.has(file)) return
    known.files.add(file)
    for (const use of this.#graph.undeclaredPackages(file, manifest)) this.addPackage(use)
  }

  /** The number of a unit, if it is in the closure. */
  numberOf(key: string): number | undefined {
    return this.#units.get(key)
  }

  hasPackage(dir: string): boolean {
    return this.#packages.has(dir)
  }

  /** Whether code of the closure uses a module of Node. */
  hasBuiltin(name: string): boolean {
    return this.linked.some(({ builtins }) => builtins.includes(name))
  }

  /** Units of the closure as `file#unit`. */
  get unitKeys(): Iterable<string> {
    return this.#units.keys()
  }

  get packages(): readonly ReachedPackage[] {
    const reached = Array.from(this.#packages.values(), ({ manifest, specifiers, files }) => ({
      dir: manifest.dir,
      name: manifest.name,
      version: manifest.version ?? '',
      specifiers: [...specifiers].toSorted(),
      files: Array.from(files, (file) => relative(manifest.dir, file).split(sep).join('/')).toSorted(),
    }))
    return reached.toSorted((a, b) => compare(`${a.name}@${a.version} ${a.dir}`, `${b.name}@${b.version} ${b.dir}`))
  }

  #enter(id: number): number {
    let number = this.#numbers.get(id)
    if (number === undefined) {
      number = this.#ids.push(id) - 1
      this.#numbers.set(id, number)
    }
    return number
  }

  #take(linked: LinkedCode): void {
    this.linked.push(linked)
    for (const use of linked.packages) this.addPackage(use)
    for (const id of linked.edges) this.structure.push(this.#enter(id))
  }

  #drain(): void {
    for (let number = this.nodes.length; number < this.#ids.length; number += 1) {
      const node = this.#graph.node(this.#ids[number] ?? 0)
      this.nodes.push(node)
      if (node.unit !== undefined) {
        const key = `${node.file}#${node.unit}`
        if (!this.#units.has(key)) this.#units.set(key, number)
      }
      this.structure.push(-1)
      this.#take(node)
    }
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
