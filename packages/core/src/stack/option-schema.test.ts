import type { StandardSchemaV1 } from '@standard-schema/spec'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { optionSchema, type OptionSchema } from './option-schema.ts'
import { findInOptions } from './option-secrets.ts'

const SECRET = { type: 'string', secret: true }
const secretsOf = (options: object, schema: OptionSchema | undefined): readonly string[] =>
  findInOptions(options, schema).secrets.map((path) => path.join('/'))

/** A schema library made of classes, whose methods need their object. */
class Library {
  readonly #properties = { token: SECRET }

  input(): OptionSchema {
    return { type: 'object', properties: this.#properties }
  }
}

describe('the schema of options', () => {
  it('is asked for as a method of the library', () => {
    const schema = { '~standard': { version: 1, vendor: 'acme', jsonSchema: new Library() } } as object
    expect(secretsOf({ token: 'x' }, optionSchema(schema as StandardSchemaV1))).toEqual(['token'])
  })

  it.each([
    ['a slash and a tilde', '#/definitions/a~1b~0c', { 'a/b~c': SECRET }],
    ['a percent sign', '#/definitions/50%', { '50%': SECRET }],
    ['what a URL encodes', '#/definitions/a%20b', { 'a b': SECRET }],
    ['a number of a list', '#/definitions/all/anyOf/1', { all: { anyOf: [{ type: 'null' }, SECRET] } }],
  ])('may refer to a name with %s', (_what, reference, definitions) => {
    const schema = { type: 'object', properties: { token: { $ref: reference } }, definitions }
    expect(secretsOf({ token: 'x' }, schema)).toEqual(['token'])
  })

  it.each(['#/__proto__/toString', '#/constructor', '#/definitions/none', 'https://example.org/schema.json'])(
    'says nothing by the reference %s, behind which nothing is',
    (reference) => {
      const schema = { type: 'object', properties: { token: { $ref: reference } }, definitions: {} }
      expect(findInOptions({ token: 'x' }, schema)).toEqual({ references: [], secrets: [], problems: [] })
    },
  )

  it('tells secrets by the patterns of their names', () => {
    const schema = optionSchema(z.looseRecord(z.string().regex(/^key_/), z.string().meta({ secret: true })))
    expect(secretsOf({ key_a: 'x', other: 'y' }, schema)).toEqual(['key_a'])
  })

  it('leaves out a pattern that is no expression', () => {
    const schema = { type: 'object', patternProperties: { '(': SECRET }, additionalProperties: SECRET }
    expect(secretsOf({ token: 'x' }, schema)).toEqual(['token'])
  })
})
