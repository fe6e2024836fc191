import type { StandardSchemaV1 } from '@standard-schema/spec'

/** The parts of a JSON Schema that say which options there are. */
export interface OptionSchema {
  readonly [keyword: string]: unknown
}

const MAX_STEPS = 50

/**
 * The JSON Schema of what a component's schema takes, or `undefined` where the schema library cannot tell. Zod, ArkType
 * and Valibot can (standardschema.dev/json-schema).
 */
export function optionSchema(schema: StandardSchemaV1): OptionSchema | undefined {
  const standard: object = schema['~standard']
  if (!('jsonSchema' in standard)) return undefined
  // Sound: this is the property that Standard JSON Schema defines.
  const { input } = standard.jsonSchema as { readonly input: (options: { readonly target: string }) => OptionSchema }
  try {
    return input({ target: 'draft-07' })
  } catch {
    // A type that JSON Schema cannot express: the schema itself still checks values.
    return undefined
  }
}

/** A schema and all that it refers to or combines, as far as these say something about the same value. */
export function flattened(schema: unknown, root: OptionSchema): readonly OptionSchema[] {
  const found: OptionSchema[] = []
  const waiting: unknown[] = [schema]
  for (let step = 0; step < MAX_STEPS && waiting.length > 0; step++) {
    const next = waiting.shift()
    if (!isSchema(next) || found.includes(next)) continue
    found.push(next)
    if (typeof next['$ref'] === 'string') waiting.push(referred(next['$ref'], root))
    for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
      const inner = next[keyword]
      if (Array.isArray(inner)) waiting.push(...(inner as readonly unknown[]))
    }
  }
  return found
}

/** What schemas say of a property or an item of the value that they are about. */
export function inside(schemas: readonly OptionSchema[], key: string | number): readonly unknown[] {
  return schemas.flatMap(({ properties, additionalProperties, items, prefixItems }) => {
    if (typeof key === 'number') return [tupleItem(prefixItems ?? items, key) ?? items]
    return isSchema(properties) && Object.hasOwn(properties, key) ? [properties[key]] : [additionalProperties]
  })
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

/** Whether a schema marks its value as secret: `secret: true`, or `writeOnly: true` as JSON Schema has it. */
export function isSecret(schemas: readonly OptionSchema[]): boolean {
  return schemas.some(({ secret, writeOnly }) => secret === true || writeOnly === true)
}

function tupleItem(items: unknown, index: number): unknown {
  return Array.isArray(items) ? (items as readonly unknown[])[index] : undefined
}

function referred(reference: string, root: OptionSchema): unknown {
  if (!reference.startsWith('#')) return undefined
  const parts = reference.slice(1).split('/').slice(1)
  return parts.reduce<unknown>(
    (schema, part) => (isSchema(schema) ? schema[decodeURIComponent(part)] : undefined),
    root,
  )
}

function isSchema(value: unknown): value is OptionSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
