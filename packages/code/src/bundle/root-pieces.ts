import type { ClosureRootPlace } from '../closure/step-closure.ts'
import { declarationParts } from '../summary/declaration-parts.ts'
import type { CodeFacts, Definition, Implementation, ModuleSummary, Span } from '../summary/module-summary.ts'
import { parseCode } from '../summary/parse-code.ts'
import type { BundleSource } from './bundle-source.ts'
import { findNode } from './syntax-edits.ts'
import { UnbundleableError } from './unbundleable-error.ts'

/** An expression of the step that becomes a value of the bundle. */
export interface RootPiece {
  readonly range: Span
  /** The unit that it is in. */
  readonly unit: number
  /** `run`, a port such as `input:x`, or `declaration`: all of what `step` was given. */
  readonly what: string
  readonly facts: CodeFacts
}

/**
 * The expressions that make up a step, in order of their places.
 *
 * @throws UnbundleableError where its function is not in the text
 */
export function rootPieces(source: BundleSource, root: ClosureRootPlace): readonly RootPiece[] {
  const summary = source.summaryOf(root.file)
  const definition = root.definition === undefined ? undefined : summary.definitions[root.definition]
  if (definition === undefined) throw new UnbundleableError('its function is not written where the step is declared')
  const { unit } = definition
  const given = implementationOf(definition, summary)
  const run = { range: given.implementation.range, unit: given.unit, what: 'run', facts: given.implementation }
  const ports = definition.ports
    .filter(({ port }) => port !== 'params')
    .map((port) => ({ range: port.range, unit, what: port.port, facts: port }))
  const whole = definition.ports.length === 0 ? wholeDeclaration(source, root.file, definition) : []
  return [...ports, ...whole, run].toSorted((a, b) => a.range[0] - b.range[0])
}

function implementationOf(
  definition: Definition,
  summary: ModuleSummary,
): { readonly implementation: Implementation; readonly unit: number } {
  const { implementation, unit } = definition
  if (implementation !== undefined) return { implementation, unit }
  const names = summary.units[unit]?.names ?? []
  const loose = summary.looseImplementations.filter(({ of }) => names.includes(of))
  const [only] = loose
  if (only !== undefined && loose.length === 1) return only
  throw new UnbundleableError('its function is not written where the step is declared')
}

/** A declaration that is not one object literal is a value whose ports are known when it runs. */
function wholeDeclaration(source: BundleSource, file: string, definition: Definition): readonly RootPiece[] {
  const parsed = parseCode(file, source.textOf(file))
  if ('problem' in parsed) throw new UnbundleableError(parsed.problem.what)
  const call = findNode(parsed.program, definition.range, ({ type }) => type === 'CallExpression')
  if (call?.type !== 'CallExpression' || declarationParts(call) !== undefined) return []
  const [given] = call.arguments
  if (given === undefined || call.arguments.length > 1 || given.type === 'SpreadElement') {
    throw new UnbundleableError('its declaration is not one argument')
  }
  const { unit, declaration } = definition
  return [{ range: [given.start, given.end], unit, what: 'declaration', facts: declaration }]
}
