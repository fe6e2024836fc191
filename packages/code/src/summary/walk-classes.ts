import type { AccessorProperty, Class, MethodDefinition, Node, PropertyDefinition } from 'oxc-parser'

import { blockNames, hoistedNames } from './binding-names.ts'
import { calleePath } from './callee-path.ts'
import { classOf, functionOf, noteClassMember } from './flow-of-functions.ts'
import type { FlowFunction } from '../flow/flow-function.ts'
import { link, oneOf } from '../flow/place.ts'
import { keyText } from './syntax.ts'
import type { MemberNotes } from './member-notes.ts'
import { CALLED_BY_LANGUAGE, noteImplicit, walkKey } from './walk-values.ts'
import type { ThisOwner, Walker } from './walker.ts'

/** The name of a member whose name is no text: `[Symbol.iterator]`. */
const COMPUTED = '[]'

type Of<T extends string> = Extract<Node, { readonly type: T }>
type Member = MethodDefinition | PropertyDefinition | AccessorProperty

/** A class counts whole: everything that is there at run time. */
export function walkClass(node: Class, walker: Walker): void {
  const { tokens, thisOwner, className, thisPlace, superPlace, superName, staticThis } = walker
  const made = classOf(node, walker)
  tokens.mark('class;')
  tokens.text(node.id?.name ?? '')
  walkDecorators(node.decorators, walker)
  const isNamed = node.id !== null && (node.type === 'ClassExpression' || walker.locals.depth > 0)
  walker.locals.push(isNamed && node.id !== null ? [node.id.name] : [], walker.functionDepth)
  if (node.superClass !== null) noteSuperClass(node.superClass, walker)
  walker.walk(node.superClass)
  walker.className = node.id?.name
  walker.superName = superNameOf(node.superClass, walker)
  walker.superPlace = walker.flowOf(node.superClass)
  walker.staticThis = staticPlace(node, made, walker)
  if (node.id !== null) linkClass(node.id.name, made, walker)
  const isOwn = walker.valueFunction === node && node.superClass === null
  for (const member of node.body.body) if (isThere(member)) walkMemberOf(made, member, { walker, isOwn })
  walker.locals.pop()
  if (node.type === 'ClassDeclaration' && node.id !== null) linkClass(node.id.name, made, walker)
  walker.thisOwner = thisOwner
  walker.className = className
  Object.assign(walker, { thisPlace, superPlace, superName, staticThis })
}

function linkClass(name: string, made: FlowFunction, walker: Walker): void {
  const place = walker.localPlace(name)
  if (place !== undefined) link(made.value, place)
}

/** The class itself, by its name of the module scope, too. */
function staticPlace(node: Class, made: FlowFunction, walker: Walker): Walker['staticThis'] {
  const name = node.id?.name
  const isOfModule = name !== undefined && node.type === 'ClassDeclaration' && !walker.locals.has(name)
  return oneOf(made.value, walker.superPlace, ...(isOfModule ? [walker.flow.base(name)] : []))
}

/** `isOwn` if the class is the value of the piece and extends no other. */
function walkMemberOf(
  made: FlowFunction,
  member: Node,
  { walker, isOwn }: { readonly walker: Walker; readonly isOwn: boolean },
): void {
  const isMember = 'value' in member && 'static' in member && 'key' in member
  const { fn } = walker.locals
  const { member: outerMember } = walker
  // What a field starts with is made where the instance is.
  if (isMember && !member.static && member.type !== 'MethodDefinition') walker.locals.fn = made
  if (isMember || member.type === 'StaticBlock') {
    walker.thisPlace = member.type === 'StaticBlock' || member.static ? walker.staticThis : made.self
  }
  if (isMember) {
    const kind = member.type === 'MethodDefinition' ? member.kind : ''
    noteClassMember(made, { isStatic: member.static, kind, value: member.value }, walker)
  }
  if (isOwn && member.type === 'MethodDefinition' && !member.static) walker.member = notesOf(member, walker)
  walker.walk(member)
  walker.locals.fn = fn
  walker.member = outerMember
}

/** What is noted of a method, an accessor or the constructor. */
function notesOf({ key, computed, kind, value }: MethodDefinition, walker: Walker): MemberNotes | undefined {
  const name = keyText(key, computed) ?? COMPUTED
  if (value.type !== 'FunctionExpression') return undefined
  const isImplicit = /^[gs]et$/.test(kind) || name === COMPUTED || CALLED_BY_LANGUAGE.test(name)
  const notes = { name, isImplicit, fn: functionOf(value, walker), uses: new Set<string>(), hasChange: false }
  walker.members.push(notes)
  return notes
}

function superNameOf(superClass: Node | null, walker: Walker): string {
  if (superClass?.type !== 'Identifier') return 'this'
  return walker.locals.has(superClass.name) ? '%' : superClass.name
}

/** Making an instance runs the constructor of the class above, too. */
function noteSuperClass(superClass: Node, walker: Walker): void {
  const { root, path } = calleePath(superClass)
  if (root === '' || root === '#' || walker.locals.has(root)) return
  walker.facts.call({ root, path, inFunction: true })
}

function isThere(member: Node): boolean {
  if (member.type === 'TSIndexSignature' || member.type.startsWith('TSAbstract')) return false
  if (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') return member.declare !== true
  return member.type !== 'MethodDefinition' || member.value.body !== null
}

export function walkClassMember(node: Member, walker: Walker): void {
  const kind = node.type === 'MethodDefinition' ? node.kind : ''
  walker.tokens.mark(`${node.type}${kind}${node.static ? 'static' : ''};`)
  walkDecorators(node.decorators, walker)
  if (walker.module.isTypeScript && node.type !== 'MethodDefinition' && node.key.type !== 'PrivateIdentifier') {
    walker.refer(['setting', 'fields'], node.start)
  }
  noteImplicit(node.key, { isComputed: node.computed, kind }, walker)
  walkKey(node.key, node.computed, walker)
  walker.thisOwner = ownerOf(node, kind, walker)
  if (node.type === 'MethodDefinition') {
    walker.methodFunction = node.value
    return walker.walk(node.value)
  }
  // A field is initialised when an instance is made, not when the class is.
  const ownFunction = node.value === null || node.static ? 0 : 1
  walker.functionDepth += ownFunction
  walker.thisDepth += 1
  walker.walk(node.value)
  walker.thisDepth -= 1
  walker.functionDepth -= ownFunction
  return undefined
}

function ownerOf(node: Member, kind: string, walker: Walker): ThisOwner {
  if (node.static) return { kind: 'static', name: walker.className }
  if (kind === 'constructor' || keyText(node.key, node.computed) === 'constructor') return { kind: 'constructor' }
  return { kind: node.type === 'MethodDefinition' ? 'method' : 'constructor' }
}

/** Which decorators they are is said by settings. */
export function walkDecorators(decorators: readonly Node[], walker: Walker): void {
  const [first] = decorators
  if (first === undefined) return
  walker.refer(['setting', 'decorators'], first.start)
  walker.list(decorators)
}

/** A decorator is called when its class is made, also without parentheses. */
export function walkDecorator(node: Of<'Decorator'>, walker: Walker): void {
  const { root, path } = calleePath(node.expression)
  walker.facts.call({ root: walker.locals.has(root) ? '%' : root, path, inFunction: walker.functionDepth > 0 })
  walker.tokens.mark('decorator;')
  walker.walk(node.expression)
}

export function walkStaticBlock(node: Of<'StaticBlock'>, walker: Walker): void {
  walker.thisOwner = { kind: 'static', name: walker.className }
  walker.locals.push([...hoistedNames(node.body), ...blockNames(node.body)], walker.functionDepth)
  walker.tokens.mark('static;')
  walker.thisDepth += 1
  walker.list(node.body)
  walker.thisDepth -= 1
  walker.locals.pop()
}
