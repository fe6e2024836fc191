import { parseSync, visitorKeys, type Node } from 'oxc-parser'

import type { RandomProject } from './random-project.fixture.ts'

/** Two variants of a project. */
export interface Variants {
  readonly before: RandomProject
  readonly after: RandomProject
}

interface Cut {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Takes away from both variants what they have in common, as long as they are still what is looked for. */
export async function shrinkVariants(
  variants: Variants,
  isStillFound: (variants: Variants) => Promise<boolean>,
): Promise<Variants> {
  let smallest = variants
  for (let hasShrunk = true; hasShrunk;) {
    hasShrunk = false
    for (const cut of cutsOf(smallest)) {
      const smaller = apply(cut, smallest)
      if (smaller === undefined || !(await isStillFound(smaller))) continue
      smallest = smaller
      hasShrunk = true
      break
    }
  }
  return smallest
}

/** Both variants as text, for a message. */
export function showVariants({ before, after }: Variants): string {
  return [...before.texts]
    .flatMap(([path, text]) => {
      const other = after.texts.get(path)
      if (text.trim() === '' && other === text) return []
      const shown = [`--- ${path}${path === before.entry ? ' (entry)' : ''}`, text.trim()]
      return other === text ? shown : [...shown, `--- ${path} after the edit`, other?.trim() ?? '']
    })
    .join('\n')
}

/** The largest first. */
function cutsOf({ before }: Variants): readonly Cut[] {
  const cuts: Cut[] = []
  for (const [file, text] of before.texts) {
    if (file.endsWith('.json')) continue
    const { program } = parseSync(file, text)
    visit(program, (node) => cuts.push(...cutsOfNode(file, node, text)))
  }
  return cuts.toSorted(
    (one, other) => other.end - other.start - other.text.length - (one.end - one.start - one.text.length),
  )
}

const SIMPLER =
  /^(?:CallExpression|NewExpression|MemberExpression|ConditionalExpression|LogicalExpression|BinaryExpression|ArrayExpression|ObjectExpression|ArrowFunctionExpression|TemplateLiteral)$/

function cutsOfNode(file: string, node: Node, text: string): readonly Cut[] {
  const whole = { file, start: node.start, end: node.end }
  const inner = (child: Node): Cut => ({ ...whole, text: text.slice(child.start, child.end) })
  if (/Statement$|Declaration$|Definition$|^StaticBlock$|^ImportSpecifier$/.test(node.type)) {
    const body = 'body' in node && Array.isArray(node.body) ? node.body : []
    const comma = node.type === 'ImportSpecifier' && text[node.end] === ',' ? 1 : 0
    return [{ ...whole, end: node.end + comma, text: '' }, ...(body.length === 1 ? body.map(inner) : [])]
  }
  const cuts: Cut[] = []
  if (node.type === 'ArrayExpression' || node.type === 'ObjectExpression') {
    const parts = node.type === 'ArrayExpression' ? node.elements : node.properties
    for (const [index, part] of parts.entries()) {
      const next = parts[index + 1]
      const previous = parts[index - 1]
      if (part === null) continue
      if (next) cuts.push({ file, start: part.start, end: next.start, text: '' })
      else cuts.push({ file, start: previous ? previous.end : part.start, end: part.end, text: '' })
    }
  }
  if (!SIMPLER.test(node.type)) return cuts
  cuts.push({ ...whole, text: '1' })
  visitChildren(node, (child) => {
    if (/Expression$|Identifier|Literal/.test(child.type)) cuts.push(inner(child))
  })
  return cuts.filter(({ start, end, text: by }) => by.length < end - start)
}

function visit(node: Node, act: (node: Node) => void): void {
  act(node)
  visitChildren(node, (child) => visit(child, act))
}

function visitChildren(node: Node, act: (node: Node) => void): void {
  // Sound: these are the fields that hold nodes, lists of nodes or nothing.
  const fields = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>
  for (const key of visitorKeys[node.type] ?? []) {
    for (const child of [fields[key]].flat()) if (child !== null && child !== undefined) act(child)
  }
}

/** The cut in both variants, if it leaves what differs alone. */
function apply({ file, start, end, text }: Cut, { before, after }: Variants): Variants | undefined {
  const [one, other] = [before.texts.get(file) ?? '', after.texts.get(file) ?? '']
  const cutOne = one.slice(0, start) + text + one.slice(end)
  const same = commonEnds(one, other)
  if (one === other) return both(file, [cutOne, cutOne], { before, after })
  const shift = other.length - one.length
  if (end <= same.prefix)
    return both(file, [cutOne, other.slice(0, start) + text + other.slice(end)], { before, after })
  if (start < one.length - same.suffix) return undefined
  const cutOther = other.slice(0, start + shift) + text + other.slice(end + shift)
  return both(file, [cutOne, cutOther], { before, after })
}

function both(file: string, [one, other]: readonly [string, string], { before, after }: Variants): Variants {
  return {
    before: { ...before, texts: new Map(before.texts).set(file, one) },
    after: { ...after, texts: new Map(after.texts).set(file, other) },
  }
}

function commonEnds(one: string, other: string): { readonly prefix: number; readonly suffix: number } {
  const shorter = Math.min(one.length, other.length)
  let prefix = 0
  while (prefix < shorter && one[prefix] === other[prefix]) prefix++
  let suffix = 0
  while (suffix < shorter - prefix && one[one.length - 1 - suffix] === other[other.length - 1 - suffix]) suffix++
  return { prefix, suffix }
}
