import { byCodeUnit } from '../encoding/plain-data.ts'
import type { RecordBase, RecordKind } from '../records/records.ts'
import type { IndexedField } from './metadata-store.ts'
import { isFactName, recordFacts, type FactName } from './record-facts.ts'

/** How a value is compared: `^=` means that a text starts so, `!=` is the opposite of `=`. */
export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>=', '^='] as const

/** One of the comparisons. */
export type Comparison = (typeof COMPARISONS)[number]

/**
 * A comparison of an indexed field or a fact. A number is compared with numbers and a text with texts, by code units;
 * it holds if one value of the record compares so, `!=` if none is equal.
 */
export interface RecordComparison<K extends RecordKind> {
  readonly field: IndexedField<K> | FactName<K>
  readonly is: Comparison
  readonly value: string | number
}

/** What must hold for a record: a comparison, all of several conditions, or any of them. */
export type RecordCondition<K extends RecordKind> =
  | RecordComparison<K>
  | { readonly all: readonly RecordCondition<K>[] }
  | { readonly any: readonly RecordCondition<K>[] }

/** Whether a condition holds for a record, as every metadata store answers it. */
export function conditionHolds<K extends RecordKind>(
  kind: K,
  record: RecordBase,
  condition: RecordCondition<K>,
): boolean {
  if ('all' in condition) return condition.all.every((part) => conditionHolds(kind, record, part))
  if ('any' in condition) return condition.any.some((part) => conditionHolds(kind, record, part))
  const { field, is, value } = condition
  const values = valuesOf(kind, record, field)
  if (is === '!=') return !values.includes(value)
  return values.some((found) => typeof found === typeof value && compares(found, is, value))
}

/** Every field that a condition compares. */
export function comparedFields(condition: RecordCondition<RecordKind>): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(comparedFields)
  return 'any' in condition ? condition.any.flatMap(comparedFields) : [condition.field]
}

/** The values that a record has of an indexed field or a fact. */
export function valuesOf(kind: RecordKind, record: RecordBase, field: string): readonly (string | number)[] {
  if (isFactName(kind, field)) {
    return recordFacts(kind, record).flatMap(({ name, value }) => (name === field ? [value] : []))
  }
  const value = valueOf(record, field)
  return value === undefined ? [] : [value]
}

/** The value of an indexed field. */
export function valueOf(record: RecordBase, field: string): string | number | undefined {
  // Sound: every field of RECORD_INDEXES is a string or a number of its record, where it is there.
  return (record as unknown as Readonly<Record<string, string | number | undefined>>)[field]
}

function compares(found: string | number, is: Exclude<Comparison, '!='>, value: string | number): boolean {
  if (is === '=') return found === value
  if (is === '^=') return String(found).startsWith(String(value)) && typeof value === 'string'
  const order =
    typeof found === 'number' && typeof value === 'number' ? found - value : byCodeUnit(String(found), String(value))
  if (is === '<') return order < 0
  if (is === '<=') return order <= 0
  return is === '>' ? order > 0 : order >= 0
}
