import type { Node } from 'oxc-parser'

import { OUTSIDE_GLOBALS } from '../lists/outside-globals-data.ts'
import { calleePath } from './callee-path.ts'
import { isEnvironment, isProcess, noteEnvironment, noteWholeEnvironment } from './environment-reads.ts'
import { noteMemberUse, noteNameUse } from './parameter-uses.ts'
import { isFunction, isImportMeta, keyText, unwrapped } from './syntax.ts'
import type { Walker } from './walker.ts'

type Of<T extends string> = Extract<Node, { readonly type: T }>

const GLOBAL_OBJECT = /^(?:globalThis|global|self|window)$/
const TEXT_AS_CODE: Readonly<Record<string, string>> = {
  eval: 'it calls eval',
  Function: 'it makes a function from text',
}

/** A name that is read. */
export function walkIdentifier(node: Of<'Identifier'>, walker: Walker): void {
  const found = walker.locals.find(node.name)
  if (found !== undefined) {
    walker.tokens.mark('L;')
    walker.tokens.text(node.name)
    walker.capture(node.name, found.index)
    noteNameUse(node, walker)
    if (found.local.isEnvironment === true) noteWholeEnvironment(node, walker)
    return
  }
  if (walker.module.requires.has(node.name) || isGlobal('require', node, walker)) {
    walker.refuse('it hands on a require function', node.start)
  }
  if (isEnvironment(node, walker) || isProcess(node, walker)) noteWholeEnvironment(node, walker)
  if (!walker.module.declares(node.name)) noteGlobal(node.name, node.start, walker)
  const isNamespace = walker.module.imports[node.name]?.name === '*'
  walker.refer(isNamespace ? ['member', node.name, '*'] : node.name, node.start)
}

/** `a.b`, `a['b']` or `a[b]`. */
export function walkMember(node: Of<'MemberExpression'>, walker: Walker): void {
  noteEnvironment(node, walker)
  walkMemberTokens(node, walker)
}

/** The same without noting that an environment variable is read. */
export function walkMemberTokens(node: Of<'MemberExpression'>, walker: Walker): void {
  const key = keyText(node.property, node.computed)
  if (walker.member !== undefined) noteUse(node, key, walker)
  walker.tokens.mark(`M${node.optional ? '?' : ''}${node.computed ? '[' : ''};`)
  if (key === 'run' && !walker.taken.has(node)) noteMention(node, walker)
  if (key === 'constructor' && isFunctionValue(node.object)) walker.refuse(TEXT_AS_CODE['Function'] ?? '', node.start)
  if (isImportMeta(node.object)) return walkImportMetaMember(node, key, walker)
  walkObject(node, key, walker)
  if (node.computed) return walker.walk(node.property)
  walker.tokens.mark(node.property.type === 'PrivateIdentifier' ? '.#;' : '.;')
  return walker.tokens.text(node.property.name)
}

/** Notes for a member of a class what it uses; of `this` by a computed name, that may be anything. */
function noteUse({ object }: Of<'MemberExpression'>, key: string | undefined, { member, taken }: Walker): void {
  const owner = unwrapped(object)
  if (owner.type === 'ThisExpression') taken.add(owner)
  if (key !== undefined) member?.uses.add(key)
  else if (owner.type === 'ThisExpression') member?.uses.add('*')
}

/** A function, or the prototype of something: its constructor makes functions from text. */
function isFunctionValue(node: Node): boolean {
  const inner = unwrapped(node)
  if (inner.type === 'CallExpression') return calleePath(inner.callee).path.at(-1) === 'getPrototypeOf'
  return isFunction(inner)
}

function walkObject(node: Of<'MemberExpression'>, key: string | undefined, walker: Walker): void {
  const object = unwrapped(node.object)
  if (isEnvironment(object, walker) || isProcess(object, walker)) walker.taken.add(object)
  if (object.type === 'MemberExpression') return walkInnerMember(object, walker)
  if (object.type !== 'Identifier') return walker.walk(object)
  if (walker.locals.has(object.name)) {
    noteMemberUse(object, key, walker)
    return walkIdentifier(object, walker)
  }
  noteMemberOfGlobal(object, key, walker)
  if (key !== undefined && Object.hasOwn(walker.module.imports, object.name)) {
    return walker.refer(['member', object.name, key], object.start)
  }
  return walkIdentifier(object, walker)
}

/** The environment is noted at the outermost member, which says the name. */
function walkInnerMember(object: Of<'MemberExpression'>, walker: Walker): void {
  if (isProcess(object.object, walker)) walkMemberTokens(object, walker)
  else walkMember(object, walker)
}

/** Notes that a property called `run` is mentioned. */
export function noteMention(node: Node, walker: Walker): void {
  walker.facts.flags.mentionsRun ??= walker.module.lineAt(node.start)
}

function walkImportMetaMember(node: Of<'MemberExpression'>, key: string | undefined, walker: Walker): void {
  walker.tokens.mark('import.meta;')
  walker.tokens.text(key ?? '*')
  if (key === 'glob') walker.refuse('it uses import.meta.glob', node.start)
  if (key === 'resolve') walker.refuse('it resolves modules while it runs', node.start)
  if (node.computed) walker.walk(node.property)
}

/** `import.meta` and `new.target`. */
export function walkMeta(node: Of<'MetaProperty'>, walker: Walker): void {
  if (node.meta.name === 'new') walker.captureThis()
  walker.tokens.mark('meta;')
  walker.tokens.text(node.meta.name)
  walker.tokens.text(node.property.name)
}

/** Whether an expression is a global of that name. */
export function isGlobal(name: string, node: Node, walker: Walker): boolean {
  const found = unwrapped(node)
  return found.type === 'Identifier' && found.name === name && !walker.locals.has(name) && !walker.module.declares(name)
}

/** Whether a name is one of those of the global object, and is not declared here. */
export function isGlobalObject(name: string, walker: Walker): boolean {
  return GLOBAL_OBJECT.test(name) && !walker.locals.has(name) && !walker.module.declares(name)
}

function noteGlobal(name: string, offset: number, walker: Walker): void {
  const refusal = Object.hasOwn(TEXT_AS_CODE, name) ? TEXT_AS_CODE[name] : undefined
  if (refusal !== undefined) walker.refuse(refusal, offset)
  if (Object.hasOwn(OUTSIDE_GLOBALS, name)) walker.facts.readsOutside(name, walker.module.lineAt(offset))
}

function noteMemberOfGlobal(object: Of<'Identifier'>, key: string | undefined, walker: Walker): void {
  if (isGlobalObject(object.name, walker)) {
    if (key === undefined) return walker.refuse('it uses a global by a computed name', object.start)
    return noteGlobal(key, object.start, walker)
  }
  if (walker.module.declares(object.name) || key === undefined) return undefined
  const name = `${object.name}.${key}`
  if (name === 'module.require' || name === 'process.dlopen' || name === 'process.binding') {
    return walker.refuse(`it uses ${name}`, object.start)
  }
  if (!Object.hasOwn(OUTSIDE_GLOBALS, name)) return undefined
  return walker.facts.readsOutside(name, walker.module.lineAt(object.start))
}
