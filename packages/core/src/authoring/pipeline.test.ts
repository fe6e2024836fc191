import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { text } from '../materializer/text-and-bytes.ts'
import { pipelineDefinition, stepDefinition, type PipelineDefinition } from './definition.ts'
import { external } from './external.ts'
import { pipeline } from './pipeline.ts'
import type { Run } from './run-types.ts'
import { setRunner, type Runner } from './runner.ts'
import { slot } from './slot.ts'
import { step } from './step.ts'

const say = step({ name: 'say', params: z.object({ word: z.string().default('hi') }), output: text }).implement(
  ({ word }) => word,
)
const search = pipeline({ name: 'search', params: z.object({ word: z.string() }), build: ({ word }) => say({ word }) })

/** Remembers what it is told and runs nothing. */
class RecordingRunner implements Runner {
  readonly runs: unknown[][] = []
  readonly seen: string[] = []

  async run(...call: Parameters<Runner['run']>): Promise<Run> {
    this.runs.push(call)
    return { name: 'run' } as Run
  }

  defined(definition: PipelineDefinition): void {
    this.seen.push(definition.name)
  }
}

afterEach(() => {
  setRunner(undefined)
})

describe('pipeline()', () => {
  it('gives a function with the declared name and a definition', () => {
    expect(search.declaration).toEqual({ name: 'search' })
    expect(pipelineDefinition(search)).toMatchObject({ name: 'search', filled: {}, options: {} })
    expect(pipelineDefinition(say)).toBeUndefined()
    expect(stepDefinition(search)).toBeUndefined()
  })

  it('tells the runner of every definition and copy', () => {
    const runner = new RecordingRunner()
    setRunner(runner)
    pipeline({ name: 'one', build: () => {} }).with({ cache: false })
    expect(runner.seen).toEqual(['one', 'one'])
  })
})

describe('pipeline.run()', () => {
  it('rejects where no engine is loaded', async () => {
    await expect(search.run({ word: 'a' })).rejects.toMatchObject({ code: 'CAIRN_RUNTIME_MISSING' })
  })

  it('hands definition, arguments and options to the runner', async () => {
    const runner = new RecordingRunner()
    expect(setRunner(runner)).toBeUndefined()
    await search.run({ word: 'a' }, { name: 'nightly' })
    await pipeline({ name: 'empty', build: () => {} }).run()
    expect(runner.runs).toEqual([
      [pipelineDefinition(search), { word: 'a' }, { name: 'nightly' }],
      [expect.objectContaining({ name: 'empty' }), {}, {}],
    ])
    expect(setRunner(undefined)).toBe(runner)
  })
})

describe('a bare call', () => {
  it.each([
    ['step', 'say', () => say()],
    ['pipeline', 'search', () => search({ word: 'a' })],
  ])('of a %s outside of build is refused and says so', (kind, name, call) => {
    expect(call).toThrow(expect.objectContaining({ code: 'CAIRN_OUTSIDE_BUILD', details: { kind, name } }))
    expect(call).toThrow(`The ${kind} "${name}" was called outside the build function of a pipeline.`)
  })
})

describe('pipeline.with()', () => {
  const slotted = pipeline({
    name: 'slotted',
    slots: { sayer: slot({ output: text }), Other: slot({ output: text }) },
    build: (_args, { sayer, Other }) => [sayer(), Other()],
  })

  it('gives a changed copy and leaves the original as it was', () => {
    const changed = slotted.with({ steps: { sayer: say }, cache: false, tags: ['a'] }).with({ cache: true })
    const definition = pipelineDefinition(changed)
    expect(Object.keys(definition?.filled ?? {})).toEqual(['sayer'])
    expect(definition?.options).toEqual({ cache: true, tags: ['a'] })
    expect(pipelineDefinition(slotted)).toMatchObject({ filled: {}, options: {} })
  })

  it('lets the last step win that fills a slot', () => {
    const other = step({ name: 'other', output: text }).implement(() => 'o')
    const definition = pipelineDefinition(slotted.with({ steps: { sayer: say } }).with({ steps: { sayer: other } }))
    expect(definition?.filled['sayer']?.name).toBe('other')
  })

  it.each(['name', 'build', 'slots', 'params'])('does not change what is declared: %s', (name) => {
    expect(() => slotted.with({ [name]: 'x' } as never)).toThrow(
      expect.objectContaining({ code: 'CAIRN_RUN_OPTION_UNKNOWN' }),
    )
  })
})

describe('external()', () => {
  it('tells a file from a value', () => {
    const data = (handle: unknown): unknown => (handle as { source: { data: unknown } }).source.data
    expect(data(external(text, { file: 'a.txt' }))).toEqual({ type: text, file: 'a.txt' })
    expect(data(external(text, 'a'))).toEqual({ type: text, value: 'a' })
    const schema = z.object({ file: z.string(), size: z.number() })
    expect(data(external(schema, { file: 'a.txt', size: 1 }))).toMatchObject({ value: { file: 'a.txt', size: 1 } })
    expect(data(external(z.array(z.string()), ['file']))).toMatchObject({ value: ['file'] })
  })
})
