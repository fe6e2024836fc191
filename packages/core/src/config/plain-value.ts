import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml'

import type { ConfigPath } from './config-document.ts'
import type { ConfigPlaces } from './config-places.ts'

/** With what aliases repeat. */
const MAX_VALUES = 20_000
const MAX_DEPTH = 40

/** Why a node of a document cannot be used, and where that is. */
export class NodeProblem extends Error {
  readonly offset: number

  constructor(problem: string, offset: number) {
    super(problem)
    this.offset = offset
  }
}

/**
 * Turns the nodes of a YAML document into plain data. What YAML can and configuration should not is refused: names that
 * are not text, names given twice, merge keys, `__proto__`, and more values than anybody writes.
 *
 * @throws NodeProblem
 */
export class PlainValues {
  readonly #places: ConfigPlaces
  readonly #anchors = new Map<string, Node>()
  #values = 0

  constructor(places: ConfigPlaces) {
    this.#places = places
  }

  /** The value of a node, whose places are noted under its path. */
  of(node: unknown, path: ConfigPath, from: number): unknown {
    const at = offsetOf(node, from)
    this.#values += 1
    if (this.#values > MAX_VALUES) throw new NodeProblem(`it holds more than ${MAX_VALUES} values`, at)
    if (path.length > MAX_DEPTH) throw new NodeProblem(`it is nested more than ${MAX_DEPTH} levels deep`, at)
    this.#places.note(path, { value: at })
    if (isAlias(node)) return this.of(this.#anchored(node.source, at), path, at)
    if (!isNode(node)) return null
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node)
    if (isSeq(node)) return node.items.map((item, index) => this.of(item, [...path, index], at))
    if (!isMap(node)) return isScalar(node) ? scalarValue(node) : null
    const object: Record<string, unknown> = {}
    for (const pair of node.items) this.#setProperty(object, pair, { path, at })
    return object
  }

  #setProperty(
    object: Record<string, unknown>,
    { key, value }: Pair<unknown, unknown>,
    { path, at }: { readonly path: ConfigPath; readonly at: number },
  ): void {
    const keyAt = offsetOf(key, at)
    const name = propertyName(key, keyAt)
    if (Object.hasOwn(object, name)) throw new NodeProblem(`"${shortened(name)}" is given twice`, keyAt)
    const inner = [...path, name]
    object[name] = this.of(value, inner, keyAt)
    this.#places.note(inner, { key: keyAt, value: offsetOf(value, keyAt) })
  }

  /** The nearest node before the alias that has the anchor. */
  #anchored(anchor: string, at: number): Node {
    const node = this.#anchors.get(anchor)
    if (node === undefined) throw new NodeProblem(`there is no anchor "${shortened(anchor)}" before it`, at)
    return node
  }
}

function propertyName(key: unknown, at: number): string {
  if (!isScalar(key) || typeof key.value !== 'string') {
    throw new NodeProblem('the name of a property is not text: put it in quotes', at)
  }
  if (key.value === '<<') throw new NodeProblem('merge keys (<<) are not supported', at)
  if (key.value === '__proto__') throw new NodeProblem('a property cannot be named "__proto__"', at)
  return key.value
}

/** A whole number that would be rounded stays text: a schema of bigints or strings reads all of its digits. */
function scalarValue({ value, source }: Scalar): unknown {
  const isRounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return isRounded && source !== undefined && /^[-+]?\d+$/.test(source) ? source : value
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value)
}

function offsetOf(node: unknown, otherwise: number): number {
  return isNode(node) || isAlias(node) ? (node.range?.[0] ?? otherwise) : otherwise
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
