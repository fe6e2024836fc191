import type { Node } from 'oxc-parser'

import { calleePath, type CalleePath } from './callee-path.ts'
import { isMemo, type Change } from './memo-guards.ts'
import type { Reference } from './module-summary.ts'
import { unwrapped } from './syntax.ts'
import { walkMemberTokens } from './walk-members.ts'
import type { Walker } from './walker.ts'

type Of<T extends string> = Extract<Node, { readonly type: T }>

export function walkAssignment(node: Of<'AssignmentExpression'>, walker: Walker): void {
  noteTarget(node.left, { offset: node.start, operator: node.operator, values: [node.right] }, walker)
  walker.tokens.mark('=;')
  walker.tokens.text(node.operator)
  if (node.operator === '=' && node.left.type === 'MemberExpression') walkMemberTokens(node.left, walker)
  else walker.walk(node.left)
  walker.walk(node.right)
}

export function walkUpdate(node: Of<'UpdateExpression'>, walker: Walker): void {
  noteTarget(node.argument, { offset: node.start, operator: node.operator, values: [node.argument] }, walker)
  walker.tokens.mark(`U${node.prefix ? 'p' : ''};`)
  walker.tokens.text(node.operator)
  walker.walk(node.argument)
}

/** A unary operator; `delete` changes what it is given. */
export function walkDelete(node: Of<'UnaryExpression'>, walker: Walker): void {
  if (node.operator === 'delete')
    noteTarget(node.argument, { offset: node.start, operator: 'delete', values: [] }, walker)
  walker.tokens.mark('un;')
  walker.tokens.text(node.operator)
  walker.walk(node.argument)
}

/** Notes what an assignment changes. */
export function noteTarget(target: Node, change: Change, walker: Walker): void {
  const left = unwrapped(target)
  switch (left.type) {
    case 'Identifier':
      return noteNameWrite(left.name, change, walker)
    case 'MemberExpression':
      return noteMemberChange(calleePath(left), change, walker)
    case 'ObjectPattern':
      for (const part of left.properties) noteTarget(part.type === 'RestElement' ? part : part.value, change, walker)
      return undefined
    case 'ArrayPattern':
      for (const part of left.elements) if (part !== null) noteTarget(part, change, walker)
      return undefined
    case 'AssignmentPattern':
      return noteTarget(left.left, change, walker)
    case 'RestElement':
      return noteTarget(left.argument, change, walker)
    default:
      return undefined
  }
}

function noteNameWrite(name: string, change: Change, walker: Walker): void {
  const found = walker.locals.find(name)
  if (found === undefined) {
    walker.facts.add('writes', name)
    noteTime(walker)
    if (isUnguarded(name, change, walker)) walker.facts.unguarded(name)
    return
  }
  noteCapturedChange(name, found.index, { change, walker })
  const depth = walker.locals.functionDepthOf(found.index)
  const isMemoOfLocal = isMemo(name, change, walker)
  if (depth > 0 && depth < walker.functionDepth && !isMemoOfLocal) walker.facts.flags.hasHiddenState = true
  const assigned = change.values[0]
  const alias = assigned === undefined ? undefined : aliasOf(assigned, walker)
  const isKept = found.local.origin === 'param' || found.local.origin === 'context'
  walker.locals.describe(name, {
    origin: isKept ? found.local.origin : 'local',
    alias: alias ?? found.local.alias,
  })
}

/** Notes that members of something change: of a local name, of `this`, or of something of the module scope. */
export function noteMemberChange(target: CalleePath, change: Change, walker: Walker): void {
  const { root } = target
  if (root === 'this') return noteThisChange(change, walker)
  if (root === '' || root === '#' || root === 'super') {
    walker.facts.flags.changesArgument = true
    return undefined
  }
  const found = walker.locals.find(root)
  if (found === undefined) {
    const reference = moduleReference(target, walker)
    const name = environmentName(reference, target)
    return noteMemberWrite(reference, { ...change, root, environmentName: name }, walker)
  }
  if (found.local.origin !== 'fresh') walker.facts.flags.changesArgument = true
  if (found.local.origin === 'param') walker.facts.flags.changesParameter = true
  noteCapturedChange(root, found.index, { change, walker })
  const { alias } = found.local
  if (alias !== undefined) noteMemberWrite(alias, { ...change, root: nameOf(alias) }, walker)
  const depth = walker.locals.functionDepthOf(found.index)
  if (depth > 0 && depth < walker.functionDepth && !isMemo(root, change, walker)) {
    walker.facts.flags.hasHiddenState = true
  }
  return undefined
}

/** A step that changes what it captures gives another result when it is called again. */
function noteCapturedChange(
  name: string,
  scope: number,
  { change, walker }: { readonly change: Change; readonly walker: Walker },
): void {
  const isCaptured = walker.isAround(scope) && change.isRegistering !== true
  if (isCaptured && !isMemo(name, change, walker)) {
    walker.refuse(`it changes ${name}, which it captures`, change.offset)
  }
}

/**
 * What a path of the module scope refers to: a member of a namespace exactly, else the whole name; with the member `()`
 * if it is what a function returned.
 */
export function moduleReference({ root, path, hasCall }: CalleePath, walker: Walker): Reference {
  const isExact = walker.module.imports[root]?.name === '*' || (root === 'process' && !walker.module.declares(root))
  if (isExact) return ['member', root, path[0] ?? '*']
  return hasCall ? ['member', root, '()'] : root
}

/** What of the module scope an expression is, or is a part of. */
export function aliasOf(expression: Node, walker: Walker): Reference | undefined {
  const target = calleePath(expression)
  if (['', '#', 'this', 'super'].includes(target.root)) return undefined
  const found = walker.locals.find(target.root)
  if (found !== undefined) return found.local.alias
  return walker.module.declares(target.root) ? moduleReference(target, walker) : undefined
}

function noteMemberWrite(reference: Reference, { root, ...change }: RootChange, walker: Walker): void {
  walker.facts.memberWrite(reference)
  noteTime(walker)
  if (!isUnguarded(root, change, walker)) return
  if (change.environmentName === undefined) walker.facts.unguarded(reference)
  else walker.facts.add('environmentWrites', change.environmentName)
}

/** The environment variable that is changed, or `*`. */
function environmentName(reference: Reference, { root, path }: CalleePath): string | undefined {
  const isEnvironment = root === 'process' && typeof reference !== 'string' && reference[2] === 'env'
  return isEnvironment ? (path[1] ?? '*') : undefined
}

function noteThisChange(change: Change, walker: Walker): void {
  const owner = walker.thisOwner
  if (owner.kind === 'static' && owner.name !== undefined && !walker.locals.has(owner.name)) {
    walker.facts.memberWrite(owner.name)
    noteTime(walker)
    if (isUnguarded('this', change, walker)) walker.facts.unguarded(owner.name)
    return
  }
  if (owner.kind === 'constructor') return
  if (!isMemo('this', change, walker)) walker.facts.flags.hasHiddenState = true
}

/** A change with the name that guards ask for. */
interface RootChange extends Change {
  readonly root: string
  readonly environmentName?: string | undefined
}

function nameOf(reference: Reference): string {
  return typeof reference === 'string' ? reference : (reference[1] ?? '')
}

function noteTime(walker: Walker): void {
  if (walker.functionDepth === 0) walker.facts.flags.changesAtLoad = true
}

function isUnguarded(root: string, change: Change, walker: Walker): boolean {
  return walker.functionDepth > 0 && change.isRegistering !== true && !isMemo(root, change, walker)
}
