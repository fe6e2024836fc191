import { setImmediate as turn } from 'node:timers/promises'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { schedule, type Slot, type Task } from './schedule.ts'

interface Trace {
  readonly order: string[]
  most: number
}

async function trace(tasks: readonly Task[], concurrency: number): Promise<Trace> {
  const done = new Set<string>()
  const seen: Trace = { order: [], most: 0 }
  let running = 0
  await schedule(tasks, {
    concurrency,
    work: async ({ id, waitsFor }) => {
      for (const before of waitsFor) expect(done).toContain(before)
      running += 1
      seen.order.push(id)
      seen.most = Math.max(seen.most, running)
      await turn()
      running -= 1
      done.add(id)
    },
  })
  return seen
}

const chain = (count: number): Task[] =>
  Array.from({ length: count }, (_, at) => ({ id: `t${at}`, waitsFor: at === 0 ? [] : [`t${at - 1}`] }))

describe('schedule', () => {
  it('resolves at once where there is nothing to do', async () => {
    await expect(schedule([], { concurrency: 1, work: () => Promise.reject(new Error('no')) })).resolves.toBeUndefined()
  })

  it('takes ready tasks in the given order', async () => {
    const tasks = ['c', 'a', 'b'].map((id) => ({ id, waitsFor: [] }))
    await expect(trace(tasks, 1)).resolves.toEqual({ order: ['c', 'a', 'b'], most: 1 })
  })

  it('runs both sides of a diamond at once and its end after both', async () => {
    const tasks = [
      { id: 'top', waitsFor: [] },
      { id: 'left', waitsFor: ['top'] },
      { id: 'right', waitsFor: ['top'] },
      { id: 'end', waitsFor: ['left', 'right'] },
    ]
    await expect(trace(tasks, 4)).resolves.toEqual({ order: ['top', 'left', 'right', 'end'], most: 2 })
    await expect(trace(tasks, 1)).resolves.toEqual({ order: ['top', 'left', 'right', 'end'], most: 1 })
  })

  it('accepts tasks listed before what they wait for', async () => {
    const tasks = [
      { id: 'late', waitsFor: ['early', 'early'] },
      { id: 'early', waitsFor: [] },
    ]
    await expect(trace(tasks, 2)).resolves.toMatchObject({ order: ['early', 'late'] })
  })

  it('keeps every order and never exceeds its concurrency, whatever the graph', async () => {
    const graph = fc
      .array(fc.array(fc.nat()), { maxLength: 15 })
      .map((needs) =>
        needs.map((ids, at): Task => ({ id: `t${at}`, waitsFor: at === 0 ? [] : ids.map((id) => `t${id % at}`) })),
      )
    await fc.assert(
      fc.asyncProperty(graph, fc.integer({ min: 1, max: 4 }), async (tasks, concurrency) => {
        const { order, most } = await trace(tasks, concurrency)
        expect(order.toSorted()).toEqual(tasks.map(({ id }) => id).toSorted())
        expect(most).toBeLessThanOrEqual(concurrency)
      }),
      { numRuns: 50 },
    )
  })

  it('walks a chain of 10 000 tasks without deep recursion', async () => {
    const order: string[] = []
    const tasks = chain(10_000)
    await schedule(tasks, { concurrency: 3, work: async ({ id }) => void order.push(id) })
    expect(order).toEqual(tasks.map(({ id }) => id))
  })

  it('fans 10 000 tasks out and in again', async () => {
    const middle = Array.from({ length: 10_000 }, (_, at) => ({ id: `m${at}`, waitsFor: ['top'] }))
    const end = { id: 'end', waitsFor: middle.map(({ id }) => id) }
    const order: string[] = []
    const work = async ({ id }: Task): Promise<void> => void order.push(id)
    await schedule([{ id: 'top', waitsFor: [] }, ...middle, end], { concurrency: 8, work })
    expect(order).toEqual(['top', ...middle.map(({ id }) => id), 'end'])
  })

  it('lets others work while a task that lent its slot waits, and takes it back before they go on', async () => {
    const events: string[] = []
    const gate = Promise.withResolvers<void>()
    const tasks = ['waits', 'one', 'two'].map((id) => ({ id, waitsFor: [] }))
    const work = async ({ id }: Task, slot: Slot): Promise<void> => {
      events.push(`${id} begins`)
      if (id === 'waits') await slot.lend(() => gate.promise)
      if (id === 'one') gate.resolve()
      await turn()
      events.push(`${id} ends`)
    }
    await schedule(tasks, { concurrency: 1, work })
    expect(events).toEqual(['waits begins', 'one begins', 'one ends', 'waits ends', 'two begins', 'two ends'])
  })

  it('never exceeds its concurrency, however slots are lent, and goes on after a wait that failed', async () => {
    let working = 0
    let most = 0
    const tasks = Array.from({ length: 60 }, (_, at) => ({ id: `t${at}`, waitsFor: [] }))
    const work = async (_: Task, slot: Slot): Promise<void> => {
      most = Math.max(most, ++working)
      working -= 1
      await slot.lend(() => turn().then(() => Promise.reject(new Error('no')))).catch(() => undefined)
      most = Math.max(most, ++working)
      await turn()
      working -= 1
    }
    await schedule(tasks, { concurrency: 3, work })
    expect(most).toBeLessThanOrEqual(3)
    expect(working).toBe(0)
  })

  it('rejects with the first failure and starts nothing more', async () => {
    const started: string[] = []
    const work = async ({ id }: Task): Promise<void> => {
      started.push(id)
      await turn()
      throw new Error(id)
    }
    await expect(schedule(chain(3), { concurrency: 1, work })).rejects.toThrow('t0')
    await turn()
    expect(started).toEqual(['t0'])
  })
})
