import { setTimeout as sleep } from 'node:timers/promises'

import { pipeline, step, type StepContext } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { keysIn, statuses, Trial } from '../trial/trial.fixture.ts'

describe('a step with a timeout', () => {
  it('is told by its signal and fails with a code', async () => {
    const seen: unknown[] = []
    const polite = step({ name: 'polite', timeout: '10ms', output: z.number() }).implement(
      async (_args, { signal }) => {
        await sleep(5000, undefined, { signal }).catch(() => seen.push(signal.reason))
        return 1
      },
    )
    const trial = new Trial()
    const run = await trial.run(pipeline({ name: 'p', build: () => polite() }), {}, { reject: false })
    expect(run.steps['polite']).toMatchObject({ status: 'failed', error: { code: 'CAIRN_STEP_TIMEOUT' } })
    expect(run.steps['polite']?.error?.message).toContain('0.01 s')
    expect(seen).toEqual([expect.objectContaining({ code: 'CAIRN_STEP_TIMEOUT' })])
  })

  it('that ignores the signal fails all the same, and its late result is seen nowhere', async () => {
    const late = Promise.withResolvers<void>()
    const tries: StepContext[] = []
    const stubborn = step({ name: 'stubborn', timeout: '10ms', output: z.number() }).implement(
      async (_args, context) => {
        tries.push(context)
        await late.promise
        return 1
      },
    )
    const next = step({ name: 'next', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => x)
    const p = pipeline({ name: 'p', build: () => next({ x: stubborn() }) })
    const trial = new Trial()
    const run = await trial.run(p, {}, { reject: false })
    expect(statuses(run)).toEqual({ stubborn: 'failed', next: 'skipped' })
    const before = await keysIn(trial.artifacts)
    late.resolve()
    await sleep(20)
    expect(await keysIn(trial.artifacts)).toEqual(before)
    expect(await keysIn(trial.artifacts, 'cache/')).toEqual([])
    expect(await trial.stepRecord(run.id, 'stubborn')).toMatchObject({ status: 'failed', revision: 2 })
    expect(() => tries[0]?.metric('late', 1)).toThrow(expect.objectContaining({ code: 'CAIRN_CONTEXT_CLOSED' }))
    expect(trial.lines.at(-1)).toContain('has failed after')
  })

  it('is tried again where it may be, and only the attempt in time counts', async () => {
    const firstEnds = Promise.withResolvers<number>()
    let attempts = 0
    const flaky = step({
      name: 'flaky',
      timeout: '1s',
      retry: { attempts: 2, delay: '1ms' },
      output: z.number(),
    }).implement(() => (++attempts === 1 ? firstEnds.promise : 2))
    const trial = new Trial()
    const p = pipeline({ name: 'p', build: () => flaky() })
    const run = await trial.run(p)
    firstEnds.resolve(1)
    await sleep(20)
    await expect(run.steps['flaky']?.output.load()).resolves.toBe(2)
    expect(await keysIn(trial.artifacts, 'cache/')).toHaveLength(1)
    await expect((await trial.run(p)).steps['flaky']?.output.load()).resolves.toBe(2)
    expect(await trial.stepRecord(run.id, 'flaky')).toMatchObject({
      attempts: [
        { attempt: 1, status: 'failed', error: { code: 'CAIRN_STEP_TIMEOUT' } },
        { attempt: 2, status: 'completed' },
      ],
    })
    expect(trial.lines).toContain(
      'Step flaky is retried in 0.001s (attempt 2 of 2): CAIRN_STEP_TIMEOUT Step "flaky" took longer than its timeout of 1 s.',
    )
  })

  it('may get it from the pipeline or the run', async () => {
    const slow = step({ name: 'slow' }).implement(() => sleep(5000, undefined, { ref: false }))
    const p = pipeline({ name: 'p', timeout: '10ms', build: () => slow() })
    const trial = new Trial()
    expect(statuses(await trial.run(p, {}, { reject: false }))).toEqual({ slow: 'failed' })
    const run = await trial.run(p.with({ timeout: '1h' }), {}, { reject: false, steps: { slow: { timeout: '5ms' } } })
    expect(run.steps['slow']?.error?.message).toContain('0.005 s')
  })
})
