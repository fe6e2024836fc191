import type { StandardSchemaV1 } from '@standard-schema/spec'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { schemaNames, validateParams } from './params.ts'

const coded = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object })

/** A schema of some other library: no Zod inside, names not told. */
function foreign(validate: (value: unknown) => unknown): StandardSchemaV1 {
  return {
    '~standard': { version: 1, vendor: 'test', validate: validate as StandardSchemaV1['~standard']['validate'] },
  }
}

describe('validateParams', () => {
  it('gives what the schema gives: defaults, coercions, transformations', () => {
    const schema = z.object({ gamma: z.number().default(0.1), seed: z.coerce.bigint() })
    expect(validateParams(schema, { seed: '7' }, 'Step "train"')).toEqual({ gamma: 0.1, seed: 7n })
  })

  it('names owner, path, reason and value of everything that is wrong', () => {
    const schema = z.object({ model: z.object({ layers: z.array(z.number()) }), name: z.string() })
    const given = { model: { layers: [1, 'two'] }, name: Number.NaN }
    const refused = (): unknown => validateParams(schema, given, 'Step "train"')
    expect(refused).toThrow(coded('CAIRN_PARAMETER_INVALID'))
    expect(refused).toThrow(
      /^Step "train" was given parameters .*"model\.layers\.1" .*\(was "two"\); "name" .*\(was NaN\)\.$/,
    )
  })

  it('says "missing" for a value that is not there', () => {
    expect(() => validateParams(z.object({ gamma: z.number() }), {}, 'Step "train"')).toThrow('(was missing)')
  })

  it.each([
    ['a plain object', z.object({ gamma: z.number().default(1) })],
    ['an object with a refinement', z.object({ gamma: z.number().default(1) }).refine(() => true)],
    ['a transformed object', z.object({ gamma: z.number().default(1) }).transform(({ gamma }) => ({ g: gamma }))],
    ['a strict object', z.strictObject({ gamma: z.number().default(1) })],
    ['a schema that tells no names', foreign(() => ({ value: { gamma: 1 } }))],
    ['a union', z.union([z.object({ gamma: z.number() }), z.object({ kind: z.string().default('a') })])],
  ])('refuses an unknown name with the nearest known one, for %s', (_name, schema) => {
    expect(() => validateParams(schema, { gama: 1 }, 'Step "train"')).toThrow(
      coded('CAIRN_PARAMETER_UNKNOWN', { name: 'gama' }),
    )
  })

  it('refuses every name where there is no schema', () => {
    expect(() => validateParams(undefined, { gamma: 1 }, 'Step "train"')).toThrow(coded('CAIRN_PARAMETER_UNKNOWN'))
    expect(validateParams(undefined, { gamma: undefined }, 'Step "train"')).toEqual({})
  })

  it('lets names through that the schema accepts without declaring them', () => {
    expect(validateParams(z.looseObject({}), { any: 1 }, 'p')).toEqual({ any: 1 })
    expect(validateParams(z.record(z.string(), z.number()), { a: 1, b: 2 }, 'p')).toEqual({ a: 1, b: 2 })
    expect(validateParams(z.object({}).catchall(z.number()), { a: 1 }, 'p')).toEqual({ a: 1 })
  })

  it('lets a schema rename what it was given', () => {
    const renaming = z.object({ learningRate: z.number() }).transform(({ learningRate }) => ({ lr: learningRate }))
    expect(validateParams(renaming, { learningRate: 0.1 }, 'p')).toEqual({ lr: 0.1 })
    const preprocessed = z.preprocess(
      (given) => ({ lr: (given as { rate: number }).rate }),
      z.object({ lr: z.number() }),
    )
    expect(validateParams(preprocessed, { rate: 0.1 }, 'p')).toEqual({ lr: 0.1 })
  })

  it('refuses a schema that answers with a promise and does not leave its failure unhandled', () => {
    const schema = foreign(() => Promise.reject(new Error('later')))
    expect(() => validateParams(schema, {}, 'Step "train"')).toThrow(coded('CAIRN_SCHEMA_ASYNC'))
  })

  it('refuses what is not plain data, with its path', () => {
    const schema = z.object({ model: z.any() })
    expect(() => validateParams(schema, { model: { fit: () => 1 } }, 'Step "train"')).toThrow(
      coded('CAIRN_VALUE_NOT_PLAIN', { path: 'model.fit', found: 'a function' }),
    )
  })

  it.each([[[]], ['text'], [null], [3]])('refuses a schema that gives %j instead of an object', (value) => {
    const schema = foreign(() => ({ value }))
    expect(() => validateParams(schema, {}, 'Step "train"')).toThrow(coded('CAIRN_DECLARATION_INVALID'))
  })
})

describe('schemaNames', () => {
  it('tells the names of object schemas only', () => {
    expect(schemaNames(z.object({ a: z.string(), b: z.string() }))).toEqual(['a', 'b'])
    expect(schemaNames(z.object({ a: z.string() }).transform((value) => value))).toEqual(['a'])
    expect(schemaNames(z.looseObject({ a: z.string() }))).toBeUndefined()
    expect(schemaNames(z.record(z.string(), z.number()))).toBeUndefined()
    expect(schemaNames(foreign((value) => ({ value })))).toBeUndefined()
  })
})
