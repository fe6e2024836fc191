import { setTimeout as sleep } from 'node:timers/promises'

import { pipeline, step } from '@cairnml/core'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { rejection, Trial } from '../trial/trial.fixture.ts'
import { Cancellation } from './cancellation.ts'

/** Told to the running step, to let a test act while it runs. */
let whileRunning: () => void = () => undefined

const first = step({ name: 'first', output: z.number() }).implement(() => 1)
const waits = step({ name: 'waits', inputs: { x: z.number() }, output: z.number() }).implement(
  async ({ x }, { signal }) => {
    whileRunning()
    await sleep(5000, undefined, { signal })
    return x
  },
)
const last = step({ name: 'last', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => x)
const p = pipeline({ name: 'p', build: () => last({ x: waits({ x: first() }) }) })

afterEach(() => {
  whileRunning = () => undefined
})

describe('a run that is cancelled by its signal', () => {
  it('cancels what runs and what is left, records everything and rejects with a code and an exit code', async () => {
    const trial = new Trial()
    const controller = new AbortController()
    whileRunning = () => controller.abort()
    const error = await rejection(trial.run(p, {}, { signal: controller.signal }))
    expect(error).toMatchObject({ code: 'CAIRN_RUN_CANCELLED', exitCode: 130 })
    const run = await trial.lastRun()
    expect(run).toMatchObject({ status: 'cancelled', revision: 2, counts: { completed: 1, cancelled: 2 } })
    expect(await trial.stepRecord(run.id, 'first')).toMatchObject({ status: 'completed' })
    expect(await trial.stepRecord(run.id, 'waits')).toMatchObject({ status: 'cancelled', revision: 2 })
    expect(await trial.stepRecord(run.id, 'last')).toMatchObject({ status: 'cancelled' })
    expect(trial.lines.at(-1)).toMatch(/^Pipeline run p-\S+ was cancelled after \d+\.\ds$/)
  })

  it('rejects also where failures are resolved', async () => {
    const controller = new AbortController()
    whileRunning = () => controller.abort()
    const running = new Trial().run(p, {}, { signal: controller.signal, reject: false })
    await expect(running).rejects.toMatchObject({ code: 'CAIRN_RUN_CANCELLED' })
  })

  it('executes nothing if it was cancelled before', async () => {
    const trial = new Trial()
    await expect(trial.run(p, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CAIRN_RUN_CANCELLED',
    })
    expect(await trial.lastRun()).toMatchObject({ status: 'cancelled', counts: { cancelled: 3 } })
  })

  it('does not start a function after that, and nothing is left to reject', async () => {
    const controller = new AbortController()
    let started = false
    const one = step({ name: 'one', onStart: () => controller.abort() }).implement(() => {
      started = true
    })
    const trial = new Trial()
    const running = trial.run(pipeline({ name: 'p', build: () => one() }), {}, { signal: controller.signal })
    await expect(running).rejects.toMatchObject({ code: 'CAIRN_RUN_CANCELLED' })
    await sleep(5)
    expect(started).toBe(false)
  })

  it('is not cancelled by a signal that comes when everything has ended', async () => {
    const controller = new AbortController()
    const one = step({ name: 'one', onSuccess: () => controller.abort() }).implement(() => undefined)
    const run = await new Trial().run(pipeline({ name: 'p', build: () => one() }), {}, { signal: controller.signal })
    expect(run.status).toBe('completed')
  })

  it('is finished by the next run, which reuses what had completed', async () => {
    const trial = new Trial()
    const controller = new AbortController()
    whileRunning = () => controller.abort()
    await rejection(trial.run(p, {}, { signal: controller.signal }))
    const again = new AbortController()
    whileRunning = () => again.abort()
    await rejection(trial.run(p, {}, { signal: again.signal }))
    expect(await trial.lastRun()).toMatchObject({ counts: { cached: 1, cancelled: 2 } })
  })
})

describe('a run that is interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s is cancelled with exit code %i', async (signal, exitCode) => {
    const trial = new Trial()
    whileRunning = () => void process.emit(signal, signal)
    await expect(trial.run(p)).rejects.toMatchObject({ code: 'CAIRN_RUN_CANCELLED', exitCode })
    expect(await trial.lastRun()).toMatchObject({ status: 'cancelled' })
  })

  it('leaves no listener behind when it has ended', async () => {
    const counts = (): readonly number[] => [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]
    const before = counts()
    await new Trial().run(pipeline({ name: 'p', build: () => first() }))
    expect(counts()).toEqual(before)
  })
})

describe('Cancellation', () => {
  it('forgets the signal of its caller at the end', () => {
    const stop = new AbortController()
    const caller = new AbortController()
    {
      using cancellation = new Cancellation(stop, caller.signal)
      expect(cancellation.isCancelled).toBe(false)
    }
    caller.abort()
    expect(stop.signal.aborted).toBe(false)
  })

  it('passes the reason on', () => {
    const stop = new AbortController()
    using cancellation = new Cancellation(stop, AbortSignal.abort('enough'))
    expect(cancellation.isCancelled).toBe(true)
    expect(stop.signal.reason).toBe('enough')
  })
})
