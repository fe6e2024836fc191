import type { CodeGraph } from '../reach/code-graph.ts'

/** Whether a unit holds something that code can change without assigning its name. */
export function isStateful(graph: CodeGraph, file: string, index: number): boolean {
  const unit = graph.unit(file, index)
  if (unit.kind === 'function' || unit.kind === 'enum') return false
  if (unit.kind === 'class') return unit.hasStatics === true
  const kind = unit.initialiser?.kind
  if (kind === 'function' || kind === 'literal' || kind === 'require') return false
  return !graph.values.isValue(file, index)
}
