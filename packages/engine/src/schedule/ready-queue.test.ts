import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ReadyQueue } from './ready-queue.ts'

describe('ReadyQueue', () => {
  it('gives nothing while it is empty', () => {
    expect(new ReadyQueue().take()).toBeUndefined()
  })

  it('gives what was added in ascending order, repeated positions as often as they were added', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (positions) => {
        const queue = new ReadyQueue()
        for (const position of positions) queue.add(position)
        const taken = positions.map(() => queue.take())
        expect(taken).toEqual(positions.toSorted((a, b) => a - b))
        expect(queue.take()).toBeUndefined()
      }),
    )
  })

  it('behaves like a sorted list under any mix of adding and taking', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(1000), { nil: undefined })), (operations) => {
        const queue = new ReadyQueue()
        const model: number[] = []
        for (const position of operations) {
          if (position === undefined) {
            expect(queue.take()).toBe(model.shift())
            continue
          }
          queue.add(position)
          model.push(position)
          model.sort((a, b) => a - b)
        }
      }),
    )
  })
})
