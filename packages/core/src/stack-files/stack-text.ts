import nodePath from 'node:path'

import { Document, isMap, isNode, isScalar, parse, parseDocument, visit } from 'yaml'

import { parseConfigDocument } from '../config/parse-document.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { STACK_PORTS } from './stack-schema.ts'

/** What a stack file is to say from now on, by the names of its properties; what is `undefined` is removed. */
export type StackChanges = Readonly<Record<string, unknown>>

const SCHEMA_LINE = ' yaml-language-server: $schema=../.cairn/stack.schema.json'
const ORDER: readonly string[] = ['$schema', 'extends', ...STACK_PORTS]

/** Whether a stack file holds JSON. */
export function isJsonFile(file: string): boolean {
  return file.endsWith('.json')
}

/** The text of a new stack file. */
export function newStackText(values: StackChanges, file: string): string {
  const given = Object.fromEntries(ORDER.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])))
  if (isJsonFile(file)) return jsonText({ $schema: '../.cairn/stack.schema.json', ...given })
  const document = new Document({})
  document.commentBefore = SCHEMA_LINE
  for (const [name, value] of Object.entries(given)) document.set(name, componentNode(document, value))
  return yamlText(document)
}

/**
 * The text of a stack file with changes made to it; what is not changed keeps its comments, and lines end as they did.
 *
 * @throws CAIRN_CONFIG_INVALID if the text is no stack file, of which nothing could be kept
 */
export function changedStackText(text: string, file: string, changes: StackChanges): string {
  assertProperties(text, nodePath.relative('', file) || file)
  const changed = isJsonFile(file)
    ? jsonText({ ...(parse(text) as object | null), ...changes })
    : changedYaml(text, changes)
  const isWindows = text.includes('\r\n') && !/(?<!\r)\n/.test(text)
  return isWindows ? changed.replaceAll('\n', '\r\n') : changed
}

function assertProperties(text: string, file: string): void {
  const { value, place } = parseConfigDocument(text, file)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  throw cairnError('CAIRN_CONFIG_INVALID', { problems: [{ at: place([]), problem: 'it is not an object' }] })
}

function changedYaml(text: string, changes: StackChanges): string {
  const document: Document = parseDocument(text)
  if (!isMap(document.contents)) document.contents = document.createNode({})
  if (Object.keys(changes).some((name) => hasAnchor(document.get(name, true)))) resolveAliases(document)
  for (const [name, value] of Object.entries(changes)) {
    const before = document.get(name, true)
    if (value === undefined) removeProperty(document, name)
    else document.set(name, componentNode(document, value))
    const after = document.get(name, true)
    if (isNode(before) && isNode(after) && before.comment) after.comment = before.comment
  }
  return isMap(document.contents) && document.contents.items.length === 0 ? commentsOf(document) : yamlText(document)
}

function hasAnchor(node: unknown): boolean {
  let isFound = false
  if (isNode(node)) visit(node, { Value: (_key, { anchor }) => void (isFound ||= anchor !== undefined) })
  return isFound
}

/** Where that goes which aliases mean, each becomes what it means. */
function resolveAliases(document: Document): void {
  visit(document, { Alias: (_key, alias) => document.createNode(alias.toJS(document), { flow: true }) })
}

/** What stands above the first property is about the file. */
function removeProperty(document: Document, name: string): void {
  const [first] = isMap(document.contents) ? document.contents.items : []
  const key = first?.key
  if (isScalar(key) && key.value === name && key.commentBefore) {
    document.commentBefore = [document.commentBefore, key.commentBefore].filter((text) => text).join('\n')
  }
  document.delete(name)
}

/** An empty map would be printed as `{}`, without the comment before it. */
function commentsOf(document: Document): string {
  const comments = [document.commentBefore, document.contents?.commentBefore, document.comment]
  const lines = comments.flatMap((comment) => comment?.split('\n') ?? [])
  return lines.map((line) => (line === '' ? '\n' : `#${line}\n`)).join('')
}

/** A component on one line, as people write it. */
function componentNode(document: Document, value: unknown): unknown {
  return document.createNode(value, { flow: typeof value === 'object' })
}

function yamlText(document: Document): string {
  return document.toString({ lineWidth: 0, nullStr: 'null' })
}

function jsonText(values: object): string {
  return `${JSON.stringify(values, undefined, 2)}\n`
}
