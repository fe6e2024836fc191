import type { Node } from 'oxc-parser'

import { bindPattern } from './bind-pattern.ts'
import { exactMember } from './members.ts'
import { NOTHING, type Place } from '../flow/place.ts'
import { calleePath } from './callee-path.ts'
import { isEnvironment, isProcess } from './environment-reads.ts'
import { isMemo, type Change } from './memo-guards.ts'
import { isRestored } from './restored-members.ts'
import { keyText, unwrapped } from './syntax.ts'
import { walkMemberTokens } from './walk-members.ts'
import { noteHiddenState } from './member-notes.ts'
import type { Walker } from './walker.ts'

type Of<T extends string> = Extract<Node, { readonly type: T }>

export function walkAssignment(node: Of<'AssignmentExpression'>, walker: Walker): void {
  const change = { offset: node.start, operator: node.operator, values: [node.right] }
  const keepsValue = /^(?:\?\?|\|\||&&)?=$/.test(node.operator)
  noteTarget(node.left, change, { walker, value: keepsValue ? walker.flowOf(node.right) : NOTHING })
  walker.tokens.mark('=;')
  walker.tokens.text(node.operator)
  if (node.operator === '=' && node.left.type === 'MemberExpression') walkMemberTokens(node.left, walker)
  else walker.walk(node.left)
  walker.walk(node.right)
}

export function walkUpdate(node: Of<'UpdateExpression'>, walker: Walker): void {
  const change = { offset: node.start, operator: node.operator, values: [node.argument] }
  noteTarget(node.argument, change, { walker, value: NOTHING })
  walker.tokens.mark(`U${node.prefix ? 'p' : ''};`)
  walker.tokens.text(node.operator)
  walker.walk(node.argument)
}

/** A unary operator; `delete` changes what it is given. */
export function walkDelete(node: Of<'UnaryExpression'>, walker: Walker): void {
  if (node.operator === 'delete') {
    const change = { offset: node.start, operator: 'delete', values: [] }
    noteTarget(node.argument, change, { walker, value: NOTHING })
  }
  const isAsked = node.operator === 'typeof' && node.argument.type === 'Identifier'
  if (isAsked && isProcess(node.argument, walker)) walker.taken.add(node.argument)
  walker.tokens.mark('un;')
  walker.tokens.text(node.operator)
  walker.walk(node.argument)
}

/** Notes what an assignment changes, and what it gets. */
export function noteTarget(
  target: Node,
  change: Change,
  { walker, value }: { readonly walker: Walker; readonly value: Place },
): void {
  const assign = (left: Node, part: Place): void => {
    const inner = unwrapped(left)
    if (inner.type === 'Identifier') noteNameWrite(inner, part, { change, walker })
    else if (inner.type === 'MemberExpression') noteMemberTarget(inner, part, { change, walker })
  }
  const inner = unwrapped(target)
  if (inner.type === 'ChainExpression') return assign(inner.expression, value)
  bindPattern(inner, value, { walker, assign })
  return undefined
}

interface ChangeHere {
  readonly change: Change
  readonly walker: Walker
}

function noteNameWrite(node: Of<'Identifier'>, value: Place, here: ChangeHere): void {
  const { name } = node
  const { walker } = here
  const change = { ...here.change, subject: { node, isContainer: false } }
  const found = walker.locals.find(name)
  if (found === undefined) {
    walker.facts.add('writes', name)
    if (walker.functionDepth === 0) walker.facts.flags.changesAtLoad = true
    else walker.facts.list(isMemo(name, change, walker) ? 'fills' : 'unguarded', name)
    walker.flow.store(walker.flow.base(name), value)
    return
  }
  const isMemoOfLocal = isMemo(name, change, walker)
  if (walker.isAround(found.index)) {
    if (!isMemoOfLocal) walker.refuse(`it changes ${name}, which it captures`, change.offset)
    return
  }
  walker.flow.changes.push({
    declaredIn: walker.locals.functionAt(found.index),
    fn: walker.currentFunction,
    offset: change.offset,
    isMemo: isMemoOfLocal,
    isRegistering: false,
    isAtLoad: false,
    isInMethod: false,
    isInMaker: false,
    member: walker.member,
  })
  const { origin, given, ...known } = found.local
  const values = given === undefined ? undefined : [...given, ...change.values]
  walker.locals.describe(name, { ...known, origin: origin === 'param' ? origin : 'local', given: values })
}

/** A member gets a value: what has it is changed, and holds the value. */
function noteMemberTarget(left: Of<'MemberExpression'>, value: Place, { change, walker }: ChangeHere): void {
  if (isRestored(left, walker)) return
  const name = isEnvironment(left.object, walker) ? (keyText(left.property, left.computed) ?? '*') : undefined
  const isEntry = left.computed && keyText(left.property, true) === undefined
  const key = isEntry ? left.property : undefined
  const subject = { node: isEntry ? left.object : left, isContainer: isEntry }
  const object = unwrapped(left.object)
  const text = keyText(left.property, left.computed)
  const isGlobal = object.type === 'Identifier' && !walker.module.declares(object.name)
  const exact = isGlobal && text !== undefined ? exactMember(object.name, text, walker) : undefined
  noteMemberChange(object, { ...change, key, subject, environmentName: name, exact }, walker)
  walker.flow.store(walker.flowOf(object), value)
}

/** A change of members of something. */
export interface MemberChange extends Change {
  /** The environment variable that is changed, or `*`. */
  readonly environmentName?: string | undefined
  /** What is changed, where that is known better. */
  readonly exact?: Place | undefined
}

/** Notes that members of something change. */
export function noteMemberChange(object: Node, change: MemberChange, walker: Walker): void {
  const { root } = calleePath(object)
  const isOfMemo = isMemo(root, change, walker)
  const isRegistering = change.isRegistering === true
  if (unwrapped(object).type === 'ThisExpression' || root === 'this') noteThisChange(isOfMemo || isRegistering, walker)
  walker.noteChange(change.exact ?? walker.flowOf(object), {
    offset: change.offset,
    isMemo: isOfMemo,
    isRegistering,
    declaredIn: walker.declaredIn(root),
    environmentName: change.environmentName,
  })
}

/** An object that changes itself in a method has a state of its own; in a constructor it is only being made. */
export function noteThisChange(isHarmless: boolean, walker: Walker): void {
  const owner = walker.thisOwner
  const isNamedClass = owner.kind === 'static' && owner.name !== undefined && !walker.locals.has(owner.name)
  if (owner.kind === 'constructor' || isNamedClass || isHarmless) return
  noteHiddenState(walker.facts, walker.member, walker.currentFunction)
}
