import { cairnError } from '../errors/cairn-error.ts'

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i

/** Why a name cannot be used on every platform, or `undefined` if it can. */
export function nameProblem(name: unknown): string | undefined {
  if (typeof name !== 'string') return `it is ${name === null ? 'null' : typeof name}, not a string`
  if (name === '') return 'it is empty'
  if (name.length > 100) return `it has ${name.length} characters, at most 100 are allowed`
  if (!NAME.test(name)) return 'it holds a character that is not allowed, or starts with one'
  if (DEVICE.test(name)) return 'it is a reserved device name on Windows'
  if (name.endsWith('.')) return 'it ends in a dot'
  return undefined
}

/** Refuses a name of a pipeline, step, output or run that would not work on every platform. */
export function assertName(kind: string, name: unknown): asserts name is string {
  const reason = nameProblem(name)
  if (reason === undefined) return
  const shown = typeof name === 'string' ? name : `(${typeof name})`
  throw cairnError('CAIRN_NAME_INVALID', { kind, name: shown, reason })
}

/** The form in which names are compared: they are unique ignoring case. */
export function foldName(name: string): string {
  return name.toLowerCase()
}
