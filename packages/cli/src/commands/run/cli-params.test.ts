import { isCairnError, pipeline, pipelineDefinition, step, text, type PipelineDefinition } from '@cairnml/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { cliParams as argsOf } from './cli-params.ts'
import { parseParam } from './given-param.ts'

const show = step({ name: 'show', inputs: { note: text }, output: text }).implement(({ note }) => note)

function defined(params: z.ZodObject | undefined): PipelineDefinition {
  const made = pipeline({ name: 'greeting', ...(params === undefined ? {} : { params }), build: () => ({}) })
  const definition = pipelineDefinition(made)
  if (definition === undefined) throw new Error('This is no pipeline.')
  return definition
}

const cliParams = (
  of: PipelineDefinition,
  args: Readonly<Record<string, unknown>>,
  given: readonly string[],
): typeof args =>
  argsOf(
    of,
    args,
    given.map((one) => parseParam(one)),
  )

const GREETING = defined(
  z.object({
    name: z.string().default('you'),
    times: z.number().min(1).default(1),
    loud: z.boolean().optional(),
    sizes: z.array(z.number()).optional(),
    either: z.union([z.number(), z.string()]).optional(),
    nothing: z.null().optional(),
    style: z.object({ mark: z.string().optional(), depth: z.number().optional() }).optional(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
)

const coded = (code: string, message: RegExp): unknown =>
  expect.objectContaining({ code, exitCode: 2, message: expect.stringMatching(message) as string })

describe('cliParams', () => {
  it('gives the parameters of the file as they are where none is given', () => {
    const args = { name: 7 }
    expect(cliParams(GREETING, args, [])).toBe(args)
  })

  it.each([
    ['a number', ['times=3'], { times: 3 }],
    ['a boolean', ['loud=true'], { loud: true }],
    ['null', ['nothing=null'], { nothing: null }],
    ['a list', ['sizes=[1, 2]'], { sizes: [1, 2] }],
    ['an object', ['style={"mark":"!"}'], { style: { mark: '!' } }],
    ['a quoted string', ['name="12"'], { name: '12' }],
    ['JSON where both readings fit', ['either=12'], { either: 12 }],
  ])('reads %s as JSON', (_, given, expected) => {
    expect(cliParams(GREETING, {}, given)).toEqual(expected)
  })

  it.each([
    ['what is no JSON', ['name=Ada'], { name: 'Ada' }],
    ['what looks like a number', ['name=12'], { name: '12' }],
    ['a number with zeros, digit by digit', ['name=1.50'], { name: '1.50' }],
    ['a number beyond 2^53, digit by digit', ['name=12345678901234567890'], { name: '12345678901234567890' }],
    ['what looks like a boolean', ['name=true'], { name: 'true' }],
    ['what looks like null', ['name=null'], { name: 'null' }],
    ['what looks like a list', ['name=[1]'], { name: '[1]' }],
    ['nothing at all', ['name='], { name: '' }],
    ['a value with =', ['name=a=b=c'], { name: 'a=b=c' }],
    ['a value with a dash', ['name=--x'], { name: '--x' }],
    ['line breaks and blanks', ['name= a\n b '], { name: ' a\n b ' }],
    ['a value inside of an object', ['style.mark=7'], { style: { mark: '7' } }],
    ['a value under any key', ['labels.team=7', 'labels.site=x'], { labels: { team: '7', site: 'x' } }],
  ])('reads %s as text where the schema wants a string', (_, given, expected) => {
    expect(cliParams(GREETING, {}, given)).toEqual(expected)
  })

  it('keeps every digit of a whole number that JSON would round', () => {
    const seed = defined(z.object({ seed: z.coerce.bigint() }))
    expect(cliParams(seed, {}, ['seed=12345678901234567890'])).toEqual({ seed: '12345678901234567890' })
    expect(cliParams(seed, {}, ['seed=9007199254740991'])).toEqual({ seed: 9007199254740991 })
  })

  it('reads every parameter for itself', () => {
    expect(cliParams(GREETING, {}, ['name=12', 'times=12', 'style.mark=1', 'style.depth=1'])).toEqual({
      name: '12',
      times: 12,
      style: { mark: '1', depth: 1 },
    })
  })

  it('lets the last of repeated ones win', () => {
    expect(cliParams(GREETING, {}, ['times=2', 'name=a', 'times=3'])).toEqual({ times: 3, name: 'a' })
    expect(cliParams(GREETING, {}, ['style={"mark":"a","depth":1}', 'style.mark=b'])).toEqual({
      style: { mark: 'b', depth: 1 },
    })
    expect(cliParams(GREETING, {}, ['style.mark=b', 'style={"depth":2}'])).toEqual({ style: { depth: 2 } })
  })

  it('wins over the file name by name and leaves what the file gave as it is', () => {
    const args = { name: 'file', style: { mark: '?', depth: 1 } }
    expect(cliParams(GREETING, args, ['style.depth=2', 'times=2'])).toEqual({
      name: 'file',
      times: 2,
      style: { mark: '?', depth: 2 },
    })
    expect(args).toEqual({ name: 'file', style: { mark: '?', depth: 1 } })
  })

  it.each([[[1, 2]], ['text'], [7], [null], [undefined]])('makes an object in the place of %j', (style) => {
    expect(cliParams(GREETING, { style }, ['style.mark=!'])).toEqual({ style: { mark: '!' } })
  })

  it('takes inputs of the pipeline, too, and checks them no further', () => {
    const definition = pipelineDefinition(
      pipeline({
        name: 'noted',
        params: z.object({ name: z.string() }),
        inputs: { note: text },
        build: ({ note }) => show({ note }),
      }),
    )
    if (definition === undefined) throw new Error('This is no pipeline.')
    expect(cliParams(definition, {}, ['note=hello', 'name=1'])).toEqual({ note: 'hello', name: '1' })
  })

  it.each([
    [''],
    ['name'],
    ['=x'],
    ['=='],
    ['.=1'],
    ['a.=1'],
    ['.a=1'],
    ['a..b=1'],
    ['__proto__=1'],
    ['a.__proto__.b=1'],
  ])('refuses %j as no NAME=VALUE', (given) => {
    expect(() => cliParams(GREETING, {}, ['name=a', given])).toThrow(coded('CAIRN_PARAMETER_SYNTAX', /NAME=VALUE/))
  })
})

describe('parameters that fit neither way', () => {
  /** What the engine says of the parameters that come out. */
  const refusal = (given: readonly string[], args: object = {}): unknown => {
    const params = cliParams(GREETING, { ...args }, given)
    return GREETING.params?.['~standard'].validate(params)
  }
  const paths = (result: unknown): unknown =>
    (result as { readonly issues?: readonly { readonly path: readonly string[] }[] }).issues?.map(({ path }) =>
      path.join('.'),
    )

  it('are given as JSON, which tells better what is wrong', () => {
    expect(cliParams(GREETING, {}, ['times=0'])).toEqual({ times: 0 })
    expect(refusal(['times=0'])).toMatchObject({ issues: [{ path: ['times'], code: 'too_small' }] })
    expect(cliParams(GREETING, {}, ['sizes=[1,"a"]'])).toEqual({ sizes: [1, 'a'] })
  })

  it('do not put others in the wrong whose text fits', () => {
    expect(cliParams(GREETING, {}, ['name=12', 'times=0'])).toEqual({ name: '12', times: 0 })
    expect(paths(refusal(['name=12', 'times=0', 'style.mark=1', 'style.depth=x']))).toEqual(['times', 'style.depth'])
  })

  it('are left to the engine where the file gave them', () => {
    expect(cliParams(GREETING, { times: 0 }, ['name=12'])).toEqual({ times: 0, name: '12' })
  })

  it('are named with the nearest name where there is no such parameter', () => {
    const unknown = coded('CAIRN_PARAMETER_UNKNOWN', /"nmae"\. Did you mean "name"\? It has: name, times, /)
    expect(() => cliParams(GREETING, {}, ['nmae=x'])).toThrow(unknown)
    expect(() => cliParams(defined(undefined), {}, ['a=1'])).toThrow(
      coded('CAIRN_PARAMETER_UNKNOWN', /"a"\. It has none\.$/),
    )
  })
})

describe('parameters of a hostile command line', () => {
  it.each([
    ['constructor.prototype.polluted=1'],
    ['toString=1'],
    ['labels.constructor.prototype.polluted=1'],
    ['labels={"__proto__":{"polluted":"yes"}}'],
    ['style={"__proto__":{"polluted":1}}'],
  ])('%s changes no prototype', (given) => {
    try {
      cliParams(GREETING, {}, [given, 'style.mark=a', 'labels.b=c'])
    } catch (error) {
      expect(isCairnError(error)).toBe(true)
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('throw coded errors or nothing, and never touch Object.prototype', () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const part = fc.oneof(
      fc.constantFrom(
        'name',
        'times',
        'style',
        'mark',
        'labels',
        'sizes',
        'constructor',
        'prototype',
        '__proto__',
        '0',
      ),
      fc.string({ maxLength: 4 }),
    )
    const value = fc.oneof(fc.json(), fc.string(), fc.constantFrom('', '1e999', '-0', '{"__proto__":{"x":1}}'))
    const given = fc.oneof(
      fc
        .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), value)
        .map(([path, text_]) => `${path.join('.')}=${text_}`),
      fc.string(),
    )
    const pipelines = [GREETING, defined(undefined), defined(z.looseObject({ name: z.string().optional() }))]
    fc.assert(
      fc.property(fc.array(given, { maxLength: 4 }), fc.constantFrom(...pipelines), (params, definition) => {
        try {
          const result = cliParams(definition, {}, params)
          expect([Object.prototype, null]).toContain(Object.getPrototypeOf(result))
        } catch (error) {
          if (!isCairnError(error)) throw error
        }
        expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
      }),
      { numRuns: 1500 },
    )
  })

  it('come out as they were meant where the schema takes any string', () => {
    const definition = defined(z.object({ name: z.string() }))
    fc.assert(
      fc.property(fc.string(), (name) => {
        const isQuoted = typeof readJson(name) === 'string'
        expect(cliParams(definition, {}, [`name=${name}`])).toEqual({ name: isQuoted ? readJson(name) : name })
      }),
    )
  })
})

function readJson(from: string): unknown {
  try {
    return JSON.parse(from) as unknown
  } catch {
    return undefined
  }
}
