import type { CallExpression, Node } from 'oxc-parser'

import { isEnvironment } from './environment-reads.ts'
import type { GivenTo, ParameterUse } from './module-summary.ts'
import { NameUse } from './name-use.ts'
import { argumentAt, keyText, unwrapped } from './syntax.ts'
import type { Walker } from './walker.ts'

/** How the parameters of the function that is walked are used, and its `arguments`. */
export interface TrackedParameters {
  readonly uses: readonly NameUse[]
  readonly all: NameUse
  readonly hasRest: boolean
}

/** Starts to note how the parameters of a function are used. Their names have to be declared. */
export function trackParameters(node: Node, params: readonly Node[], walker: Walker): TrackedParameters {
  const all = new NameUse()
  const uses = params.map((param) => {
    const use = new NameUse()
    const target = param.type === 'AssignmentPattern' ? param.left : param
    if (target.type === 'Identifier') walker.locals.track(target.name, use)
    else use.pattern(target, walker)
    return use
  })
  if (node.type !== 'ArrowFunctionExpression') walker.locals.track('arguments', all)
  return { uses, all, hasRest: params.at(-1)?.type === 'RestElement' }
}

/** What was noted, when the function has been walked. */
export function usesOf({ uses, all, hasRest }: TrackedParameters): readonly ParameterUse[] {
  const count = Math.max(uses.length, MOST_ARGUMENTS)
  const found = Array.from({ length: count }, (_, index): ParameterUse => {
    const wholeAt = all.asArgument(index)
    const use = uses[index] ?? (hasRest ? uses.at(-1) : undefined)
    const finished = use?.finish() ?? {}
    return wholeAt === undefined ? finished : { ...finished, wholeAt }
  })
  while (found.length > 0 && Object.keys(found.at(-1) ?? {}).length === 0) found.pop()
  return found
}

/** So many arguments of a function without as many parameters are told apart. */
const MOST_ARGUMENTS = 4

/** Notes a use of a name that is tracked, other than of a member. */
export function noteNameUse(node: Extract<Node, { type: 'Identifier' }>, walker: Walker): void {
  if (walker.taken.has(node)) return
  walker.locals.find(node.name)?.local.use?.whole(walker.module.lineAt(node.start))
}

/** Notes that a member of a name that is tracked is used. */
export function noteMemberUse(
  node: Extract<Node, { type: 'Identifier' }>,
  key: string | undefined,
  walker: Walker,
): void {
  const found = walker.locals.find(node.name)
  const use = found?.local.use
  if (found === undefined || use === undefined) return
  const line = walker.module.lineAt(node.start)
  if (key === undefined || walker.isAround(found.index)) use.whole(line)
  else if (node.name !== 'arguments' || key !== 'length') use.member(key, line)
  walker.taken.add(node)
}

/** Notes parameters and the environment where a call gives them to a function that can be looked into. */
export function noteGiven(node: CallExpression, walker: Walker): void {
  const called = calledName(node.callee, walker)
  if (called === undefined) return
  node.arguments.forEach((_, index) => {
    const argument = argumentAt(node.arguments, index)
    const given = argument === undefined ? undefined : unwrapped(argument)
    if (given === undefined || walker.taken.has(given)) return
    const to: GivenTo = { ...called, index, line: walker.module.lineAt(given.start) }
    const use = given.type === 'Identifier' ? useOf(given.name, walker) : undefined
    const isWhole = isEnvironment(given, walker)
    if (isWhole) walker.facts.giveEnvironment(to)
    use?.give(to)
    if (isWhole || use !== undefined) walker.taken.add(given)
  })
}

/** Notes what a declarator takes out of a name that is tracked: `const { a } = given`. */
export function noteTakenApart(pattern: Node, init: Node, walker: Walker): void {
  const given = unwrapped(init)
  if (given.type !== 'Identifier' || pattern.type !== 'ObjectPattern') return
  const use = useOf(given.name, walker)
  use?.pattern(pattern, walker)
  if (use !== undefined) walker.taken.add(given)
}

/** How a name of the piece is used, if that is noted. */
function useOf(name: string, walker: Walker): NameUse | undefined {
  const found = walker.locals.find(name)
  return found === undefined || walker.isAround(found.index) ? undefined : found.local.use
}

function calledName(callee: Node, walker: Walker): Pick<GivenTo, 'to' | 'member'> | undefined {
  const inner = unwrapped(callee)
  const name = inner.type === 'MemberExpression' ? unwrapped(inner.object) : inner
  if (name.type !== 'Identifier' || walker.locals.has(name.name) || !walker.module.declares(name.name)) return undefined
  if (inner.type !== 'MemberExpression') return { to: name.name }
  const member = keyText(inner.property, inner.computed)
  const isNamespace = walker.module.imports[name.name]?.name === '*'
  return isNamespace && member !== undefined ? { to: name.name, member } : undefined
}
