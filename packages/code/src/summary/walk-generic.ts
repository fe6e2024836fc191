import { visitorKeys, type Node } from 'oxc-parser'

import { NODE_SCALARS, TYPE_FIELDS } from './node-scalars-data.ts'
import type { Walker } from './walker.ts'

const childFields = new Map<string, readonly string[]>()
const marks = new Map<string, string>()

/** Walks a node by what the parser says of its kind: its kind, its fields and all children that are not types. */
export function walkGeneric(node: Node, walker: Walker): void {
  walker.tokens.mark(markOf(node.type))
  // Sound: every node can be read by string keys; the values stay unknown.
  const fields = node as unknown as Readonly<Record<string, unknown>>
  for (const field of NODE_SCALARS[node.type] ?? plainFields(fields, node.type)) {
    const value = fields[field]
    if (value === undefined || value === null || value === false) continue
    walker.tokens.mark('f;')
    walker.tokens.text(field)
    walker.tokens.text(JSON.stringify(value))
  }
  walkChildren(node, walker)
}

/** Walks the children of a node that are not types. */
export function walkChildren(node: Node, walker: Walker): void {
  // Sound: the fields that the parser lists hold nodes, lists of nodes or nothing.
  const fields = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>
  for (const field of childFieldsOf(node.type)) {
    const value = fields[field]
    if (isList(value)) walker.list(value)
    else walker.walk(value)
  }
}

function markOf(type: string): string {
  let mark = marks.get(type)
  if (mark === undefined) {
    mark = `${type};`
    marks.set(type, mark)
  }
  return mark
}

function childFieldsOf(type: string): readonly string[] {
  let known = childFields.get(type)
  if (known === undefined) {
    known = (visitorKeys[type] ?? []).filter((field) => !TYPE_FIELDS.has(field))
    childFields.set(type, known)
  }
  return known
}

function plainFields(fields: Readonly<Record<string, unknown>>, type: string): readonly string[] {
  const children = new Set(visitorKeys[type] ?? [])
  return Object.keys(fields).filter((field) => {
    const isPlain = typeof fields[field] !== 'object'
    return isPlain && !children.has(field) && !TYPE_FIELDS.has(field)
  })
}

function isList(value: Node | readonly (Node | null)[] | null | undefined): value is readonly (Node | null)[] {
  return Array.isArray(value)
}
