import { isRef, list, matrix, optional, pipeline, step, text } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { present, statuses, Trial, valueOf } from '../trial/trial.fixture.ts'

const one = step({ name: 'one', output: z.number() }).implement(() => 1)
const add = step({
  name: 'add',
  params: z.object({ n: z.number().default(1) }),
  inputs: { x: z.number() },
  output: z.number(),
}).implement(({ n, x }) => x + n)
const sum = step({ name: 'sum', inputs: { all: list(z.number()) }, output: z.number() }).implement(({ all }) =>
  all.reduce((a, b) => a + b, 0),
)
const many = step({ name: 'many', output: list(z.number()) }).implement(() => [3, 1, 2])

describe('steps joined', () => {
  it('by a list of handles come in the order of the list', async () => {
    const order = step({ name: 'order', inputs: { all: list(z.number()) }, output: list(z.number()) }).implement(
      ({ all }) => all,
    )
    const build = (): object => order({ all: [5, 3, 4].map((n) => add({ n, x: one() })) })
    const run = await new Trial({ concurrency: 3 }).run(pipeline({ name: 'p', build }))
    await expect(valueOf(run, 'order')).resolves.toEqual([6, 4, 5])
  })

  it('by one handle on a list, and by an empty list', async () => {
    const run = await new Trial().run(pipeline({ name: 'p', build: () => [sum({ all: many() }), sum({ all: [] })] }))
    await expect(valueOf(run, 'sum')).resolves.toBe(6)
    await expect(valueOf(run, 'sum_2')).resolves.toBe(0)
  })

  it('by nested pipelines have the ids of their place, and their results come back in the shape of build', async () => {
    const inner = pipeline({
      name: 'inner',
      params: z.object({ n: z.number() }),
      inputs: { x: z.number() },
      build: ({ n, x }) => ({ y: add({ n, x }), nothing: 7 }),
    })
    const build = (): object => {
      const x = one()
      return [inner({ n: 1, x }), inner({ n: 2, x }, { id: 'second' }), { deep: { x } }]
    }
    const run = await new Trial().run(pipeline({ name: 'outer', build }))
    expect(Object.keys(run.steps)).toEqual(['one', 'inner.add', 'second.add'])
    // Sound: the result has the shape of what build returns.
    const [a, b, c] = run.result as unknown as readonly [Loaded, Loaded, { deep: { x: { load(): Promise<unknown> } } }]
    await expect(Promise.all([a.y.load(), b.y.load(), c.deep.x.load()])).resolves.toEqual([2, 3, 1])
    expect(a.nothing).toBeUndefined()
  })
})

interface Loaded {
  readonly y: { load(): Promise<unknown> }
  readonly nothing: undefined
}

describe('outputs of a step', () => {
  const named = (returned: unknown): object =>
    pipeline({
      name: 'p',
      build: () =>
        // Sound: what a step really returns is what these tests are about.
        step({ name: 'named', outputs: { model: text, score: z.number(), note: optional(text) } }).implement(
          () => returned as never,
        )(),
    })

  it('with names are loaded by name, and have no only one', async () => {
    const run = await new Trial().run(named({ model: 'm', score: 1 }))
    const { outputs } = present(run.steps['named'])
    await expect(outputs['model']?.load()).resolves.toBe('m')
    await expect(outputs['score']?.load()).resolves.toBe(1)
    await expect(outputs['note']?.load()).resolves.toBeUndefined()
    expect(outputs['note']?.artifact).toBeUndefined()
    expect(() => run.steps['named']?.output).toThrow(/several outputs \(model, score, note\)/)
  })

  it.each([
    ['missing', { model: 'm' }, 'CAIRN_OUTPUT_MISSING', /did not return its output "score"/],
    ['all missing', undefined, 'CAIRN_OUTPUT_MISSING', /output "model"/],
    ['an array', ['m', 1], 'CAIRN_OUTPUT_MISSING', /output "model"/],
    ['undeclared', { model: 'm', score: 1, scroe: 2 }, 'CAIRN_OUTPUT_UNDECLARED', /"scroe".*Did you mean "score"\?/],
    ['of another type', { model: 'm', score: 'high' }, 'CAIRN_VALUE_INVALID', /The output "score" of step "named"/],
  ])('that are %s fail it by name', async (_how, returned, code, message) => {
    const run = await new Trial().run(named(returned), {}, { reject: false })
    expect(statuses(run)).toEqual({ named: 'failed' })
    expect(run.steps['named']?.error?.code).toBe(code)
    expect(run.steps['named']?.error?.message).toMatch(message)
  })

  it('that it does not declare at all fail it', async () => {
    const silent = step({ name: 'silent' }).implement((() => 5) as never)
    const run = await new Trial().run(pipeline({ name: 'p', build: () => silent() }), {}, { reject: false })
    expect(run.steps['silent']?.error).toMatchObject({ code: 'CAIRN_OUTPUT_UNEXPECTED' })
  })

  it('that nothing can store fail it with the remedy', async () => {
    const odd = step({ name: 'odd', output: matrix }).implement((() => new Map()) as never)
    const trial = new Trial()
    const run = await trial.run(pipeline({ name: 'p', build: () => odd() }), {}, { reject: false })
    expect(run.steps['odd']?.error).toMatchObject({
      code: 'CAIRN_VALUE_UNSTORABLE',
      message: expect.stringContaining('The output "output" of step "odd" cannot be stored as matrix@1'),
      hint: expect.stringContaining('materializer('),
    })
  })

  it('are recorded by reference', async () => {
    const trial = new Trial()
    const { id } = await trial.run(pipeline({ name: 'p', build: () => many() }))
    const output = (await trial.stepRecord(id, 'many')).outputs?.['output']
    expect(output !== undefined && isRef(output) && output).toMatchObject({
      kind: 'collection',
      count: 3,
      size: 3,
      type: 'json@1',
    })
  })
})

describe('the context of a step', () => {
  it('is closed when the function has ended', async () => {
    let late: (() => void) | undefined
    const leaks = step({ name: 'leaks' }).implement((_args, { log }) => {
      late = () => log.info('late')
    })
    const trial = new Trial()
    await trial.run(pipeline({ name: 'p', build: () => leaks() }))
    expect(late).toThrow(expect.objectContaining({ code: 'CAIRN_CONTEXT_CLOSED' }))
    expect(trial.lines).not.toContain('[leaks] late')
  })

  it('refuses a metric that is no number, which fails the step', async () => {
    const wrong = step({ name: 'wrong' }).implement((_args, { metric }) => metric('loss', Number.NaN))
    const run = await new Trial().run(pipeline({ name: 'p', build: () => wrong() }), {}, { reject: false })
    expect(run.steps['wrong']?.error).toMatchObject({ code: 'CAIRN_METRIC_INVALID' })
    expect(run.steps['wrong']?.metrics).toEqual([])
  })

  it('tells run, step and attempt', async () => {
    const tells = step({ name: 'tells', output: z.unknown() }).implement((_args, { run, step: own }) => ({
      ...run,
      ...own,
    }))
    const run = await new Trial().run(pipeline({ name: 'p', build: () => tells({}, { id: 'first' }) }))
    await expect(valueOf(run, 'first')).resolves.toEqual({
      id: run.id,
      name: 'tells',
      pipeline: 'p',
      invocation: 'first',
      attempt: 1,
    })
  })
})
