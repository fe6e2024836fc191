import { pipeline, pipelineDefinition, slot, step, text, type PipelineDefinition } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { choosePipeline, exportsPipeline } from './choose-pipeline.ts'

const hello = step({ name: 'hello', output: text }).implement(() => 'hello')
const goodbye = step({ name: 'goodbye', output: text }).implement(() => 'goodbye')
const make = (name: string): object => pipeline({ name, build: () => hello() })

function definitionOf(of: unknown): PipelineDefinition {
  const definition = pipelineDefinition(of)
  if (definition === undefined) throw new Error('This is no pipeline.')
  return definition
}

/** What is chosen from a file that defines the given pipelines, in this order, and exports some of them. */
function choose(
  defined: readonly unknown[],
  exports: Readonly<Record<string, unknown>>,
  name?: string,
): PipelineDefinition {
  return choosePipeline({ file: 'a.ts', name, exports, definitions: defined.map(definitionOf) })
}

const coded = (code: string, message: RegExp): unknown =>
  expect.objectContaining({ code, exitCode: 2, message: expect.stringMatching(message) as string })

describe('choosePipeline', () => {
  const one = make('one')
  const two = make('two')

  it.each([['train'], ['default']])('takes the only pipeline that is exported, here as %s', (as) => {
    const exports = { [as]: one, hello, number: 1, nothing: undefined, none: null, plain: () => 1 }
    expect(choose([one, two], exports)).toBe(definitionOf(one))
  })

  it('takes the only one that is defined where none is exported', () => {
    expect(choose([one], { hello })).toBe(definitionOf(one))
  })

  it('counts one pipeline under two exports once', () => {
    expect(choose([one], { one, default: one })).toBe(definitionOf(one))
  })

  it('takes the one of the given name, not of the given export', () => {
    expect(choose([one, two], { a: one, b: two }, 'two')).toBe(definitionOf(two))
    expect(choose([one], { one }, 'one')).toBe(definitionOf(one))
    expect(() => choose([one, two], { a: one, b: two }, 'a')).toThrow(coded('CAIRN_PIPELINE_UNKNOWN', /"a"/))
  })

  it('finds one by its name that is not exported', () => {
    expect(choose([one, two], { one }, 'two')).toBe(definitionOf(two))
    expect(choose([one, two], {}, 'two')).toBe(definitionOf(two))
  })

  it('asks for a name where several are exported or defined', () => {
    const ambiguous = coded('CAIRN_PIPELINE_AMBIGUOUS', /a\.ts has several pipelines: one, two\./)
    expect(() => choose([one, two], { one, two })).toThrow(ambiguous)
    expect(() => choose([one, two], {})).toThrow(ambiguous)
  })

  it('says which there are where the given name is not among them', () => {
    const unknown = coded('CAIRN_PIPELINE_UNKNOWN', /no pipeline "tow"\. It has: one, two\./)
    expect(() => choose([one, two], { one, two }, 'tow')).toThrow(unknown)
    expect(() => choose([one, two], {}, 'tow')).toThrow(unknown)
    expect(() => choose([one], { one }, '__proto__')).toThrow(coded('CAIRN_PIPELINE_UNKNOWN', /"__proto__"/))
  })

  it.each([[undefined], ['one']])('says so where there is none, asked for %j', (name) => {
    expect(() => choose([], { hello, make }, name)).toThrow(coded('CAIRN_PIPELINE_MISSING', /a\.ts/))
  })
})

describe('choosePipeline among copies made by .with', () => {
  const original = pipeline({
    name: 'speech',
    slots: { say: slot({ output: text }) },
    build: (_, { say }) => say(),
  })
  const copy = original.with({ steps: { say: hello } })
  const later = original.with({ steps: { say: goodbye } })

  it('takes the exported one', () => {
    expect(choose([original, copy, later], { copy })).toBe(definitionOf(copy))
  })

  it('takes the last one where none is exported', () => {
    expect(choose([original, copy, later], {})).toBe(definitionOf(later))
    expect(choose([original, copy, later], {}, 'speech')).toBe(definitionOf(later))
  })

  it('takes the one made last, whatever the order of the names under which they are exported', () => {
    expect(choose([original, copy], { a: original, b: copy })).toBe(definitionOf(copy))
    expect(choose([original, copy], { a: copy, b: original })).toBe(definitionOf(copy))
  })

  it('prefers what is exported to what was made last', () => {
    expect(choose([original, copy, later], { copy }, 'speech')).toBe(definitionOf(copy))
  })
})

describe('exportsPipeline', () => {
  it('is true only where a value of the module is a pipeline', () => {
    expect(exportsPipeline({ hello, one: make('one') })).toBe(true)
    expect(exportsPipeline({ hello, number: 1, none: null, text: 'pipeline', nested: { one: make('one') } })).toBe(
      false,
    )
    expect(exportsPipeline({})).toBe(false)
  })
})
