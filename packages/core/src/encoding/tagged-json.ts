import { walkPlain, type PlainData, type PlainVisitor } from './plain-data.ts'

/** Anything that `JSON.stringify` writes without loss. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

const isExact = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0)

const TO_JSON: PlainVisitor<Json> = {
  scalar(value) {
    if (typeof value === 'bigint') return { $bigint: String(value) }
    if (typeof value === 'number' && !isExact(value)) return { $number: Object.is(value, -0) ? '-0' : String(value) }
    return value
  },
  date: (value) => ({ $date: Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString() }),
  bytes: (value) => ({ $bytes: Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64') }),
  array: (items) => items,
  object: (entries) => {
    // defineProperty semantics, so that a property named __proto__ stays a property.
    const object = Object.fromEntries(entries)
    return entries.some(([name]) => name.startsWith('$')) ? { $object: object } : object
  },
}

/** Plain data as JSON without loss: what JSON cannot hold becomes an object with one `$` property. */
export function toTaggedJson(value: unknown, where = 'The value'): Json {
  return walkPlain(value, TO_JSON, where)
}

/** Plain data back from its tagged JSON. Values of unknown tags are refused with a `TypeError`. */
export function fromTaggedJson(json: Json): PlainData {
  if (json === null || typeof json !== 'object') return json
  if (isJsonArray(json)) return json.map(fromTaggedJson)
  const names = Object.keys(json)
  const [name] = names
  if (names.length === 1 && name?.startsWith('$')) return untag(name, json[name] ?? null)
  return fromEntries(json)
}

function untag(tag: string, content: Json): PlainData {
  if (tag === '$object' && typeof content === 'object' && content !== null && !isJsonArray(content)) {
    return fromEntries(content)
  }
  if (typeof content !== 'string') throw new TypeError(`Tagged JSON: ${tag} does not hold text.`)
  if (tag === '$bigint') return BigInt(content)
  if (tag === '$number') return content === '-0' ? -0 : Number(content)
  if (tag === '$date') return new Date(content === 'invalid' ? Number.NaN : content)
  if (tag === '$bytes') return new Uint8Array(Buffer.from(content, 'base64'))
  throw new TypeError(`Tagged JSON: the tag ${tag} is unknown.`)
}

function fromEntries(json: { readonly [name: string]: Json }): PlainData {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, fromTaggedJson(value)]))
}

function isJsonArray(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}
