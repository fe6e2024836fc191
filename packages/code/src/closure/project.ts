import type { CodePart } from '@cairnml/core'

import { EffectFinder } from '../effects/closure-effects.ts'
import { Linker } from '../link/linker.ts'
import { ModuleResolver } from '../link/module-resolver.ts'
import { ProjectModules, type KnownHash } from '../link/project-modules.ts'
import { processConditions } from '@cairnml/core/packages'
import { ClosureWalk } from '../reach/closure-walk.ts'
import { CodeGraph } from '../reach/code-graph.ts'
import type { LinkedNode } from '../reach/linked-code.ts'
import { ProjectPaths } from '../reach/project-paths.ts'
import { SharedState } from '../state/shared-state.ts'
import type { CodeFacts, ModuleSummary } from '../summary/module-summary.ts'
import { closureDigest, closureStructure } from './digest-of-closure.ts'
import { contextUse, findDefinitionAt, findRoot, type FoundRoot } from './find-root.ts'
import type { ClosureRefusal, RunRead, StepClosure } from './step-closure.ts'

/** What a closure is asked of. */
export interface ClosureRoot {
  /** Absolute real path. */
  readonly file: string
  /**
   * Offset in the text without a byte order mark, in UTF-16 code units: of the last name of the callee of a definition,
   * or of any place inside of a unit.
   */
  readonly at: number
  /**
   * `function`: what `.implement` was given; `input:x`, `output:y`, `params`: a declared type (the unnamed output is
   * `output:output`); `unit`: the whole top-level declaration that holds the place.
   */
  readonly what: string
}

/** Options of {@link Project}. */
export interface ProjectOptions {
  /** Real path. */
  readonly projectDir: string
  /** Modules that are loaded before a step runs, in order: preloaded ones, then the entry file. Real paths. */
  readonly entries?: readonly string[] | undefined
  /** Conditions of the process. @default those of this process */
  readonly conditions?: readonly string[] | undefined
  /** Known summaries by content hash and extension; new ones are added. */
  readonly summaries?: Map<string, ModuleSummary> | undefined
  /** Says what files hold that were looked at a moment ago. @default all are read */
  readonly knownHash?: KnownHash | undefined
}

/** The code of a project as it lies on disk when it is first asked for: what steps can reach, and its digests. */
export class Project {
  readonly modules: ProjectModules
  readonly graph: CodeGraph
  readonly #resolver: ModuleResolver
  readonly #effects: EffectFinder
  readonly #state: SharedState
  readonly #entries: readonly string[]
  /** Files by the list that gives the order in which they are loaded. */
  readonly #sorted = new WeakMap<readonly string[], readonly string[]>()

  constructor(options: ProjectOptions) {
    this.modules = new ProjectModules(options.summaries ?? new Map(), options.knownHash)
    this.#resolver = new ModuleResolver(options.conditions ?? processConditions())
    this.graph = new CodeGraph(new Linker(this.modules, this.#resolver), new ProjectPaths(options.projectDir))
    this.#effects = new EffectFinder(this.graph)
    this.#state = new SharedState(this.graph)
    this.#entries = options.entries ?? []
  }

  /**
   * All project code that something can reach.
   *
   * @throws RangeError if there is no call, or no unit, at the place; BrokenModuleError if its file cannot be parsed; what
   * the file system throws if a file cannot be read
   */
  closureOf(question: ClosureRoot): StepClosure {
    const root = findRoot(this.graph, question)
    const pieces = this.graph.withDefinitions(root.summary, root.pieces)
    const linked = this.graph.link(root.place.file, pieces, 'use')
    const walk = new ClosureWalk(this.graph)
    walk.start(linked)
    const effects = this.#effects.addTo(walk, [...this.#entries, root.place.file])
    const state = this.#state.refusals(walk, effects.order)
    const structure = closureStructure(walk, effects)
    const rootTokens = pieces.map(({ hash }) => hash).join()
    return {
      digest: closureDigest(structure, { rootTokens, nodes: walk.nodes }),
      structure,
      rootTokens,
      root: root.place,
      nodes: walk.nodes.map(toNode),
      effects: effects.effects,
      parts: partsOf(root, rootTokens, walk.nodes),
      packages: walk.packages,
      ...this.#reads(root, walk),
      reasons: unique([
        ...this.#rootRefusals(root),
        ...walk.linked.flatMap((one) => one.refusals),
        ...effects.refusals,
        ...state,
      ]),
      captured: [...new Set(pieces.flatMap((piece) => piece.captured ?? []))],
      files: this.#files(root, walk, effects.order),
      absent: [...this.#resolver.absent].toSorted(),
    }
  }

  /**
   * The ports of a definition that are not built from Cairn's own exports alone, by the names that `closureOf` takes;
   * `input:*` or `output:*` where the ports of a group are not written out, `*` where the whole declaration counts.
   */
  ownPorts({ file, at }: Pick<ClosureRoot, 'file' | 'at'>): readonly string[] {
    const { definition, summary } = findDefinitionAt(this.graph, file, at)
    if (definition.ports.length === 0) {
      const isLiteral = this.#isCairnOnly(file, summary, definition.declaration)
      return isLiteral ? [] : ['*']
    }
    return definition.ports.filter((port) => !this.#isCairnOnly(file, summary, port)).map(({ port }) => port)
  }

  #isCairnOnly(file: string, summary: ModuleSummary, piece: CodeFacts): boolean {
    const pieces = this.graph.withDefinitions(summary, [piece])
    return pieces.every(
      ({ references, captured, files }) =>
        captured === undefined &&
        files === undefined &&
        references.every((one) => this.graph.linker.targets(file, one).every(({ kind }) => kind === 'cairn')),
    )
  }

  #rootRefusals({ refusal, place, line }: FoundRoot): readonly ClosureRefusal[] {
    return refusal === undefined ? [] : [{ reason: refusal, at: this.graph.paths.at(place.file, line) }]
  }

  #reads(
    root: FoundRoot,
    walk: ClosureWalk,
  ): Pick<StepClosure, 'environment' | 'outsideReads' | 'readsRun' | 'notices'> {
    const names = new Set(walk.linked.flatMap(({ environment }) => environment))
    // Which other variables it reads nobody can tell, so their values do not count.
    const isComputed = names.delete('*')
    const outside = walk.linked.flatMap(({ outsideReads }) => outsideReads)
    return {
      environment: [...names].toSorted(),
      outsideReads: [...new Map(outside.map((read) => [`${read.what} ${read.at}`, read])).values()],
      readsRun: this.#runRead(root, walk),
      notices: isComputed ? ['it reads process.env by a computed name'] : [],
    }
  }

  /** A context that is handed on counts as read: whoever gets it may read any of it. */
  #runRead(root: FoundRoot, walk: ClosureWalk): RunRead | undefined {
    const use = contextUse(this.graph, root)
    if (use === undefined) return undefined
    if (use !== 'unknown') {
      const read = use.members.get('run')
      const found = read ?? use.whole
      return found && { at: this.graph.paths.at(found.file, found.line), isHandedOn: read === undefined }
    }
    const mention = walk.linked.find(({ mentionsRun }) => mentionsRun !== undefined)?.mentionsRun
    return mention === undefined ? undefined : { at: mention, isHandedOn: true }
  }

  #files(root: FoundRoot, walk: ClosureWalk, order: readonly string[]): readonly string[] {
    const loaded = this.#sortedFiles(order)
    const others = [root.place.file, ...walk.nodes.map(({ file }) => file), ...this.#resolver.consulted]
    const all = new Set(loaded)
    for (const file of others) all.add(file)
    return all.size === loaded.length ? loaded : [...all].toSorted()
  }

  #sortedFiles(order: readonly string[]): readonly string[] {
    let sorted = this.#sorted.get(order)
    if (sorted === undefined) {
      sorted = [...new Set(order)].toSorted()
      this.#sorted.set(order, sorted)
    }
    return sorted
  }
}

function toNode({ file, unit, mode, definitions, label, kind, tokens }: LinkedNode): StepClosure['nodes'][number] {
  return { file, unit, mode, definitions, label, kind, tokens }
}

function partsOf(root: FoundRoot, rootTokens: string, nodes: readonly LinkedNode[]): readonly CodePart[] {
  return [
    { label: root.label, identity: rootTokens.slice(0, 32), kind: root.kind },
    ...nodes.map(({ label, tokens, kind }) => ({ label, identity: tokens, kind })),
  ]
}

function unique(refusals: readonly ClosureRefusal[]): readonly ClosureRefusal[] {
  return [...new Map(refusals.map((one) => [`${one.reason} ${one.at ?? ''}`, one])).values()]
}
