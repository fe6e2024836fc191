import type { CodeGraph } from '../reach/code-graph.ts'
import { definitionPieces } from '../reach/node-tokens.ts'
import type { FoundUse } from '../reach/parameter-uses.ts'
import type { CodeFacts, Definition, Implementation, ModuleSummary } from '../summary/module-summary.ts'
import { BrokenModuleError } from './broken-module-error.ts'
import { GIVEN_ELSEWHERE, type ClosureRootPlace } from './step-closure.ts'

/** What a closure starts from. */
export interface FoundRoot {
  readonly place: ClosureRootPlace
  readonly summary: ModuleSummary
  readonly pieces: readonly CodeFacts[]
  readonly line: number
  /** For people: `src/train.ts:train`. */
  readonly label: string
  readonly kind: string
  /** Why this root says too little. */
  readonly refusal?: string | undefined
}

/** Where a root is asked for. */
export interface RootQuestion {
  readonly file: string
  readonly at: number
  readonly what: string
}

/** @throws RangeError if there is no call, or no unit, at the place; BrokenModuleError if the file cannot be parsed */
export function findRoot(graph: CodeGraph, { file, at, what }: RootQuestion): FoundRoot {
  if (what === 'unit') return unitRoot(graph, file, at)
  const { summary, index, definition } = findDefinitionAt(graph, file, at)
  const name = summary.units[definition.unit]?.names.join(',').replace('*default*', 'default') ?? ''
  const common = {
    summary,
    line: definition.line,
    label: `${graph.paths.of(file)}:${name === '' ? (definition.name ?? definition.line) : name}`,
  }
  const place = { file, definition: index, unit: definition.unit }
  if (what !== 'function') {
    const pieces = portPieces(definition, what)
    return { ...common, place: { ...place, what: 'port', port: what }, pieces, kind: 'type' }
  }
  const implementation = definition.implementation ?? looseImplementation(graph, file, { summary, definition })
  if (implementation === undefined) {
    const pieces = definitionPieces(definition)
    return {
      ...common,
      place: { ...place, what: 'function', implementation: 'elsewhere' },
      pieces,
      kind: 'step',
      refusal: GIVEN_ELSEWHERE,
    }
  }
  const form = implementation.kind === 'expression' ? 'expression' : 'literal'
  return {
    ...common,
    place: { ...place, what: 'function', implementation: form },
    pieces: [implementation],
    kind: 'function',
  }
}

/** The parameter of a step's function that is its context. */
const CONTEXT = 1

/** How the function of a step uses its context; `unknown` if another function is around it. */
export function contextUse(graph: CodeGraph, { place, pieces }: FoundRoot): FoundUse | 'unknown' | undefined {
  if (place.what !== 'function' || place.implementation === 'elsewhere') return undefined
  // Sound: the only piece of such a root is what was given to `.implement`.
  const implementation = pieces[0] as Implementation | undefined
  if (implementation === undefined || implementation.kind !== 'expression') {
    return implementation && graph.parameters.ofPiece(place.file, implementation, CONTEXT)
  }
  if (implementation.name === undefined) return 'unknown'
  const targets = graph.linker.named(place.file, implementation.name)
  const found = graph.parameters.functionOf(targets)
  return found === undefined ? 'unknown' : graph.parameters.ofPiece(found.file, found.unit, CONTEXT)
}

/**
 * The definition whose call is at an offset: one that looks like it, else any call that is there.
 *
 * @throws RangeError if there is no call; BrokenModuleError if the file cannot be parsed
 */
export function findDefinitionAt(
  graph: CodeGraph,
  file: string,
  at: number,
): { readonly summary: ModuleSummary; readonly index: number; readonly definition: Definition } {
  refuseBroken(graph, file)
  for (const summary of [graph.linker.modules.load(file).summary, undefined]) {
    const searched = summary ?? graph.linker.modules.withDefinitionAt(file, at)
    const index = searched.definitions.findIndex((definition) => definition.at === at)
    const definition = searched.definitions[index]
    if (definition !== undefined) return { summary: searched, index, definition }
  }
  throw new RangeError(`there is no call at offset ${at} of ${file}`)
}

function refuseBroken(graph: CodeGraph, file: string): void {
  const { problem } = graph.linker.modules.load(file).summary
  if (problem !== undefined) throw new BrokenModuleError(problem.what, graph.paths.at(file, problem.line))
}

function unitRoot(graph: CodeGraph, file: string, at: number): FoundRoot {
  refuseBroken(graph, file)
  const { summary } = graph.linker.modules.load(file)
  const index = summary.units.findIndex(({ range }) => range[0] <= at && at < range[1])
  const unit = summary.units[index]
  if (unit === undefined) throw new RangeError(`there is no declaration at offset ${at} of ${file}`)
  const name = unit.names.join(',').replace('*default*', 'default')
  return {
    place: { file, what: 'unit', unit: index },
    summary,
    pieces: [unit],
    line: unit.line,
    label: `${graph.paths.of(file)}:${name === '' ? unit.line : name}`,
    kind: 'function',
  }
}

/** The code of one port: its own expression, that of all ports of its group, or the whole declaration. */
function portPieces(definition: Definition, port: string): readonly CodeFacts[] {
  const group = `${port.split(':', 1)[0] ?? ''}:*`
  const found = definition.ports.filter((one) => one.port === port || one.port === group)
  if (found.length > 0) return found
  return [definition.declaration, ...definition.ports]
}

/** `declared.implement(fn)` elsewhere in the module, if that is the only one there can be. */
function looseImplementation(
  graph: CodeGraph,
  file: string,
  { summary, definition }: { readonly summary: ModuleSummary; readonly definition: Definition },
): Implementation | undefined {
  const unit = summary.units[definition.unit]
  const [name] = unit?.names ?? []
  if (unit?.names.length !== 1 || name === undefined || unit.kind !== 'const') return undefined
  const isExported = Object.values(summary.exports).some((one) => 'local' in one && one.local === name)
  const found = summary.looseImplementations.filter((one) => one.of === name)
  const isOnly = found.length === 1 && !isExported && graph.values.isValue(file, definition.unit)
  return isOnly ? found[0]?.implementation : undefined
}
