import { external, pipeline, step } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { statuses, Trial, valueOf } from '../trial/trial.fixture.ts'

const choose = step({ name: 'choose', params: z.object({ n: z.number() }), output: z.number() }).implement(({ n }) => n)
const train = step({
  name: 'train',
  params: z.object({ gamma: z.number().positive(), turns: z.number().default(2) }),
  output: z.number(),
}).implement(({ gamma, turns }) => gamma * turns)
const tuned = pipeline({
  name: 'tuned',
  params: z.object({ n: z.number() }),
  build: ({ n }) => train({ gamma: choose({ n }) }),
})

describe('a parameter that a step gives', () => {
  it('is checked when it arrives and gets the defaults of its neighbours', async () => {
    const trial = new Trial()
    const run = await trial.run(tuned, { n: 3 })
    await expect(valueOf(run, 'train')).resolves.toBe(6)
    expect(await trial.stepRecord(run.id, 'train')).toMatchObject({ params: { gamma: 3, turns: 2 } })
  })

  it('fails its step with a code when its value is refused', async () => {
    const trial = new Trial()
    const run = await trial.run(tuned, { n: -3 }, { reject: false })
    expect(statuses(run)).toEqual({ choose: 'completed', train: 'failed' })
    expect(run.steps['train']?.error).toMatchObject({ code: 'CAIRN_PARAMETER_INVALID' })
    expect(run.steps['train']?.error?.message).toMatch(/Step "train" of pipeline "tuned".*"gamma".*\(was -3\)/)
    expect(await trial.stepRecord(run.id, 'train')).toMatchObject({
      status: 'failed',
      error: { code: 'CAIRN_PARAMETER_INVALID' },
    })
  })

  it('counts like one that was given as a value', async () => {
    const trial = new Trial()
    await trial.run(pipeline({ name: 'plain', build: () => train({ gamma: 3 }) }))
    expect(statuses(await trial.run(tuned, { n: 3 }))).toEqual({ choose: 'completed', train: 'cached' })
  })

  it('is replaced by what the run says', async () => {
    const run = await new Trial().run(tuned, { n: -3 }, { steps: { train: { params: { gamma: 5 } } } })
    await expect(valueOf(run, 'train')).resolves.toBe(10)
  })

  it('may come from outside', async () => {
    const p = pipeline({ name: 'p', inputs: { gamma: z.number() }, build: ({ gamma }) => train({ gamma }) })
    const run = await new Trial().run(p, { gamma: external(z.number(), 4) })
    await expect(valueOf(run, 'train')).resolves.toBe(8)
  })

  it('that is given as a value is refused before anything runs', async () => {
    const trial = new Trial()
    const p = pipeline({ name: 'p', build: () => train({ gamma: -1 }) })
    await expect(trial.run(p)).rejects.toMatchObject({ code: 'CAIRN_PARAMETER_INVALID' })
    const steps = { choose: { params: { m: 5 } } }
    await expect(trial.run(tuned, { n: 1 }, { steps })).rejects.toMatchObject({ code: 'CAIRN_PARAMETER_UNKNOWN' })
    expect(await trial.runRecords()).toEqual([])
  })
})
