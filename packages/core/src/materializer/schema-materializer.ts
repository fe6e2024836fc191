import type { StandardSchemaV1 } from '@standard-schema/spec'

import { cairnError } from '../errors/cairn-error.ts'
import { jsonText } from './json.ts'
import { jsonFacts, jsonPreview } from './json-facts.ts'
import type { Materializer } from './materializer.ts'
import type { ArtifactType } from './port.ts'
import { isSchema } from './port.ts'
import { checkSchema, issueText } from './schema-check.ts'

const cached = new WeakMap<object, Materializer<unknown>>()

/** The materializer that stores values of a type: itself, or JSON checked by the schema. */
export function materializerOf(type: ArtifactType): Materializer<unknown> {
  // Sound: AnyMaterializer is Materializer without its type parameter, and values are checked where they are used.
  if (!isSchema(type)) return type as Materializer<unknown>
  const known = cached.get(type) ?? schemaMaterializer(type)
  cached.set(type, known)
  return known
}

function schemaMaterializer(schema: StandardSchemaV1<unknown, unknown>): Materializer<unknown> {
  return {
    kind: 'materializer',
    name: 'json',
    version: 1,
    write: (value, files) => {
      const before = jsonText(value, 'It')
      if (jsonText(checked(schema, value), 'It') !== before) {
        throw cairnError('CAIRN_SCHEMA_TRANSFORMS', { where: 'this value' })
      }
      return files.write('value.json', before)
    },
    read: async (files) => checked(schema, JSON.parse(await files.text()) as unknown),
    metadata: jsonFacts,
    preview: jsonPreview,
  }
}

function checked(schema: StandardSchemaV1<unknown, unknown>, value: unknown): unknown {
  const result = checkSchema(schema, value, 'a value')
  if (result.issues === undefined) return result.value
  throw cairnError('CAIRN_VALUE_INVALID', { where: 'It', problem: result.issues.map(issueText).join('; ') })
}
