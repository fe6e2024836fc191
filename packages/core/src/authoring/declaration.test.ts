import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { json } from '../materializer/json.ts'
import { materializer } from '../materializer/materializer.ts'
import { file } from '../materializer/files.ts'
import { list, optional } from '../materializer/port.ts'
import { text } from '../materializer/text-and-bytes.ts'
import { external } from './external.ts'
import { pipeline } from './pipeline.ts'
import { slot } from './slot.ts'
import { step } from './step.ts'

// Plain JavaScript passes whatever it likes; these are the functions as it sees them.
const anyStep = step as (declaration?: unknown) => { implement(run?: unknown): unknown }
const anyPipeline = pipeline as (declaration?: unknown) => unknown
const anySlot = slot as (shape?: unknown) => unknown
const anyExternal = external as (type?: unknown, value?: unknown) => unknown
const anyMaterializer = materializer as (declaration: unknown) => unknown

const coded = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object })
const build = (): void => {}

describe('a declaration of a step', () => {
  it.each([undefined, null, 'train', 7])('is refused when it is %j', (declaration) => {
    expect(() => anyStep(declaration)).toThrow(coded('CAIRN_DECLARATION_INVALID', { where: 'step()' }))
  })

  it.each([undefined, '', 'con', 'my step', 7])('is refused with the name %j', (name) => {
    expect(() => anyStep({ name })).toThrow(coded('CAIRN_NAME_INVALID', { kind: 'step' }))
  })

  it.each([undefined, 'f', {}])('is refused with the implementation %j', (run) => {
    expect(() => anyStep({ name: 'a' }).implement(run)).toThrow(
      coded('CAIRN_DECLARATION_INVALID', { where: 'Step "a"', problem: 'implement() was not given a function' }),
    )
  })

  it.each([[{ gamma: 1 }], ['z.object'], [null], [{ '~standard': {} }]])('is refused with the params %j', (params) => {
    expect(() => anyStep({ name: 'a', params })).toThrow(
      coded('CAIRN_DECLARATION_INVALID', { problem: 'its params are not a schema' }),
    )
  })

  it('is refused with a name in both params and inputs', () => {
    const both = { name: 'a', params: z.object({ x: z.number() }), inputs: { x: text } }
    expect(() => anyStep(both)).toThrow(coded('CAIRN_PORT_TWICE', { where: 'Step "a"', name: 'x' }))
    expect(() => anyStep({ ...both, params: z.object({ x: z.number() }).transform((v) => v) })).toThrow(
      coded('CAIRN_PORT_TWICE', { name: 'x' }),
    )
  })

  it.each(['inputs', 'outputs'])('is refused with two %s of one name ignoring case', (kind) => {
    expect(() => anyStep({ name: 'a', [kind]: { Model: text, model: text } })).toThrow(
      coded('CAIRN_PORT_TWICE', { name: 'model', other: 'Model' }),
    )
  })

  it('is refused with both output and outputs', () => {
    expect(() => anyStep({ name: 'a', output: text, outputs: { b: text } })).toThrow(coded('CAIRN_DECLARATION_INVALID'))
  })

  it.each(['my model', '__proto__', '', 'aux', 'a/b'])('is refused with an output named %j', (name) => {
    const outputs = Object.defineProperty({}, name, { value: text, enumerable: true })
    expect(() => anyStep({ name: 'a', outputs })).toThrow(coded('CAIRN_NAME_INVALID', { kind: 'output', name }))
  })

  it.each([
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a constructor', Float64Array, 'something else'],
    ['a string', 'matrix', 'a string'],
    ['an object of something else', { kind: 'materialiser' }, 'something else'],
    ['a list of nothing', list(undefined as never), 'undefined'],
    ['an optional of a string', optional('text' as never), 'a string'],
  ])('is refused with %s for a type', (_name, type, found) => {
    expect(() => anyStep({ name: 'a', inputs: { x: type } })).toThrow(
      `The input "x" of Step "a": its type is ${found}, not a materializer or a schema.`,
    )
  })

  it.each([[[text]], ['text'], [7]])('is refused when its inputs are %j', (inputs) => {
    expect(() => anyStep({ name: 'a', inputs })).toThrow(
      coded('CAIRN_DECLARATION_INVALID', { problem: 'its inputs are not an object' }),
    )
  })

  it('is refused with an unknown property, naming the nearest', () => {
    expect(() => anyStep({ name: 'a', ouput: text })).toThrow(
      coded('CAIRN_RUN_OPTION_UNKNOWN', { name: 'ouput', nearest: 'output' }),
    )
  })

  it('accepts schemas that are functions, as some libraries make them', () => {
    const schema = Object.assign(() => true, {
      '~standard': { version: 1, vendor: 'x', validate: (value: unknown) => ({ value }) },
    })
    expect(() => anyStep({ name: 'a', params: schema, output: schema }).implement(() => 1)).not.toThrow()
  })
})

describe('a change of a step', () => {
  const train = step({ name: 'train', params: z.object({ gamma: z.number() }) }).implement(build)

  it('is refused with an unknown parameter, naming the nearest', () => {
    expect(() => train.with({ params: { gama: 1 } as never })).toThrow(
      coded('CAIRN_PARAMETER_UNKNOWN', { name: 'gama', nearest: 'gamma' }),
    )
  })

  it.each([{ name: 'other' }, { steps: {} }, { inputs: {} }])('is refused with %j', (change) => {
    expect(() => train.with(change as never)).toThrow(coded('CAIRN_RUN_OPTION_UNKNOWN'))
  })
})

describe('a declaration of a pipeline', () => {
  it.each([undefined, null, 'train'])('is refused when it is %j', (declaration) => {
    expect(() => anyPipeline(declaration)).toThrow(coded('CAIRN_DECLARATION_INVALID', { where: 'pipeline()' }))
  })

  it('is refused without a build function, with a bad name, with an unknown property', () => {
    expect(() => anyPipeline({ name: 'p' })).toThrow(
      coded('CAIRN_DECLARATION_INVALID', { problem: 'it has no build function' }),
    )
    expect(() => anyPipeline({ name: 'lpt1', build })).toThrow(coded('CAIRN_NAME_INVALID', { kind: 'pipeline' }))
    expect(() => anyPipeline({ name: 'p', build, cach: false })).toThrow(
      coded('CAIRN_RUN_OPTION_UNKNOWN', { name: 'cach', nearest: 'cache' }),
    )
  })

  it('is refused with a name in both params and inputs', () => {
    const both = { name: 'p', params: z.object({ x: z.number() }), inputs: { x: text }, build }
    expect(() => anyPipeline(both)).toThrow(coded('CAIRN_PORT_TWICE', { where: 'Pipeline "p"', name: 'x' }))
  })

  it('is refused with slots that are none', () => {
    const trainer = step({ name: 'trainer' }).implement(build)
    for (const given of [trainer, undefined, 'trainer', { output: text }]) {
      expect(() => anyPipeline({ name: 'p', build, slots: { trainer: given } })).toThrow(
        coded('CAIRN_DECLARATION_INVALID', { problem: 'its slot "trainer" is not made by slot({ ... })' }),
      )
    }
    expect(() => anyPipeline({ name: 'p', build, slots: { 'a b': slot({}) } })).toThrow(
      coded('CAIRN_NAME_INVALID', { kind: 'slot' }),
    )
  })
})

describe('other declarations', () => {
  it('of slots are refused without a shape or with a wrong type', () => {
    expect(() => anySlot()).toThrow(coded('CAIRN_DECLARATION_INVALID', { where: 'slot()' }))
    expect(() => anySlot({ inputs: { x: 'text' } })).toThrow(coded('CAIRN_DECLARATION_INVALID'))
    expect(() => anySlot({ output: text, outputs: { a: text } })).toThrow(coded('CAIRN_DECLARATION_INVALID'))
  })

  it('of materializers are refused without functions, with a bad version or name', () => {
    const write = (): void => {}
    const read = (): number => 1
    expect(() => anyMaterializer({ name: 'm', version: 0, write, read })).toThrow(coded('CAIRN_DECLARATION_INVALID'))
    expect(() => anyMaterializer({ name: 'm', version: 1.5, write, read })).toThrow(coded('CAIRN_DECLARATION_INVALID'))
    expect(() => anyMaterializer({ name: 'm', version: 1, write })).toThrow(coded('CAIRN_DECLARATION_INVALID'))
    expect(() => anyMaterializer({ name: 'm m', version: 1, write, read })).toThrow(coded('CAIRN_NAME_INVALID'))
  })

  it('of files are refused with an extension that is none', () => {
    for (const extension of ['parquet', '.', '.a/b', '../x', '.a.b.c.d']) {
      expect(() => file(extension)).toThrow(coded('CAIRN_DECLARATION_INVALID', { where: 'file()' }))
    }
    expect(file('.tar.gz').name).toBe('file.tar.gz')
  })

  it('of data from outside are refused without a type or a value', () => {
    expect(() => anyExternal(undefined, 1)).toThrow(coded('CAIRN_DECLARATION_INVALID'))
    expect(() => anyExternal('text', 'a')).toThrow(coded('CAIRN_DECLARATION_INVALID'))
    expect(() => anyExternal(json())).toThrow(coded('CAIRN_DECLARATION_INVALID', { problem: 'it was given no value' }))
  })
})
