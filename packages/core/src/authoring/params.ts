import type { StandardSchemaV1 } from '@standard-schema/spec'

import { canonicalText } from '../encoding/canonical.ts'
import type { PlainObject } from '../encoding/plain-data.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { checkSchema } from '../materializer/schema-check.ts'
import { nearestName } from '../names/nearest.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * Validates parameters, once: what the schema gives back is what counts from here on.
 *
 * @param where names the owner in errors: `Step "train" of pipeline "search"`
 * @throws CAIRN_PARAMETER_INVALID, CAIRN_PARAMETER_UNKNOWN, CAIRN_VALUE_NOT_PLAIN, CAIRN_SCHEMA_ASYNC
 */
export function validateParams(schema: StandardSchemaV1 | undefined, given: Values, where: string): PlainObject {
  const known = schema === undefined ? [] : schemaNames(schema)
  if (known !== undefined) refuseUnknown(given, known, where)
  if (schema === undefined) return {}
  const answer = checkSchema(schema, given, where)
  if (answer.issues !== undefined) throw cairnError('CAIRN_PARAMETER_INVALID', { where, issues: answer.issues })
  const { value } = answer
  canonicalText(value, where)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: 'its params schema does not give an object' })
  }
  // A schema that tells no names drops what it does not know, or renames it on purpose if it transforms.
  if (known === undefined && !transforms(schema)) refuseUnknown(given, Object.keys(value), where)
  // Sound: canonicalText refuses whatever is not plain data, and this is an object.
  return value as PlainObject
}

function refuseUnknown(given: Values, known: readonly string[], where: string): void {
  for (const name of Object.keys(given)) {
    if (given[name] === undefined || known.includes(name)) continue
    throw cairnError('CAIRN_PARAMETER_UNKNOWN', { where, name, known, nearest: nearestName(name, known) })
  }
}

/** The names that an object schema takes, where it tells them the way Zod does (`.shape`) and takes no others. */
export function schemaNames(schema: StandardSchemaV1): readonly string[] | undefined {
  const def = zodDef(schema)
  const catchall = zodDef(property(def, 'catchall'))
  if (catchall !== undefined && property(catchall, 'type') !== 'never') return undefined
  // What a transformation starts from is what a caller gives.
  const source = property(def, 'type') === 'pipe' ? property(def, 'in') : undefined
  if (isSchemaLike(source)) return schemaNames(source)
  const shape = property(def, 'shape') ?? property(schema, 'shape')
  return typeof shape === 'object' && shape !== null ? Object.keys(shape) : undefined
}

function transforms(schema: StandardSchemaV1): boolean {
  const type = property(zodDef(schema), 'type')
  return type === 'pipe' || type === 'transform'
}

/** Zod's description of a schema, without loading Zod. */
function zodDef(schema: unknown): unknown {
  return property(property(schema, '_zod'), 'def')
}

function isSchemaLike(value: unknown): value is StandardSchemaV1 {
  return property(value, '~standard') !== undefined
}

function property(of: unknown, name: string): unknown {
  const isThing = (typeof of === 'object' && of !== null) || typeof of === 'function'
  return isThing ? (of as Values)[name] : undefined
}
