import { cairnError } from '../errors/cairn-error.ts'
import { walkPlain, type PlainVisitor } from '../encoding/plain-data.ts'
import { jsonFacts, jsonPreview } from './json-facts.ts'
import { materializer, type Materializer } from './materializer.ts'

/** JSON text with sorted names, so that equal values give equal bytes; it keeps -0. */
const JSON_TEXT: PlainVisitor<string> = {
  scalar(value) {
    if (typeof value === 'bigint') throw new NotJson('a bigint')
    if (typeof value !== 'number') return JSON.stringify(value)
    if (!Number.isFinite(value)) throw new NotJson(String(value))
    return Object.is(value, -0) ? '-0' : String(value)
  },
  date() {
    throw new NotJson('a Date')
  },
  bytes() {
    throw new NotJson('a byte array')
  },
  array: (items) => `[${items.join(',')}]`,
  object: (entries) => `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`,
}

class NotJson extends Error {}

/** The text of a JSON value. Anything that would not come back as it was is refused. */
export function jsonText(value: unknown, where = 'The value'): string {
  try {
    return walkPlain(value, JSON_TEXT, where)
  } catch (error) {
    if (!(error instanceof NotJson)) throw error
    const reason = `it holds ${error.message}, which JSON cannot hold`
    throw cairnError('CAIRN_VALUE_UNSTORABLE', { where, type: 'JSON', reason })
  }
}

const anyJson: Materializer<unknown> = materializer<unknown>({
  name: 'json',
  version: 1,
  write: (value, files) => files.write('value.json', jsonText(value)),
  read: async (files) => JSON.parse(await files.text()) as unknown,
  metadata: jsonFacts,
  preview: jsonPreview,
})

/**
 * Values that JSON can hold, unchecked: null, booleans, finite numbers, strings, arrays, plain objects. Prefer a schema
 * (`output: z.object({ ... })`), which is checked on write and on read.
 */
export function json<T>(): Materializer<T> {
  // Sound as far as the caller's T is: JSON is read back as it was written.
  return anyJson as Materializer<T>
}
