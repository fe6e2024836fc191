import { cairnError } from '../errors/cairn-error.ts'

const SEGMENT = /^[A-Za-z0-9._=+-]+$/
/** Most keys: no segment begins with a dot. */
const PLAIN_KEY = /^[A-Za-z0-9_=+-][A-Za-z0-9._=+-]*(?:\/[A-Za-z0-9_=+-][A-Za-z0-9._=+-]*)*$/
const MAX_LENGTH = 900

/**
 * Refuses a key that some store could read as another place: `..`, empty segments, odd characters, too long.
 *
 * @throws CAIRN_STORE_KEY_INVALID
 */
export function assertObjectKey(key: string): void {
  const problem = keyProblem(key)
  if (problem !== undefined) throw cairnError('CAIRN_STORE_KEY_INVALID', { key: String(key).slice(0, 200), problem })
}

/** Whether `assertObjectKey` takes a key. A list leaves out what others have put under keys that it does not take. */
export function isObjectKey(key: string): boolean {
  return keyProblem(key) === undefined
}

/**
 * Refuses a prefix for `list` as a key is refused. It is empty, or a key that may end in a segment or in a slash.
 *
 * @throws CAIRN_STORE_KEY_INVALID
 */
export function assertObjectPrefix(prefix: string): void {
  if (prefix === '') return
  assertObjectKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix)
}

function keyProblem(key: string): string | undefined {
  if (typeof key !== 'string' || key === '') return 'it is empty'
  if (key.length > MAX_LENGTH) return `it has ${key.length} characters, at most ${MAX_LENGTH} are allowed`
  if (PLAIN_KEY.test(key)) return undefined
  for (const segment of key.split('/')) {
    if (segment === '') return 'it has an empty segment'
    if (segment === '.' || segment === '..') return `it holds the segment "${segment}"`
    if (!SEGMENT.test(segment)) return `the segment ${JSON.stringify(segment)} holds a character that is not allowed`
  }
  return undefined
}
