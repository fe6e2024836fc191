import { list, pipeline, step } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { NamedCode, statuses, Trial, valueOf } from '../trial/trial.fixture.ts'

/** What the first step gives; a test changes it as other code or another day would. */
let given = 1
const source = step({ name: 'source', output: z.number() }).implement(() => given)
const double = step({ name: 'double', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => 2 * x)
const report = step({ name: 'report', inputs: { x: z.number() }, output: z.string() }).implement(({ x }) => `${x}`)
const build = (): object => report({ x: double({ x: source() }) })
const chain = pipeline({ name: 'chain', build })

async function firstRun(): Promise<{ readonly trial: Trial; readonly code: NamedCode }> {
  given = 1
  const code = new NamedCode()
  const trial = new Trial({ code })
  await trial.run(chain)
  return { trial, code }
}

describe('a step that runs again', () => {
  it('leaves those below it cached when its bytes are the same: refreshed', async () => {
    const { trial } = await firstRun()
    const run = await trial.run(chain, {}, { refresh: ['source'] })
    expect(statuses(run)).toEqual({ source: 'completed', double: 'cached', report: 'cached' })
    expect(run.status).toBe('completed')
  })

  it('leaves those below it cached when its bytes are the same: edited', async () => {
    const { trial, code } = await firstRun()
    code.edit('source')
    expect(statuses(await trial.run(chain))).toEqual({ source: 'completed', double: 'cached', report: 'cached' })
  })

  it('makes those below it run when its bytes are others, as far as bytes change', async () => {
    const { trial, code } = await firstRun()
    given = -1
    code.edit('source')
    const run = await trial.run(chain)
    expect(statuses(run)).toEqual({ source: 'completed', double: 'completed', report: 'completed' })
    await expect(valueOf(run, 'report')).resolves.toBe('-2')
    code.edit('double')
    expect(statuses(await trial.run(chain))).toEqual({ source: 'cached', double: 'completed', report: 'cached' })
  })

  it('gives its newest result to later runs', async () => {
    const { trial } = await firstRun()
    given = 5
    await trial.run(chain, {}, { refresh: ['source'] })
    const run = await trial.run(chain)
    expect(run.status).toBe('cached')
    await expect(valueOf(run, 'report')).resolves.toBe('10')
  })
})

describe('what does not count', () => {
  it.each([
    ['the name of the pipeline', pipeline({ name: 'other', build })],
    ['tags', chain.with({ tags: ['x'] })],
    ['retry, timeout and resources', chain.with({ retry: { attempts: 3 }, timeout: '1h', resources: { cpu: 2 } })],
    ['hooks', chain.with({ onStart: () => undefined })],
    [
      'ids of invocations',
      pipeline({ name: 'ids', build: () => report({ x: double({ x: source({}, { id: 's' }) }) }) }),
    ],
    ['the pipeline around', pipeline({ name: 'outer', build: () => chain() })],
    [
      'order without data',
      pipeline({ name: 'order', build: () => [build(), source({}, { after: { id: 'double' } })] }),
    ],
  ])('%s', async (_what, other) => {
    const { trial } = await firstRun()
    const run = await trial.run(other)
    expect(Object.values(statuses(run)).every((status) => status === 'cached')).toBe(true)
    expect(run.status).toBe('cached')
  })

  it('whether equal items come as one collection or as a list of artifacts', async () => {
    const both = step({ name: 'both', output: list(z.number()) }).implement(() => [1, 1])
    const sum = step({ name: 'sum', inputs: { all: list(z.number()) }, output: z.number() }).implement(
      ({ all }) => all.length,
    )
    const { trial } = await firstRun()
    await trial.run(pipeline({ name: 'collection', build: () => sum({ all: both() }) }))
    const run = await trial.run(pipeline({ name: 'handles', build: () => sum({ all: [source(), source()] }) }))
    expect(statuses(run)).toMatchObject({ sum: 'cached' })
  })
})

describe('what counts', () => {
  const scale = step({
    name: 'scale',
    params: z.object({ by: z.number() }),
    inputs: { x: z.number() },
    output: z.number(),
  }).implement(({ by, x }) => by * x)
  const scaled = pipeline({
    name: 'scaled',
    params: z.object({ by: z.number() }),
    build: ({ by }) => report({ x: scale({ by, x: source() }) }),
  })

  it('is a parameter, for its step and as far as bytes change', async () => {
    given = 0
    const trial = new Trial()
    await trial.run(scaled, { by: 1 })
    expect(statuses(await trial.run(scaled, { by: 2 }))).toEqual({
      source: 'cached',
      scale: 'completed',
      report: 'cached',
    })
    expect(statuses(await trial.run(scaled, { by: 1 }))).toEqual({
      source: 'cached',
      scale: 'cached',
      report: 'cached',
    })
  })

  it('is a parameter that the run overrides', async () => {
    given = 1
    const trial = new Trial()
    await trial.run(scaled, { by: 1 })
    const run = await trial.run(scaled, { by: 1 }, { steps: { scale: { params: { by: 3 } } } })
    expect(statuses(run)).toEqual({ source: 'cached', scale: 'completed', report: 'completed' })
    await expect(valueOf(run, 'report')).resolves.toBe('3')
  })
})
