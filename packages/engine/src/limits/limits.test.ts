import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Limits, type LimitClock } from './limits.ts'

/** A clock that a test moves on. */
class ManualClock implements LimitClock {
  now = 0
  readonly #calls = new Map<() => void, number>()

  nowMs(): number {
    return this.now
  }

  after(ms: number, call: () => void): () => void {
    this.#calls.set(call, this.now + ms)
    return () => this.#calls.delete(call)
  }

  async pass(ms: number): Promise<void> {
    this.now += ms
    for (const [call, at] of new Map(this.#calls)) {
      if (at > this.now) continue
      this.#calls.delete(call)
      call()
    }
    await settled()
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const now = (until: () => Promise<void>): Promise<void> => until()
const running = new AbortController().signal

/** Takes something and says so. */
function take(limits: Limits, resources: Readonly<Record<string, number>>, signal = running): Taken {
  const taken: Taken = { isIn: false, error: undefined, room: undefined }
  limits.take(resources, { signal, wait: now }).then(
    (room) => Object.assign(taken, { isIn: true, room }),
    (error: unknown) => Object.assign(taken, { error }),
  )
  return taken
}

interface Taken {
  readonly isIn: boolean
  readonly error: unknown
  readonly room: Disposable | undefined
}

const give = async ({ room }: Taken): Promise<void> => {
  room?.[Symbol.dispose]()
  await settled()
}

describe('Limits', () => {
  it('lets in what fits, and the next in order when something is given back', async () => {
    const limits = new Limits({ openai: 2 })
    const [a, b, c, d] = [1, 1, 1, 1].map((openai) => take(limits, { openai })) as [Taken, Taken, Taken, Taken]
    await settled()
    expect([a, b, c, d].map(({ isIn }) => isIn)).toEqual([true, true, false, false])
    await give(b)
    expect([c, d].map(({ isIn }) => isIn)).toEqual([true, false])
    await give(a)
    expect(d.isIn).toBe(true)
  })

  it('lets nobody pass who wants less of the same, but those who want something else', async () => {
    const limits = new Limits({ gpu: 2, openai: 1 })
    const first = take(limits, { gpu: 1 })
    const large = take(limits, { gpu: 2 })
    const small = take(limits, { gpu: 1 })
    const other = take(limits, { openai: 1 })
    const unknown = take(limits, { memory: 7 })
    await settled()
    expect([first, large, small, other, unknown].map(({ isIn }) => isIn)).toEqual([true, false, false, true, true])
    await give(first)
    expect([large, small].map(({ isIn }) => isIn)).toEqual([true, false])
  })

  it('takes of several limits together or of none', async () => {
    const limits = new Limits({ gpu: 1, openai: 1 })
    const gpu = take(limits, { gpu: 1 })
    const both = take(limits, { gpu: 1, openai: 1 })
    await settled()
    expect(both.isIn).toBe(false)
    await give(gpu)
    expect(both.isIn).toBe(true)
  })

  it('counts starts within a time, whether they have ended or not', async () => {
    const clock = new ManualClock()
    const limits = new Limits({ 'openai/min': 2 }, clock)
    const first = take(limits, { openai: 1 })
    await settled()
    await clock.pass(30_000)
    const second = take(limits, { openai: 1 })
    const third = take(limits, { openai: 1 })
    await settled()
    await give(first)
    await give(second)
    expect(third.isIn).toBe(false)
    await clock.pass(29_000)
    expect(third.isIn).toBe(false)
    await clock.pass(1100)
    expect(third.isIn).toBe(true)
  })

  it('forgets who is cancelled, and goes on with the next', async () => {
    const limits = new Limits({ gpu: 2 })
    const stop = new AbortController()
    take(limits, { gpu: 1 })
    const large = take(limits, { gpu: 2 }, stop.signal)
    const small = take(limits, { gpu: 1 })
    await settled()
    stop.abort(new Error('cancelled'))
    await settled()
    expect(large.error).toEqual(new Error('cancelled'))
    expect(small.isIn).toBe(true)
    expect(take(limits, { gpu: 2 }, stop.signal).isIn).toBe(false)
  })

  it('follows a limit that is raised', async () => {
    const limits = new Limits({ gpu: 1 })
    take(limits, { gpu: 1 })
    const second = take(limits, { gpu: 1 })
    await settled()
    expect(second.isIn).toBe(false)
    limits.set({ gpu: 2 })
    await settled()
    expect(second.isIn).toBe(true)
  })

  it('never lets in more than the limit, and lets in everybody in the end', async () => {
    const amounts = fc.array(fc.record({ a: fc.integer({ min: 0, max: 3 }), b: fc.integer({ min: 0, max: 2 }) }))
    await fc.assert(
      fc.asyncProperty(amounts, async (asked) => {
        const limits = new Limits({ a: 3, b: 2 })
        const left = new Set(asked.map((resources) => ({ resources, taken: take(limits, resources) })))
        while (left.size > 0) {
          await settled()
          const inside = [...left].filter(({ taken }) => taken.isIn)
          expect(inside.length).toBeGreaterThan(0)
          for (const [name, most] of [
            ['a', 3],
            ['b', 2],
          ] as const) {
            expect(inside.reduce((sum, { resources }) => sum + resources[name], 0)).toBeLessThanOrEqual(most)
          }
          const [one] = inside
          if (one === undefined) return
          left.delete(one)
          await give(one.taken)
        }
      }),
      { numRuns: 50 },
    )
  })
})
