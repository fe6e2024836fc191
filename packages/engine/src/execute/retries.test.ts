import { pipeline, step } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { keysIn, Trial } from '../trial/trial.fixture.ts'

/** A step that fails so many times before it gives the number of its attempt. */
function flaky(failures: number, fields: object = {}): object {
  let left = failures
  const unsteady = step({ name: 'unsteady', retry: { attempts: 3, delay: '1ms' }, output: z.number() }).implement(
    (_args, { step: { attempt }, metric }) => {
      metric('attempt', attempt)
      if (left-- > 0) throw Object.assign(new Error('not yet'), fields)
      return attempt
    },
  )
  return pipeline({ name: 'p', build: () => unsteady() })
}

describe('a step with retries', () => {
  it('completes with the attempt that worked, whose metrics alone count', async () => {
    const trial = new Trial()
    const run = await trial.run(flaky(2))
    await expect(run.steps['unsteady']?.output.load()).resolves.toBe(3)
    expect(run.steps['unsteady']?.metrics).toEqual([{ name: 'attempt', value: 3 }])
    expect(trial.lines.slice(3, 7)).toEqual([
      'Step unsteady has started.',
      'Step unsteady is retried in 0.001s (attempt 2 of 3): Error not yet.',
      'Step unsteady is retried in 0.002s (attempt 3 of 3): Error not yet.',
      expect.stringContaining('Step unsteady has finished in'),
    ])
    const record = await trial.stepRecord(run.id, 'unsteady')
    expect(record.attempts?.map(({ status, error }) => [status, error?.message])).toEqual([
      ['failed', 'not yet'],
      ['failed', 'not yet'],
      ['completed', undefined],
    ])
    for (const { startedAt, endedAt } of record.attempts ?? []) expect(endedAt).toBeGreaterThanOrEqual(startedAt)
    expect(await keysIn(trial.artifacts, `runs/${run.id}/`)).toEqual([
      `runs/${run.id}/run.json`,
      `runs/${run.id}/unsteady/1/result.json`,
      `runs/${run.id}/unsteady/2/result.json`,
    ])
    expect(await keysIn(trial.artifacts, 'cache/')).toHaveLength(1)
  })

  it('fails with the last error when its attempts are used up', async () => {
    const trial = new Trial()
    const run = await trial.run(flaky(9), {}, { reject: false })
    expect(run.steps['unsteady']).toMatchObject({ status: 'failed', error: { message: 'not yet' } })
    expect((await trial.stepRecord(run.id, 'unsteady')).attempts).toHaveLength(3)
    expect(await keysIn(trial.artifacts, 'cache/')).toEqual([])
  })

  it('waits as long as the error asks for', async () => {
    const trial = new Trial()
    await trial.run(flaky(1, { retryAfter: 0.005 }))
    expect(trial.lines[4]).toBe('Step unsteady is retried in 0.005s (attempt 2 of 3): Error not yet.')
  })

  it("is not tried again after a fault that is Cairn's own and would come again", async () => {
    const wrong = step({ name: 'wrong', retry: { attempts: 3, delay: '1ms' }, output: z.number() }).implement(
      () => 'text' as unknown as number,
    )
    const trial = new Trial()
    const run = await trial.run(pipeline({ name: 'p', build: () => wrong() }), {}, { reject: false })
    expect((await trial.stepRecord(run.id, 'wrong')).attempts).toHaveLength(1)
  })
})
