import { isCode } from '../link/module-resolver.ts'
import type { Linker } from '../link/linker.ts'
import { ArgumentChanges } from '../state/argument-changes.ts'
import type { Target } from '../link/target.ts'
import type { Manifest } from '../packages/manifest.ts'
import { undeclaredImports } from '../packages/undeclared-imports.ts'
import type { CodeFacts, ModuleSummary, Unit } from '../summary/module-summary.ts'
import { CairnValues } from './cairn-values.ts'
import { ChangedValues } from './changed-values.ts'
import { ParameterUses } from './parameter-uses.ts'
import { linkPieces } from './link-pieces.ts'
import type { LinkedCode, LinkedNode, PackageUse } from './linked-code.ts'
import { definitionPieces, nodePieces, nodeTokens } from './node-tokens.ts'
import type { ProjectPaths } from './project-paths.ts'

/** How a node is in a closure: used by the root, or because it runs at load. */
export type NodeMode = 'use' | 'effect'

/** A target that is a node. */
export type NodeTarget = Extract<Target, { readonly kind: 'unit' | 'file' | 'program' }>

interface NodeKey {
  readonly target: NodeTarget
  readonly mode: NodeMode
}

/** The units of a project with what they lead to, made as they are asked for. */
export class CodeGraph {
  readonly linker: Linker
  readonly values: CairnValues
  readonly changed: ChangedValues
  readonly parameters: ParameterUses
  readonly arguments: ArgumentChanges
  readonly paths: ProjectPaths
  readonly #ids = new Map<string, number>()
  readonly #keys: NodeKey[] = []
  readonly #undeclared = new Map<string, readonly PackageUse[]>()
  readonly #nodes: (LinkedNode | undefined)[] = []

  constructor(linker: Linker, paths: ProjectPaths) {
    this.linker = linker
    this.paths = paths
    this.values = new CairnValues(linker)
    this.changed = new ChangedValues(linker)
    this.parameters = new ParameterUses(linker)
    this.arguments = new ArgumentChanges(this)
  }

  idOf(target: NodeTarget, mode: NodeMode): number {
    const place = target.kind === 'unit' ? `${target.file}#${target.unit}` : `${target.file}#${target.kind}`
    const key = `${mode === 'effect' ? '!' : ''}${place}`
    let id = this.#ids.get(key)
    if (id === undefined) {
      id = this.#keys.push({ target, mode }) - 1
      this.#ids.set(key, id)
    }
    return id
  }

  node(id: number): LinkedNode {
    let node = this.#nodes[id]
    if (node === undefined) {
      node = this.#link(id)
      this.#nodes[id] = node
    }
    return node
  }

  /** What some pieces of a file lead to, with the definitions that were cut out of them. */
  link(file: string, pieces: readonly CodeFacts[], mode: NodeMode): LinkedCode {
    return linkPieces(this, { file, pieces, mode })
  }

  unit(file: string, unit: number): Unit {
    const found = this.linker.modules.load(file).summary.units[unit]
    if (found === undefined) throw new RangeError(`there is no unit ${unit} in ${file}`)
    return found
  }

  /** Packages that a file of a package uses and does not declare, where they are installed. */
  undeclaredPackages(file: string, manifest: Manifest): readonly PackageUse[] {
    let uses = this.#undeclared.get(file)
    if (uses === undefined) {
      uses = undeclaredImports(file, manifest).flatMap((specifier) => {
        const resolved = this.linker.resolver.resolve(file, specifier)
        return resolved.kind === 'package' ? [{ manifest: resolved.manifest, file: resolved.file }] : []
      })
      this.#undeclared.set(file, uses)
    }
    return uses
  }

  /** Whether any of some targets is something else than Cairn, a step or a pipeline. */
  isForeign(targets: readonly Target[]): boolean {
    return targets.some(
      (target) => target.kind !== 'cairn' && !(target.kind === 'unit' && this.values.isValue(target.file, target.unit)),
    )
  }

  /** Pieces of a root with those of the definitions inside of it. */
  withDefinitions(summary: ModuleSummary, pieces: readonly CodeFacts[]): readonly CodeFacts[] {
    return pieces.flatMap((piece) => [
      piece,
      ...(piece.definitions ?? []).flatMap((index) =>
        this.withDefinitions(summary, definitionPieces(summary.definitions[index])),
      ),
    ])
  }

  #link(id: number): LinkedNode {
    const key = this.#keys[id]
    if (key === undefined) throw new RangeError(`there is no node ${id}`)
    return key.target.kind === 'unit' ? this.#linkUnit(key.target, key.mode) : this.#linkFile(key.target)
  }

  #linkUnit({ file, unit: index }: Extract<NodeTarget, { kind: 'unit' }>, mode: NodeMode): LinkedNode {
    const { summary } = this.linker.modules.load(file)
    const unit = this.unit(file, index)
    const definitions = summary.definitions.flatMap((definition, position) =>
      definition.unit === index && !(mode === 'effect' && this.values.isDefinition(file, definition)) ? [position] : [],
    )
    const part = { unit: index, definitions }
    const linked = this.link(file, nodePieces(summary, part), mode)
    const edges = [...linked.edges, ...this.#repeated(file, summary, index)]
    const name = unit.names.join(',').replace('*default*', 'default')
    return {
      ...linked,
      edges,
      shape: `${mode} ${linked.shape}`,
      file,
      mode,
      ...part,
      label: `${this.paths.of(file)}:${name === '' ? (unit.gist ?? unit.line) : name}`,
      kind: kindOf(unit),
      tokens: nodeTokens(summary, part),
    }
  }

  /** Other declarations of the same names: `var` twice, merged enums and namespaces. */
  #repeated(file: string, summary: ModuleSummary, index: number): readonly number[] {
    const unit = this.unit(file, index)
    return summary.units.flatMap((other, position) => {
      const isSame = other.repeats?.some((name) => unit.names.includes(name)) ?? false
      return isSame && position !== index ? [this.idOf({ kind: 'unit', file, unit: position, name: '' }, 'use')] : []
    })
  }

  #linkFile(target: Extract<NodeTarget, { kind: 'file' | 'program' }>): LinkedNode {
    const { file, kind } = target
    const { summary } = this.linker.modules.load(file)
    const definitions = summary.definitions.map((_, position: number) => position)
    const linked = this.link(file, nodePieces(summary, { definitions }), 'use')
    const { problem } = summary
    const refusals = problem === undefined ? [] : [{ reason: problem.what, at: this.paths.at(file, problem.line) }]
    return {
      ...linked,
      edges: [...linked.edges, ...this.#requested(target, summary)],
      shape: `${kind} ${summary.kind} ${linked.shape}`,
      refusals: [...linked.refusals, ...refusals],
      file,
      mode: 'use',
      definitions,
      label: this.paths.of(file),
      kind: 'file',
      tokens: nodeTokens(summary, { definitions }),
    }
  }

  /** A program runs all that it asks for; a whole module what it asks for without names. */
  #requested({ file, kind }: NodeTarget, summary: ModuleSummary): readonly number[] {
    return summary.requests.flatMap((request) => {
      if (kind !== 'program' && request.kind !== 'effect') return []
      const resolved = this.linker.resolver.resolve(file, request.specifier, request.kind === 'require')
      if (resolved.kind !== 'file') return []
      const isProgram = isCode(resolved.file)
      return [
        this.idOf(
          isProgram ? { kind: 'program', file: resolved.file } : { kind: 'file', file: resolved.file, name: '*' },
          'use',
        ),
      ]
    })
  }
}

function kindOf(unit: Unit): string {
  if (unit.kind === 'class' || unit.initialiser?.kind === 'class') return 'class'
  if (unit.kind === 'function' || unit.initialiser?.kind === 'function') return 'function'
  if (unit.kind === 'effect') return 'statement'
  return unit.kind === 'enum' || unit.kind === 'namespace' ? unit.kind : 'constant'
}
