import { hash } from 'node:crypto'

import type { CodeFacts, Definition, ModuleSummary } from '../summary/module-summary.ts'

/** Which part of a file a node is. */
export interface NodePart {
  /** Absent for the whole file. */
  readonly unit?: number | undefined
  readonly definitions: readonly number[]
}

/** The pieces of a definition. */
export function definitionPieces(definition: Definition | undefined): readonly CodeFacts[] {
  if (definition === undefined) return []
  const { declaration, ports, implementation } = definition
  return [declaration, ...ports, ...(implementation === undefined ? [] : [implementation])]
}

/** The pieces of code that a node consists of. */
export function nodePieces(summary: ModuleSummary, { unit, definitions }: NodePart): readonly CodeFacts[] {
  const units = unit === undefined ? summary.units : summary.units.slice(unit, unit + 1)
  return [...units, ...definitions.flatMap((index) => definitionPieces(summary.definitions[index]))]
}

/** The token hash of a node: what of its text counts. */
export function nodeTokens(summary: ModuleSummary, part: NodePart): string {
  if (summary.dataHash !== undefined) return summary.dataHash.slice(0, 32)
  const pieces = nodePieces(summary, part)
  if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0].hash
  return hash('sha256', pieces.map((piece) => piece.hash).join()).slice(0, 32)
}
