import fc from 'fast-check'
import { expect, it } from 'vitest'

import { rejection } from '../trial/trial.fixture.ts'
import { inParallel } from './in-parallel.ts'

it('takes each item once, never more than its width at once, and ends after what it began', async () => {
  const work = fc.array(fc.record({ turns: fc.nat(4), fails: fc.boolean() }), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(work, fc.integer({ min: 1, max: 5 }), async (items, width) => {
      let [now, most, failures] = [0, 0, 0]
      const done: unknown[] = []
      const all = inParallel(items, width, async (item) => {
        now += 1
        most = Math.max(most, now)
        for (let turn = 0; turn < item.turns; turn += 1) await Promise.resolve()
        now -= 1
        done.push(item)
        if (!item.fails) return
        failures += 1
        throw new Error('no')
      })
      await all.catch(() => undefined)
      expect(now).toBe(0)
      expect(most).toBeLessThanOrEqual(width)
      expect(new Set(done).size).toBe(done.length)
      if (failures === 0) expect(done).toHaveLength(items.length)
    }),
  )
})

it('throws the first failure and gives up what it took items from', async () => {
  let isClosed = false
  async function* numbers(): AsyncGenerator<number> {
    try {
      for (let number = 0; ; number += 1) yield number
    } finally {
      isClosed = true
    }
  }
  const failing = inParallel(numbers(), 3, async (number) => {
    if (number >= 5) throw new Error(`no ${number}`)
  })
  expect(await rejection(failing)).toEqual(new Error('no 5'))
  expect(isClosed).toBe(true)
})
