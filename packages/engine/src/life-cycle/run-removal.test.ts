import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { runsToRemove } from './run-removal.ts'

const DAY = 24 * 60 * 60 * 1000
const NOW = 100 * DAY
const run = (pipeline: string, days: number) => ({ pipeline, startedAt: NOW - days * DAY })
const RUNS = [run('a', 1), run('b', 2), run('a', 3), run('a', 40), run('b', 50)]

describe('the runs that rules remove', () => {
  it.each([
    [{ olderThanMs: 30 * DAY }, [3, 4]],
    [{ keepLast: 1 }, [2, 3, 4]],
    [{ keepLast: 0 }, [0, 1, 2, 3, 4]],
    [{ keepLast: 2, olderThanMs: 30 * DAY }, [3]],
    [{}, []],
  ])('of %j are these', (rules, removed) => {
    expect(runsToRemove(RUNS, rules, NOW)).toEqual(removed.map((at) => RUNS[at]))
  })

  it('never hold one of the newest that are to be kept', () => {
    const runs = fc.array(fc.record({ pipeline: fc.constantFrom('a', 'b'), startedAt: fc.nat(1000) }))
    const rules = fc.record({ keepLast: fc.nat(5), olderThanMs: fc.option(fc.nat(1000), { nil: undefined }) })
    fc.assert(
      fc.property(runs, rules, (some, { keepLast, olderThanMs }) => {
        const all = some.toSorted((a, b) => b.startedAt - a.startedAt)
        const removed = new Set(runsToRemove(all, { keepLast, olderThanMs }, 1000))
        for (const pipeline of ['a', 'b']) {
          const newest = all.filter((one) => one.pipeline === pipeline).slice(0, keepLast)
          for (const one of newest) expect(removed.has(one)).toBe(false)
        }
      }),
    )
  })
})
