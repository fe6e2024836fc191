import { setTimeout as sleep } from 'node:timers/promises'

import { errorRecord, type Retry } from '@cairnml/core'
import { resultManifest } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import { runAttempts, type AttemptPlan, type RetryNotice } from './attempts.ts'

interface Tried {
  readonly result: Awaited<ReturnType<typeof runAttempts>>
  readonly notices: readonly RetryNotice[]
  readonly numbers: readonly number[]
}

async function tries(
  execute: AttemptPlan['execute'],
  options: AttemptPlan['options'],
  signal: AbortSignal = new AbortController().signal,
): Promise<Tried> {
  const notices: RetryNotice[] = []
  const numbers: number[] = []
  const result = await runAttempts({
    options,
    run: 'r1',
    label: 'x',
    signal,
    onRetry: (notice) => notices.push(notice),
    execute: (attempt, limit) => {
      numbers.push(attempt)
      return execute(attempt, limit)
    },
  })
  return { result, notices, numbers }
}

const failure =
  (fields: object = {}) =>
  async (): Promise<ReturnType<typeof resultManifest>> =>
    resultManifest({ status: 'failed', error: errorRecord(Object.assign(new Error('boom'), fields)) })
const quick = (retry: Partial<Retry>): { retry: Retry } => ({ retry: { attempts: 3, delay: '1ms', ...retry } })

describe('runAttempts', () => {
  it('is admitted before each attempt, and gives the room back after it', async () => {
    const log: string[] = []
    await runAttempts({
      options: { ...quick({ attempts: 2 }), timeout: '5ms' },
      label: 'x',
      run: 'r',
      signal: new AbortController().signal,
      onRetry: () => log.push('retry'),
      admit: async () => {
        log.push('admitted')
        // Longer than the timeout: waiting is no part of an attempt.
        await sleep(20)
        return { [Symbol.dispose]: () => log.push('given back') }
      },
      execute: async (attempt) => {
        log.push(`attempt ${attempt}`)
        return attempt === 1 ? failure()() : resultManifest()
      },
    })
    const attempt = (number: number): readonly string[] => ['admitted', `attempt ${number}`, 'given back']
    expect(log).toEqual([...attempt(1), 'retry', ...attempt(2)])
  })

  it('is cancelled while it waits to be admitted', async () => {
    const stop = new AbortController()
    const result = await runAttempts({
      options: {},
      label: 'x',
      run: 'r',
      signal: stop.signal,
      onRetry: () => undefined,
      admit: async () => {
        stop.abort(new Error('cancelled'))
        throw stop.signal.reason
      },
      execute: () => Promise.reject(new Error('not reached')),
    })
    expect(result).toEqual({ status: 'cancelled', attempts: [] })
  })

  it('tries once by default', async () => {
    const { result, numbers } = await tries(failure(), {})
    expect(result).toMatchObject({
      status: 'failed',
      error: { message: 'boom' },
      attempts: [{ attempt: 1, status: 'failed' }],
    })
    expect(numbers).toEqual([1])
  })

  it('tries until it completes and keeps all attempts', async () => {
    const done = resultManifest()
    const { result, notices } = await tries(
      async (attempt) => (attempt < 3 ? failure()() : done),
      quick({ attempts: 5 }),
    )
    expect(result).toMatchObject({ status: 'completed', manifest: done })
    expect(result.attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 'failed'],
      [2, 'failed'],
      [3, 'completed'],
    ])
    expect(notices.map(({ attempt, attempts }) => [attempt, attempts])).toEqual([
      [2, 5],
      [3, 5],
    ])
  })

  it.each<[string, Partial<Retry>, readonly number[]]>([
    ['doubled each time by default', { attempts: 4 }, [1, 2, 4]],
    ['as the back-off says', { attempts: 4, backoff: 3 }, [1, 3, 9]],
    ['always the same with back-off 1', { attempts: 4, backoff: 1 }, [1, 1, 1]],
  ])('waits between attempts, %s', async (_how, retry, delays) => {
    const { notices } = await tries(failure(), quick(retry))
    expect(notices.map(({ delayMs }) => delayMs)).toEqual(delays)
  })

  it('waits as long as the error asks for, and goes on with its own delays', async () => {
    const { notices } = await tries(async (attempt) => failure(attempt === 1 ? { retryAfter: 0.02 } : {})(), quick({}))
    expect(notices.map(({ delayMs }) => delayMs)).toEqual([20, 2])
  })

  it('really waits', async () => {
    const begun = performance.now()
    await tries(failure(), quick({ attempts: 2, delay: '30ms' }))
    expect(performance.now() - begun).toBeGreaterThan(25)
  })

  it.each([
    ['CAIRN_OUTPUT_MISSING', 1],
    ['CAIRN_VALUE_UNSTORABLE', 1],
    ['CAIRN_STEP_TIMEOUT', 3],
    ['CAIRN_STORE_UNAVAILABLE', 3],
    ['ECONNRESET', 3],
  ])('after %s makes %i of three attempts', async (code, count) => {
    const { numbers } = await tries(failure({ code }), quick({}))
    expect(numbers).toHaveLength(count)
  })

  it('tries again when no worker could be started', async () => {
    const { result } = await tries(async (attempt) => {
      if (attempt === 1) throw new Error('no pod')
      return resultManifest()
    }, quick({}))
    expect(result).toMatchObject({ status: 'completed', attempts: [{ error: { message: 'no pod' } }, {}] })
  })

  it('takes a result for completed only if it says so', async () => {
    const cancelled = await tries(async () => resultManifest({ status: 'cancelled' }), {})
    expect(cancelled.result).toMatchObject({ status: 'failed', error: { code: 'CAIRN_STEP_CANCELLED' } })
    const silent = await tries(async () => resultManifest({ status: 'failed' }), {})
    expect(silent.result.status).toBe('failed')
  })

  it('is cancelled while an attempt runs that ignores the signal', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 5)
    const { result } = await tries(() => sleep(60_000, resultManifest(), { ref: false }), quick({}), stop.signal)
    expect(result).toEqual({ status: 'cancelled', attempts: [] })
  })

  it('is cancelled while it waits', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 5)
    const { result } = await tries(failure(), quick({ delay: '1h' }), stop.signal)
    expect(result).toMatchObject({ status: 'cancelled', attempts: [{ attempt: 1, status: 'failed' }] })
  })

  it('ends an attempt at its timeout, each with its own', async () => {
    const limits: AbortSignal[] = []
    const { result, numbers } = await tries(
      (_attempt, limit) => {
        limits.push(limit)
        return sleep(5000, resultManifest(), { ref: false })
      },
      { timeout: '10ms', ...quick({ attempts: 2 }) },
    )
    expect(result).toMatchObject({ status: 'failed', error: { code: 'CAIRN_STEP_TIMEOUT' } })
    expect(result.attempts).toHaveLength(2)
    expect(numbers).toEqual([1, 2])
    expect(limits.map(({ aborted }) => aborted)).toEqual([true, true])
  })

  it('aborts nothing after an attempt that was in time', async () => {
    let limit: AbortSignal | undefined
    await tries(
      async (_attempt, signal) => {
        limit = signal
        return resultManifest()
      },
      { timeout: '10ms' },
    )
    await sleep(25)
    expect(limit?.aborted).toBe(false)
  })

  it.each(['30d', '1000d'])('does not take a long timeout for none: %s', async (timeout) => {
    const { result } = await tries(() => sleep(20, resultManifest()), { timeout })
    expect(result.status).toBe('completed')
  })

  it('waits long where it is told to', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 30)
    const { result } = await tries(failure({ retryAfter: 1e8 }), quick({}), stop.signal)
    expect(result).toMatchObject({ status: 'cancelled', attempts: [{ attempt: 1 }] })
    expect(result.attempts).toHaveLength(1)
  })
})
