import type { StandardSchemaV1 } from '@standard-schema/spec'

import { pointedAt } from './json-pointer.ts'

/** The parts of a JSON Schema that say which options there are. */
export interface OptionSchema {
  readonly [keyword: string]: unknown
}

const MAX_STEPS = 50
const COMBINING = ['anyOf', 'oneOf', 'allOf'] as const

/**
 * The JSON Schema of what a component's schema takes, or `undefined` where the schema library cannot tell. Zod, ArkType
 * and Valibot can (standardschema.dev/json-schema).
 */
export function optionSchema(schema: StandardSchemaV1): OptionSchema | undefined {
  const standard: object = schema['~standard']
  if (!('jsonSchema' in standard)) return undefined
  // Sound: this is the property that Standard JSON Schema defines.
  const converter = standard.jsonSchema as { input(options: { readonly target: string }): OptionSchema }
  try {
    return converter.input({ target: 'draft-07' })
  } catch {
    // A type that JSON Schema cannot express: the schema itself still checks values.
    return undefined
  }
}

/**
 * A schema and all that it refers to or combines, as far as these say something about the same value. A mark of a secret
 * holds for all that is combined below it.
 */
export function flattened(schema: unknown, root: OptionSchema): readonly OptionSchema[] {
  const found: OptionSchema[] = []
  const waiting: unknown[] = [schema]
  for (let step = 0; step < MAX_STEPS && waiting.length > 0; step++) {
    const next = waiting.shift()
    if (!isSchema(next) || found.includes(next)) continue
    found.push(next)
    if (typeof next['$ref'] === 'string') waiting.push(markedAs(next, pointedAt(next['$ref'], root)))
    for (const keyword of COMBINING) {
      const inner = next[keyword]
      if (!Array.isArray(inner)) continue
      const parts = inner as readonly unknown[]
      const isJoint = keyword === 'allOf' && parts.some((part) => isSchema(part) && isMarkedSecret(part))
      waiting.push(...parts.map((part) => markedAs(isJoint ? { secret: true } : next, part)))
    }
  }
  return found
}

/** The schemas that are meant by an object: those of a union whose fixed values it has. */
export function meantBy(value: object, schemas: readonly OptionSchema[]): readonly OptionSchema[] {
  const values: Readonly<Record<string, unknown>> = { ...value }
  return schemas.filter(({ properties }) =>
    Object.entries(isSchema(properties) ? properties : {}).every(
      ([name, schema]) =>
        !isSchema(schema) || !('const' in schema) || !Object.hasOwn(values, name) || values[name] === schema['const'],
    ),
  )
}

/** What schemas say of a property or an item of the value that they are about. */
export function inside(schemas: readonly OptionSchema[], key: string | number): readonly unknown[] {
  const all = schemas.flatMap(({ properties, patternProperties, additionalProperties, items, prefixItems }) => {
    if (typeof key === 'number') return [tupleItem(prefixItems ?? items, key) ?? items]
    const own = isSchema(properties) && Object.hasOwn(properties, key) ? [properties[key]] : []
    const known = [...own, ...byPattern(patternProperties, key)]
    return known.length > 0 ? known : [additionalProperties]
  })
  return all.map((schema) => (schema === true ? {} : schema))
}

/** The names that an object can have, or `undefined` where any is allowed. */
export function closedNames(schemas: readonly OptionSchema[]): readonly string[] | undefined {
  const objects = schemas.filter(({ type, properties }) => type === 'object' || properties !== undefined)
  const isOpen = objects.some(
    ({ properties, additionalProperties, patternProperties }) =>
      !isSchema(properties) || isSchema(additionalProperties) || additionalProperties === true || patternProperties,
  )
  if (objects.length === 0 || isOpen) return undefined
  return [...new Set(objects.flatMap(({ properties }) => (isSchema(properties) ? Object.keys(properties) : [])))]
}

/**
 * Whether a value is secret: a schema marks it, by `secret: true` or, as JSON Schema has it, `writeOnly: true`, and no
 * other one of a union takes any text there that is none.
 */
export function isSecret(schemas: readonly OptionSchema[]): boolean {
  return schemas.some(isMarkedSecret) && schemas.every((schema) => isMarkedSecret(schema) || !takesAnyText(schema))
}

/** Whether a schema alone marks a secret, whatever other ones of a union say. */
export function isMarkedSecret({ secret, writeOnly }: OptionSchema): boolean {
  return secret === true || writeOnly === true
}

function markedAs(outer: OptionSchema, inner: unknown): unknown {
  return isSchema(inner) && isMarkedSecret(outer) ? { ...inner, secret: true } : inner
}

function takesAnyText(schema: OptionSchema): boolean {
  const { type } = schema
  const isCombined = [...COMBINING, '$ref', 'const', 'enum'].some((keyword) => keyword in schema)
  const types: readonly unknown[] = Array.isArray(type) ? (type as readonly unknown[]) : [type]
  return !isCombined && (type === undefined || types.includes('string'))
}

function tupleItem(items: unknown, index: number): unknown {
  return Array.isArray(items) ? (items as readonly unknown[])[index] : undefined
}

/** The schemas for the names that match a pattern; one that is no expression matches none. */
function byPattern(patterns: unknown, name: string): readonly unknown[] {
  if (!isSchema(patterns)) return []
  return Object.entries(patterns).flatMap(([pattern, schema]) => (isMatch(pattern, name) ? [schema] : []))
}

function isMatch(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name)
  } catch {
    return false
  }
}

function isSchema(value: unknown): value is OptionSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
