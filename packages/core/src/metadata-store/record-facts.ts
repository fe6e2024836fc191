import { fromTaggedJson, type Json } from '../encoding/tagged-json.ts'
import type { PlainData } from '../encoding/plain-data.ts'
import type { ResultInput } from '../artifact/result-manifest.ts'
import type { RecordBase, RecordKind, RunRecord, StepRunRecord } from '../records/records.ts'

/** Something by which a record can be found besides its indexed fields. A record may have several of one name. */
export interface RecordFact {
  readonly name: string
  readonly value: string | number
}

/** The facts of each kind of record. */
interface FactNames {
  readonly pipeline: never
  readonly pipelineVersion: never
  readonly run: 'tag' | 'durationMs' | `params.${string}` | `metrics.${string}`
  readonly stepRun: 'artifact'
  readonly keyTree: never
}

/**
 * The name of a fact of a kind. Runs have `tag`, `durationMs` once they have ended, `params.gamma` for each parameter
 * (dots reach into objects) and `metrics.acc` for each metric; step runs have `artifact`, the digest of each input and
 * output that they have read or made.
 */
export type FactName<K extends RecordKind> = FactNames[K]

const MOST_FACTS = 1000
const NONE: readonly RecordFact[] = []
const LONGEST_TEXT = 500
const MANY_VALUES: ReadonlySet<string> = new Set(['tag', 'artifact'])

/** Whether records of a kind can have a fact of this name. */
export function isFactName(kind: RecordKind, name: string): boolean {
  if (kind === 'stepRun') return name === 'artifact'
  if (kind !== 'run') return false
  return name === 'tag' || name === 'durationMs' || /^(?:params|metrics)\../s.test(name)
}

/** Whether a record has at most one value of a fact, so that records can be ordered by it. */
export function isSingleFact(name: string): boolean {
  return !MANY_VALUES.has(name)
}

/**
 * The facts of a record: at most 1000, each name and value once. Texts of more than 500 characters are none; lists are
 * their JSON text, booleans and null their words, numbers that are not finite their names.
 */
export function recordFacts(kind: RecordKind, record: RecordBase): readonly RecordFact[] {
  // Sound: the kind says which record it is.
  if (kind === 'run') return distinct(runFacts(record as RunRecord))
  if (kind !== 'stepRun') return NONE
  const { inputs, outputs } = record as StepRunRecord
  // Records of reused results have neither, and are written at every step of every run.
  return inputs === undefined && outputs === undefined ? NONE : distinct(digests(inputs, outputs))
}

function distinct(all: Iterable<RecordFact>): readonly RecordFact[] {
  const facts = new Map<string, RecordFact>()
  for (const { name, value } of all) {
    if (typeof value === 'string' && value.length > LONGEST_TEXT) continue
    facts.set(`${name} ${typeof value} ${value}`, { name, value })
    if (facts.size === MOST_FACTS) break
  }
  return [...facts.values()]
}

function* runFacts({ tags, startedAt, endedAt, metrics = [], params }: RunRecord): Iterable<RecordFact> {
  for (const tag of tags) yield { name: 'tag', value: tag }
  if (endedAt !== undefined) yield { name: 'durationMs', value: endedAt - startedAt }
  for (const { name, value } of metrics) yield { name: `metrics.${name}`, value: scalarFact(value) }
  yield* paramFacts('params', isObject(params) ? params : {})
}

/** Objects are gone into as they are stored, so that data which JSON does not have is seen whole. */
function* paramFacts(path: string, params: { readonly [name: string]: Json }): Iterable<RecordFact> {
  for (const [name, json] of Object.entries(params)) {
    if (isObject(json) && !isTagged(json)) yield* paramFacts(`${path}.${name}`, json)
    else yield { name: `${path}.${name}`, value: scalarFact(untagged(json)) }
  }
}

function scalarFact(value: PlainData): string | number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'string') return value
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (value instanceof Uint8Array) return `${value.length} bytes`
  return typeof value === 'object' && value !== null ? jsonOf(value) : String(value)
}

function jsonOf(value: object): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item))
}

function untagged(json: Json): PlainData {
  try {
    return fromTaggedJson(json)
  } catch {
    // What a later Cairn tags otherwise is text here.
    return JSON.stringify(json)
  }
}

function* digests(inputs: StepRunRecord['inputs'] = {}, outputs: StepRunRecord['outputs'] = {}): Iterable<RecordFact> {
  for (const ref of Object.values(outputs)) yield { name: 'artifact', value: ref.digest }
  for (const input of Object.values(inputs)) {
    for (const { digest } of refsOf(input)) yield { name: 'artifact', value: digest }
  }
}

function refsOf(input: ResultInput): readonly { readonly digest: string }[] {
  // Sound: what is not an array is one reference; `Array.isArray` does not narrow a readonly array.
  return Array.isArray(input) ? input : [input as { readonly digest: string }]
}

function isObject(json: Json): json is { readonly [name: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function isTagged(json: object): boolean {
  const [only, another] = Object.keys(json)
  return another === undefined && only?.startsWith('$') === true
}
