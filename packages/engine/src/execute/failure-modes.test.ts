import { setTimeout as sleep } from 'node:timers/promises'

import { isCairnError, isRunFailedError, pipeline, step, type FailureMode } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { rejection, statuses, Trial } from '../trial/trial.fixture.ts'

const start = step({ name: 'start', output: z.number() }).implement(() => 1)
const broken = step({ name: 'broken', inputs: { x: z.number() }, output: z.number() }).implement(async () => {
  await sleep(5)
  throw new RangeError('too much')
})
const slow = step({ name: 'slow', inputs: { x: z.number() }, output: z.number() }).implement(async ({ x }) => {
  await sleep(400)
  return x
})
const later = step({ name: 'later', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => x + 1)
const last = step({ name: 'last', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => x + 2)
const next = step({ name: 'next', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => x)

/** `broken` and `slow` run at once; each has steps below, and `later` needs neither. */
const forked = pipeline({
  name: 'forked',
  build: () => {
    const x = start()
    const bad = broken({ x })
    const good = slow({ x })
    return [
      next({ x: bad }, { id: 'below_broken' }),
      next({ x: good }, { id: 'below_slow' }),
      next({ x }, { id: 'after_broken', after: bad }),
      last({ x: later({ x }) }),
    ]
  },
})

describe('a step that fails', () => {
  it.each<[FailureMode, Record<string, string>]>([
    ['fail-fast', { slow: 'cancelled', later: 'skipped', below_slow: 'skipped', last: 'skipped' }],
    ['stop-on-failure', { slow: 'completed', later: 'skipped', below_slow: 'skipped', last: 'skipped' }],
    ['continue-on-failure', { slow: 'completed', later: 'completed', below_slow: 'completed', last: 'completed' }],
  ])('in mode %s decides how all others end', async (failureMode, expected) => {
    const trial = new Trial({ concurrency: 2 })
    const run = await trial.run(forked, {}, { failureMode, reject: false })
    expect(run.status).toBe('failed')
    expect(statuses(run)).toEqual({
      start: 'completed',
      broken: 'failed',
      below_broken: 'skipped',
      after_broken: 'skipped',
      ...expected,
    })
    for (const { id, status } of Object.values(run.steps)) {
      expect((await trial.stepRecord(run.id, id)).status).toBe(status)
    }
  })

  it('lets a later run do only what is missing', async () => {
    const trial = new Trial({ concurrency: 2 })
    await trial.run(forked, {}, { reject: false })
    const run = await trial.run(forked, {}, { failureMode: 'continue-on-failure', reject: false })
    expect(statuses(run)).toMatchObject({ start: 'cached', slow: 'cached', broken: 'failed', below_slow: 'completed' })
  })

  it('makes run() reject with an error that carries the run and names the step', async () => {
    const error = await rejection(new Trial({ concurrency: 2 }).run(forked))
    if (!isRunFailedError(error)) throw error
    expect(error).toMatchObject({ code: 'CAIRN_RUN_FAILED', exitCode: 1 })
    expect(error.message).toContain('broken: RangeError too much.')
    expect(statuses(error.run)).toMatchObject({ start: 'completed', broken: 'failed' })
    expect(error.run.steps['broken']?.error).toMatchObject({ code: 'RangeError', message: 'too much' })
  })

  it('is named with all others that failed', async () => {
    const build = (): object => [broken({ x: start() }), broken({ x: start() })]
    const p = pipeline({ name: 'p', failureMode: 'continue-on-failure', build })
    const error = await rejection(new Trial({ concurrency: 2 }).run(p))
    const place = / \(src\/execute\/failure-modes\.test\.ts:\d+\)$/
    const failures = isCairnError(error) ? (error.details['failures'] as readonly string[]) : []
    expect(failures.map((failure) => failure.replace(place, ' (here)'))).toEqual([
      'broken: RangeError too much. (here)',
      'broken (broken_2): RangeError too much. (here)',
    ])
  })

  it('counts more than a condition: what comes after a step that neither let run is skipped', async () => {
    const no = step({ name: 'no', output: z.boolean() }).implement(() => false)
    const both = step({ name: 'both', inputs: { a: z.number(), b: z.number() }, output: z.number() }).implement(
      ({ a }) => a,
    )
    const build = (): object => {
      const unwanted = start({}, { when: no() })
      const failed = broken({ x: later({ x: start({}, { id: 'wanted' }) }) })
      return [last({ x: later({ x: start({}, { id: 'x' }) }) }, { after: both({ a: unwanted, b: failed }) })]
    }
    const p = pipeline({ name: 'p', failureMode: 'continue-on-failure', build })
    const run = await new Trial().run(p, {}, { reject: false })
    expect(statuses(run)).toMatchObject({ start: 'skipped', broken: 'failed', both: 'skipped', last: 'skipped' })
  })

  it.each([
    ['text', 'THROWN', 'text'],
    [undefined, 'THROWN', 'undefined was thrown'],
    [{ a: 1 }, 'THROWN', '{"a":1} was thrown'],
    [Object.assign(new Error('gone'), { code: 'ENOENT' }), 'ENOENT', 'gone'],
  ])('is recorded whatever it throws: %o', async (thrown, code, message) => {
    const odd = step({ name: 'odd' }).implement(() => {
      throw thrown
    })
    const trial = new Trial()
    const run = await trial.run(pipeline({ name: 'p', build: () => odd() }), {}, { reject: false })
    expect(run.steps['odd']?.error).toMatchObject({ code, message })
    expect((await trial.stepRecord(run.id, 'odd')).error).toMatchObject({ code, message })
  })
})
