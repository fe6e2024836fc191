import { visitorKeys, type Node } from 'oxc-parser'

import { MUTATORS } from '../lists/mutators-data.ts'
import { blockNames, patternNames } from './binding-names.ts'
import { calleePath } from './callee-path.ts'
import { asksAbsence } from './asked-absence.ts'
import { childNodes, isFunctionNode, keyText, unwrapped } from './syntax.ts'

/** What is filled: a variable or member, or the entries of a container; and where. */
export interface MemoSubject {
  readonly node: Node
  readonly isContainer: boolean
  readonly end: number
}

/** Where the value is surely there, or surely not yet, from an offset on. */
interface Region {
  readonly isPresent: boolean
  readonly start: number
}

const EXIT = /^(?:ReturnStatement|ThrowStatement|ContinueStatement|BreakStatement)$/
const VALUE = '='

/**
 * Whether a function lets out whether a memo was filled before: then its result depends on who called it first. The value
 * may be used as it pleases once it is there; before that it may only be asked for.
 */
export function leaksPresence(body: Node, subject: MemoSubject): boolean {
  const search = new LeakSearch(subject)
  search.declare(body)
  if (body.type === 'BlockStatement') search.body(body)
  else search.visit(body, undefined, false)
  return search.isLeaking
}

class LeakSearch {
  isLeaking = false
  readonly #subject: MemoSubject
  readonly #path: string
  /** Names that hold the value. */
  readonly #values = new Set<string>()
  readonly #declaredAt = new Map<string, number>()
  /** What is returned where it is known whether the value is there, with the value replaced. */
  readonly #returned = new Set<string>()

  constructor(subject: MemoSubject) {
    this.#subject = subject
    this.#path = pathOf(subject.node)
  }

  /** Collects the names of a function, and which of them hold the value. */
  declare(node: Node): void {
    if (node.type === 'VariableDeclarator') {
      for (const name of patternNames(node.id)) this.#declaredAt.set(name, node.start)
      if (node.init !== null && node.id.type === 'Identifier' && this.#isLookup(unwrapped(node.init))) {
        this.#values.add(node.id.name)
      }
    }
    if (node.type === 'BlockStatement') {
      for (const name of blockNames(node.body)) if (!this.#declaredAt.has(name)) this.#declaredAt.set(name, node.start)
    }
    if (node.type === 'CallExpression' && this.#isMethod(node, 'set')) {
      const value = node.arguments[1]
      if (value?.type === 'Identifier') this.#values.add(value.name)
    }
    if (node.type === 'AssignmentExpression' && this.#isPlace(unwrapped(node.left))) {
      const value = unwrapped(node.right)
      if (value.type === 'Identifier') this.#values.add(value.name)
    }
    for (const child of childNodes(node)) this.declare(child)
  }

  body(node: Extract<Node, { type: 'BlockStatement' }>): void {
    const region = this.#statements(node.body, undefined)
    const last = node.body.at(-1)
    if (region !== undefined && last !== undefined && !EXIT.test(last.type)) this.#returned.add('undefined')
    if (this.#returned.size > 1) this.isLeaking = true
  }

  #statements(statements: readonly Node[], outer: Region | undefined): Region | undefined {
    let region = outer
    for (const statement of statements) {
      this.visit(statement, region, false)
      const isGuard = statement.type === 'IfStatement' && this.#mentions(statement.test)
      if (isGuard && exits(statement.consequent)) {
        region = { isPresent: asksAbsence(statement.test), start: statement.end }
      }
    }
    return region
  }

  visit(given: Node, region: Region | undefined, isAsked: boolean): void {
    const node = unwrapped(given)
    switch (node.type) {
      case 'BlockStatement':
        this.#statements(node.body, region)
        return
      case 'IfStatement':
        return this.#branch(node, region, { isAsked: true, isValue: false })
      case 'ConditionalExpression':
        return this.#branch(node, region, { isAsked: true, isValue: !isAsked })
      case 'LogicalExpression':
        return this.#logical(node, region, isAsked)
      case 'ExpressionStatement': {
        const inner = unwrapped(node.expression)
        if (inner.type === 'LogicalExpression') return this.#logical(inner, region, true)
        return this.visit(inner, region, false)
      }
      case 'ReturnStatement':
        if (region !== undefined) this.#returned.add(this.#normalised(node.argument))
        break
      case 'AssignmentExpression':
        return this.#assignment(node, region, isAsked)
      case 'UpdateExpression':
        this.#change(node.argument, region)
        break
      case 'VariableDeclarator':
        if (node.init !== null && this.#isLookup(unwrapped(node.init))) return
        break
      default:
    }
    this.#use(node, region, isAsked)
  }

  #branch(
    node: Extract<Node, { type: 'IfStatement' | 'ConditionalExpression' }>,
    region: Region | undefined,
    { isValue }: { readonly isAsked: boolean; readonly isValue: boolean },
  ): void {
    const isGuard = this.#mentions(node.test)
    this.visit(node.test, region, true)
    const isAbsent = asksAbsence(node.test)
    const there = (isPresent: boolean, start: number): Region | undefined => (isGuard ? { isPresent, start } : region)
    this.visit(node.consequent, there(!isAbsent, node.consequent.start), false)
    if (node.alternate !== null) this.visit(node.alternate, there(isAbsent, node.alternate.start), false)
    const isUneven = isGuard && isValue && this.#normalised(node.consequent) !== this.#normalised(node.alternate)
    if (isUneven) this.isLeaking = true
  }

  #logical(node: Extract<Node, { type: 'LogicalExpression' }>, region: Region | undefined, isAsked: boolean): void {
    const isGuard = this.#mentions(node.left)
    this.visit(node.left, region, isAsked || isGuard)
    const isPresent = asksAbsence(node.left) === (node.operator !== '&&')
    this.visit(node.right, isGuard ? { isPresent, start: node.right.start } : region, isAsked)
    if (!isGuard || isAsked) return
    const sides = [node.left, node.right].map((side) => this.#normalised(side))
    if (sides.some((side) => side !== VALUE)) this.isLeaking = true
  }

  #assignment(
    node: Extract<Node, { type: 'AssignmentExpression' }>,
    region: Region | undefined,
    isAsked: boolean,
  ): void {
    const left = unwrapped(node.left)
    if (this.#isPlace(left)) {
      if (left.type === 'MemberExpression' && left.computed) this.visit(left.property, region, false)
    } else if (left.type === 'Identifier' && this.#values.has(left.name)) {
      if (this.#isLookup(unwrapped(node.right))) return
    } else {
      this.#change(left, region)
      this.visit(left, region, false)
    }
    this.visit(node.right, region, isAsked)
  }

  /** Something that was there before the guard tells afterwards which way was taken. */
  #change(target: Node, region: Region | undefined): void {
    if (region === undefined) return
    const { root } = calleePath(target)
    const at = this.#declaredAt.get(root)
    if (at !== undefined && at < region.start && !this.#values.has(root)) this.isLeaking = true
  }

  #use(node: Node, region: Region | undefined, isAsked: boolean): void {
    const isLate = node.start >= this.#subject.end || region?.isPresent === true
    if (node.type === 'CallExpression') {
      const method = calleePath(node.callee).path.at(-1) ?? ''
      if (region !== undefined && MUTATORS.has(method)) this.#change(node.callee, region)
      if (this.#isMethod(node, 'set') || this.#isMethod(node, 'get') || this.#isMethod(node, 'has')) {
        if (this.#isMethod(node, 'has') && !isAsked) this.isLeaking = true
        if (this.#isMethod(node, 'get') && !isAsked && !isLate) this.isLeaking = true
        for (const argument of node.arguments) this.#argument(argument, region)
        return
      }
    }
    if (this.#isPlace(node)) {
      if (!isAsked && !isLate) this.isLeaking = true
      if (node.type === 'MemberExpression' && node.computed) this.visit(node.property, region, false)
      return
    }
    if (this.#subject.isContainer && pathOf(node) === this.#path) {
      if (!isAsked) this.isLeaking = true
      return
    }
    if (node.type === 'Identifier' && this.#values.has(node.name) && !isAsked && !isLate) this.isLeaking = true
    const isQuestion = /^(?:UnaryExpression|BinaryExpression|ChainExpression|SequenceExpression)$/.test(node.type)
    for (const child of usedNodes(node)) this.visit(child, region, isAsked && isQuestion)
  }

  /** A name that is given to the memo is not used by that. */
  #argument(argument: Node, region: Region | undefined): void {
    if (argument.type !== 'Identifier' || !this.#values.has(argument.name)) this.visit(argument, region, false)
  }

  /** The variable, or an entry of the container. */
  #isPlace(node: Node): boolean {
    if (!this.#subject.isContainer) return pathOf(node) === this.#path
    return node.type === 'MemberExpression' && node.computed && pathOf(node.object) === this.#path
  }

  #isMethod(node: Extract<Node, { type: 'CallExpression' }>, method: string): boolean {
    const callee = unwrapped(node.callee)
    if (!this.#subject.isContainer || callee.type !== 'MemberExpression') return false
    return keyText(callee.property, callee.computed) === method && pathOf(callee.object) === this.#path
  }

  #isLookup(node: Node): boolean {
    const inner = node.type === 'ChainExpression' ? unwrapped(node.expression) : node
    if (inner.type === 'CallExpression') return this.#isMethod(inner, 'get')
    return this.#isPlace(inner)
  }

  #mentions(node: Node): boolean {
    if (pathOf(node) === this.#path || (node.type === 'Identifier' && this.#values.has(node.name))) return true
    return childNodes(node).some((child) => this.#mentions(child))
  }

  /** An expression as text, in which whatever is the value of the memo is the same. */
  #normalised(given: Node | null): string {
    if (given === null) return 'undefined'
    const node = unwrapped(given)
    if (this.#isLookup(node) || (node.type === 'Identifier' && this.#values.has(node.name))) return VALUE
    if (node.type === 'AssignmentExpression' && this.#isPlace(unwrapped(node.left))) return VALUE
    if (node.type === 'SequenceExpression') return this.#normalised(node.expressions.at(-1) ?? null)
    if (node.type === 'AwaitExpression' && this.#normalised(node.argument) === VALUE) return VALUE
    const children = childNodes(node).map((child) => this.#normalised(child))
    return JSON.stringify([node.type, scalars(node), children])
  }
}

function exits(node: Node): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node
  return last !== undefined && EXIT.test(last.type)
}

/** Names, operators and literals of a node itself. */
function scalars(node: Node): readonly unknown[] {
  const children = new Set(visitorKeys[node.type] ?? [])
  return Object.entries(node).filter(
    ([key, value]) => !children.has(key) && typeof value !== 'object' && !/^(?:start|end|type)$/.test(key),
  )
}

/** Children that are read: not names of members and of properties. */
function usedNodes(node: Node): readonly Node[] {
  if (node.type === 'MemberExpression' && !node.computed) return [node.object]
  if (node.type === 'Property' && !node.computed) return [node.value]
  if (node.type === 'VariableDeclarator') return node.init === null ? [] : [node.init]
  if (isFunctionNode(node)) return node.body === null ? [] : [node.body]
  return childNodes(node)
}

/** `a.b` of a chain of names; something unlike any other for anything else. */
function pathOf(given: Node): string {
  const node = unwrapped(given)
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return ''
  const { root, path, hasCall } = calleePath(node)
  return hasCall || root === '' || root === '#' || path.includes('*') ? '' : [root, ...path].join('.')
}
