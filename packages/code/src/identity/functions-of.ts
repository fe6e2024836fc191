import { Visitor, type Node } from 'oxc-parser'

import { parseCode } from '../summary/parse-code.ts'

/** The functions and classes of one top-level statement, in the order in which they start. */
export interface StatementFunctions {
  readonly functions: readonly Node[]
  /** The text of the statement. */
  readonly text: string
}

/** What is written in the top-level statement that holds an offset. */
export function functionsOf(file: string, text: string, at: number): StatementFunctions | undefined {
  const parsed = parseCode(file, text)
  if ('problem' in parsed) return undefined
  const statement = parsed.program.body.find(({ start, end }) => start <= at && at < end)
  if (statement === undefined) return undefined
  const functions: Node[] = []
  const note = (node: Node): void => {
    if (statement.start <= node.start && node.end <= statement.end) functions.push(node)
  }
  new Visitor({
    ArrowFunctionExpression: note,
    FunctionExpression: note,
    FunctionDeclaration: note,
    ClassExpression: note,
    ClassDeclaration: note,
  }).visit(parsed.program)
  return { functions, text: text.slice(statement.start, statement.end) }
}

/** Which function has an offset between its start and its body: the innermost one, by index. */
export function functionAt({ functions }: StatementFunctions, at: number): number | undefined {
  let found: number | undefined
  functions.forEach((node, index) => {
    const inner = found === undefined ? undefined : functions[found]
    const isInside = node.start <= at && at < bodyStart(node)
    if (isInside && (inner === undefined || node.start >= inner.start)) found = index
  })
  return found
}

function bodyStart(node: Node): number {
  return 'body' in node && node.body !== null && 'start' in node.body ? node.body.start : node.end
}
