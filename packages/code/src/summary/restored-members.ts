import type { Node } from 'oxc-parser'

import { keyText, unwrapped } from './syntax.ts'
import type { Walker } from './walker.ts'

/** A part of a function in which a member is changed for a while. */
export interface RestoredMember {
  /** `WebAssembly.instantiateStreaming`. */
  readonly path: string
  readonly from: number
  readonly to: number
}

/**
 * Members that a function changes and puts back before anything else can run: it takes the value, assigns, and assigns
 * the value again in `finally`. A function that waits is none of these.
 */
export function restoredMembers(body: readonly Node[]): readonly RestoredMember[] {
  return body.flatMap((statement, index) => {
    if (statement.type !== 'TryStatement' || statement.finalizer === null) return []
    let from = statement.start
    for (let before = index - 1; isAssignment(body[before]); before -= 1) from = body[before]?.start ?? from
    const saved = savedMembers(body.slice(0, index))
    return statement.finalizer.body.flatMap((one) => {
      const path = restoredPath(one, saved)
      return path === undefined ? [] : [{ path, from, to: statement.end }]
    })
  })
}

/** Whether a member that is assigned is put back. */
export function isRestored(left: Extract<Node, { type: 'MemberExpression' }>, walker: Walker): boolean {
  const { restored } = walker
  if (restored === undefined || restored.depth !== walker.functionDepth) return false
  const path = pathOf(left)
  return restored.members.some((one) => one.path === path && one.from <= left.start && left.start < one.to)
}

function isAssignment(node: Node | undefined): boolean {
  return node?.type === 'ExpressionStatement' && node.expression.type === 'AssignmentExpression'
}

/** Paths by the names of constants that have their values: `const { a } = X` and `const a = X.a`. */
function savedMembers(statements: readonly Node[]): ReadonlyMap<string, string> {
  const saved = new Map<string, string>()
  for (const statement of statements) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue
    for (const { id, init } of statement.declarations) {
      if (init === null) continue
      const source = unwrapped(init)
      if (id.type === 'Identifier' && source.type === 'MemberExpression') {
        const path = pathOf(source)
        if (path !== undefined) saved.set(id.name, path)
      }
      if (id.type !== 'ObjectPattern' || source.type !== 'Identifier') continue
      for (const part of id.properties) {
        if (part.type === 'RestElement' || part.value.type !== 'Identifier') continue
        const key = keyText(part.key, part.computed)
        if (key !== undefined) saved.set(part.value.name, `${source.name}.${key}`)
      }
    }
  }
  return saved
}

function restoredPath(statement: Node, saved: ReadonlyMap<string, string>): string | undefined {
  if (statement.type !== 'ExpressionStatement') return undefined
  const { expression } = statement
  if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') return undefined
  const right = unwrapped(expression.right)
  const path = expression.left.type === 'MemberExpression' ? pathOf(expression.left) : undefined
  return path !== undefined && right.type === 'Identifier' && saved.get(right.name) === path ? path : undefined
}

function pathOf(member: Extract<Node, { type: 'MemberExpression' }>): string | undefined {
  const object = unwrapped(member.object)
  const key = keyText(member.property, member.computed)
  return object.type === 'Identifier' && key !== undefined ? `${object.name}.${key}` : undefined
}
