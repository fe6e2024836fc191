import { parseSync, visitorKeys, type Node } from 'oxc-parser'

import type { Random } from './random.fixture.ts'
import type { ProjectTexts, RandomProject } from './random-project.fixture.ts'

/** One small change of one file. */
export interface Edit {
  readonly file: string
  readonly kind: string
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Sound: these are the fields that hold nodes, lists of nodes or nothing. */
type Fields = Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>

const OPERATORS: readonly (readonly string[])[] = [
  ['+', '-', '*'],
  ['>', '<', '>=', '==='],
  ['===', '!=='],
  ['&&', '||', '??'],
  ['=', '+=', '??=', '||=', '-='],
  ['++', '--'],
]
const METHODS: readonly (readonly string[])[] = [
  ['push', 'unshift', 'at', 'fill'],
  ['map', 'forEach', 'filter', 'find'],
  ['set', 'get', 'delete', 'has'],
  ['add', 'delete', 'has'],
  ['call', 'apply', 'bind'],
  ['assign', 'keys', 'values', 'freeze'],
  ['a', 'b', 'c', 'deep', 'x', 'v'],
  ['value', 'tag', 'make', 'count', 'extra', 'toJSON'],
  ['total', 'size', 'read', 'add'],
]

/** Every small change that one knows how to make to a file. They need not give a program that loads. */
class Edits {
  readonly all: Edit[] = []
  readonly #file: string
  readonly #text: string
  readonly #random: Random
  readonly #texts: ProjectTexts
  readonly #names: readonly string[]

  constructor(file: string, texts: ProjectTexts, random: Random) {
    this.#file = file
    this.#texts = texts
    this.#text = texts.get(file) ?? ''
    this.#random = random
    this.#names = [...new Set(this.#text.match(/\b[a-zA-Z]+\d+b?\b/g))]
    const { program, errors } = parseSync(file, this.#text)
    if (errors.length === 0) this.#visit(program)
  }

  #add(kind: string, at: readonly [start: number, end: number], text: string): void {
    if (this.#text.slice(...at) !== text) this.all.push({ file: this.#file, kind, start: at[0], end: at[1], text })
  }

  #swap(kind: string, one: Node, other: Node): void {
    const between = this.#text.slice(one.end, other.start)
    this.#add(kind, [one.start, other.end], this.#source(other) + between + this.#source(one))
  }

  #source({ start, end }: Node): string {
    return this.#text.slice(start, end)
  }

  #visit(node: Node): void {
    this.#own(node)
    const fields = node as unknown as Fields
    for (const key of visitorKeys[node.type] ?? []) {
      for (const child of [fields[key]].flat()) if (child !== null && child !== undefined) this.#visit(child)
    }
  }

  #own(node: Node): void {
    const at = [node.start, node.end] as const
    switch (node.type) {
      case 'Literal':
        return this.#literal(node.value, at)
      case 'TemplateElement':
        return this.#add('template', at, `${this.#source(node)}z`)
      case 'BinaryExpression':
      case 'LogicalExpression':
      case 'AssignmentExpression':
        return this.#operator(node.operator, [node.left.end, node.right.start])
      case 'UpdateExpression':
        return this.#operator(node.operator, node.prefix ? [at[0], node.argument.start] : [node.argument.end, at[1]])
      case 'MemberExpression':
        return this.#member(node)
      case 'Identifier':
        return this.#identifier(node.name, at)
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return this.#importSource(node.source)
      case 'ConditionalExpression':
        this.#swap('branches', node.consequent, node.alternate)
        return this.#add('condition', [node.test.start, node.test.end], `!(${this.#source(node.test)})`)
      case 'IfStatement':
        return this.#add('condition', [node.test.start, node.test.end], `!(${this.#source(node.test)})`)
      case 'Program':
      case 'BlockStatement':
      case 'StaticBlock':
        return this.#statements(node.body)
      case 'ClassBody':
        return this.#statements(node.body)
      case 'SwitchCase':
        return this.#statements(node.consequent)
      case 'CallExpression':
      case 'NewExpression':
        this.#elements(node.arguments, 'argument')
        if (node.type === 'CallExpression') this.#add('call', at, this.#source(node.arguments[0] ?? node.callee))
        return undefined
      case 'ArrayExpression':
        return this.#elements(node.elements, 'element')
      case 'ObjectExpression':
        return this.#elements(node.properties, 'property')
      case 'SpreadElement':
        return this.#add('spread', at, this.#source(node.argument))
      case 'VariableDeclaration':
        return this.#add('declaration', [at[0], at[0] + node.kind.length], node.kind === 'const' ? 'let' : 'const')
      case 'MethodDefinition':
        if (node.static) this.#add('static', [at[0], at[0] + 7], '')
        if (node.kind === 'get') this.#add('getter', [at[0], at[0] + 4], '')
        return undefined
      case 'ClassDeclaration':
        if (node.superClass) this.#add('superclass', [node.superClass.start, node.superClass.end], 'Object')
        return undefined
      case 'AwaitExpression':
        return this.#add('await', at, this.#source(node.argument))
      case 'ReturnStatement':
        if (node.argument) this.#add('return', [node.argument.start, node.argument.end], '[7]')
        return undefined
      default:
        return undefined
    }
  }

  #literal(value: unknown, at: readonly [number, number]): void {
    if (typeof value === 'number') {
      this.#add('number', at, String((value + this.#random.whole(1, 8)) % 10))
      this.#add('number', at, String(value + 1))
    }
    if (typeof value === 'boolean') this.#add('boolean', at, String(!value))
    if (typeof value !== 'string' || value.startsWith('./') || value === 'cairnml' || value === 'json') return
    this.#add('string', at, `'${this.#random.pick(['a', 'b', 'c', 'deep', `${value}z`])}'`)
  }

  #operator(operator: string, [start, end]: readonly [number, number]): void {
    const offset = this.#text.slice(start, end).indexOf(operator)
    const others = OPERATORS.find((group) => group.includes(operator)) ?? []
    const other = this.#random.pick([...others, '+'])
    if (offset >= 0) this.#add('operator', [start + offset, start + offset + operator.length], other)
  }

  #member(node: Extract<Node, { readonly type: 'MemberExpression' }>): void {
    const { object, property } = node
    if (!node.computed && property.type === 'Identifier') {
      const others = METHODS.filter((group) => group.includes(property.name)).flat()
      const candidates = others.length > 0 ? others : this.#texts.get(this.#file)?.match(/(?<=\.)[a-z]+\d*\b/g)
      if (candidates) this.#add('member', [property.start, property.end], this.#random.pick(candidates))
    }
    this.#add('unwrap', [node.start, node.end], this.#source(object))
  }

  #identifier(name: string, at: readonly [number, number]): void {
    if (!this.#names.includes(name) && !/^(?:to|v|x|y)$/.test(name)) return
    const alike = this.#names.filter((other) => other.replace(/\d.*/, '') === name.replace(/\d.*/, ''))
    const from = this.#random.chance(0.5) && alike.length > 1 ? alike : this.#names
    if (from.length > 0) this.#add('identifier', at, this.#random.pick(from))
  }

  #importSource(source: Node): void {
    const files = [...this.#texts.keys()].filter((path) => path !== this.#file && !path.endsWith('.json'))
    if (files.length > 0) this.#add('import', [source.start, source.end], `'./${this.#random.pick(files)}'`)
  }

  #statements(body: readonly Node[]): void {
    for (const [index, statement] of body.entries()) {
      this.#add('remove', [statement.start, statement.end], '')
      const next = body[index + 1]
      if (next !== undefined) this.#swap('order', statement, next)
      const other = this.#random.pick(body)
      const copy = this.#source(other)
      if (!/^(?:export|import|const|let|class|function)\b/.test(copy)) {
        this.#add('copy', [statement.end, statement.end], `\n;${copy}`)
        this.#add('move', [statement.start, statement.start], `;${copy}\n`)
      }
    }
  }

  #elements(elements: readonly (Node | null)[], kind: string): void {
    for (const [index, element] of elements.entries()) {
      const next = elements[index + 1]
      if (element === null) continue
      if (next !== undefined && next !== null) {
        this.#swap(kind, element, next)
        this.#add(kind, [element.start, next.start], '')
      }
      this.#add(kind, [element.end, element.end], `, ${this.#source(element)}`)
    }
  }
}

/** Small changes of a project, of as many kinds as there are. */
export function editsOf({ texts }: RandomProject, random: Random, count: number): readonly Edit[] {
  const byKind = new Map<string, Edit[]>()
  for (const file of texts.keys()) {
    const edits = file.endsWith('.json')
      ? dataEdits(file, texts.get(file) ?? '', random)
      : new Edits(file, texts, random).all
    for (const edit of edits) byKind.set(edit.kind, [...(byKind.get(edit.kind) ?? []), edit])
  }
  for (const edit of renames(texts, random)) byKind.set('rename', [...(byKind.get('rename') ?? []), edit])
  const kinds = [...byKind.values()]
  return kinds.length === 0 ? [] : Array.from({ length: count }, () => random.pick(random.pick(kinds)))
}

function dataEdits(file: string, text: string, random: Random): readonly Edit[] {
  return [...text.matchAll(/\d+/g)].map(({ index, 0: digits }) => {
    return { file, kind: 'data', start: index, end: index + digits.length, text: String(random.whole(10, 19)) }
  })
}

/** A new name for a thing in one file: its users lose it, or a name that shadowed another is gone. */
function renames(texts: ProjectTexts, random: Random): readonly Edit[] {
  const found: Edit[] = []
  for (const [file, text] of texts) {
    const names = text.match(/\b(?:cell|list|obj|f|w|act|count|memo)\d+\b/g)
    if (names === null) continue
    const name = random.pick(names)
    const renamed = text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `${name}_`)
    found.push({ file, kind: 'rename', start: 0, end: text.length, text: `${renamed}export { ${name}_ as ${name} }\n` })
  }
  return found
}

/** The project after a change. */
export function applyEdit(project: RandomProject, { file, start, end, text }: Edit): RandomProject {
  const before = project.texts.get(file) ?? ''
  const texts = new Map(project.texts).set(file, before.slice(0, start) + text + before.slice(end))
  return { ...project, texts }
}
