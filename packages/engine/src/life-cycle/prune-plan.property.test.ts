import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { planPrune, type PruneCandidate, type PruneRules } from './prune-plan.ts'
import { bytesOf } from './stored-result.ts'

const NOW = 1_000_000

const OBJECTS = Array.from({ length: 12 }, (_, index) => ({ key: `blobs/${index}`, size: index * 10 }))

const candidates: fc.Arbitrary<readonly PruneCandidate[]> = fc
  .array(
    fc.record({
      step: fc.constantFrom('load', 'scale', 'train'),
      madeAt: fc.nat(NOW),
      unused: fc.nat(NOW),
      content: fc.subarray(OBJECTS),
    }),
    { maxLength: 20 },
  )
  .map((list) =>
    list.map(({ unused, ...fields }, index) => ({
      ...fields,
      id: `entry-${String(index).padStart(3, '0')}`,
      lastUsedAt: Math.max(fields.madeAt, NOW - unused),
    })),
  )

const rules: fc.Arbitrary<PruneRules> = fc.record(
  { olderThanMs: fc.nat(NOW), maxBytes: fc.nat(700), keepLast: fc.nat(4) },
  { requiredKeys: [] },
)

/** The newest of each step, found in another way than the plan does. */
function guarded(all: readonly PruneCandidate[], keepLast: number): readonly PruneCandidate[] {
  return all.filter((one) => {
    const newer = all.filter(
      (other) =>
        other.step === one.step && (other.madeAt > one.madeAt || (other.madeAt === one.madeAt && other.id > one.id)),
    )
    return newer.length < keepLast
  })
}

const bytes = (list: readonly PruneCandidate[]): number => bytesOf(list.flatMap(({ content }) => content))

describe('planPrune', () => {
  it('takes every result exactly once, and its sizes add up', () => {
    fc.assert(
      fc.property(candidates, rules, (all, given) => {
        const { remove, keep, freedBytes, keptBytes } = planPrune(all, given, NOW)
        const ids = [...remove.map(({ candidate }) => candidate.id), ...keep.map(({ id }) => id)]
        expect(ids.toSorted()).toEqual(all.map(({ id }) => id))
        expect(keptBytes).toBe(bytes(keep))
        expect(freedBytes + keptBytes).toBe(bytes(all))
      }),
    )
  })

  it('never removes what --keep-last guards', () => {
    fc.assert(
      fc.property(candidates, rules, (all, given) => {
        const { keep } = planPrune(all, given, NOW)
        for (const one of given.keepLast === undefined ? [] : guarded(all, given.keepLast)) expect(keep).toContain(one)
      }),
    )
  })

  it('removes nothing without a rule, and nothing but what a rule names', () => {
    fc.assert(
      fc.property(candidates, rules, (all, given) => {
        expect(planPrune(all, {}, NOW).remove).toEqual([])
        const isAlone = given.olderThanMs === undefined && given.maxBytes === undefined
        for (const { candidate, reason } of planPrune(all, given, NOW).remove) {
          if (reason === 'age') expect(NOW - candidate.lastUsedAt).toBeGreaterThan(given.olderThanMs ?? Infinity)
          if (reason === 'count') expect(isAlone).toBe(true)
          if (reason === 'size') expect(given.maxBytes).toBeDefined()
        }
      }),
    )
  })

  it('leaves nothing that is too old and not guarded', () => {
    fc.assert(
      fc.property(candidates, rules, fc.nat(NOW), (all, given, olderThanMs) => {
        const { keep } = planPrune(all, { ...given, olderThanMs }, NOW)
        const kept = new Set(guarded(all, given.keepLast ?? 0))
        expect(keep.filter((one) => !kept.has(one) && NOW - one.lastUsedAt > olderThanMs)).toEqual([])
      }),
    )
  })

  it('fits the size unless only guarded results with content are left, and takes no more than needed', () => {
    fc.assert(
      fc.property(candidates, rules, fc.nat(700), (all, given, maxBytes) => {
        const { remove, keep, keptBytes } = planPrune(all, { ...given, maxBytes }, NOW)
        const kept = new Set(guarded(all, given.keepLast ?? 0))
        if (keptBytes > maxBytes) {
          expect(keep.filter((one) => !kept.has(one) && one.content.length > 0)).toEqual([])
        }
        const last = remove.findLast(({ reason }) => reason === 'size')
        if (last !== undefined) expect(bytes([...keep, last.candidate])).toBeGreaterThan(maxBytes)
      }),
    )
  })

  it('takes the least recently used first', () => {
    fc.assert(
      fc.property(candidates, fc.nat(700), (all, maxBytes) => {
        const { remove, keep } = planPrune(all, { maxBytes }, NOW)
        const newest = Math.max(...remove.map(({ candidate }) => candidate.lastUsedAt))
        for (const one of keep) if (one.content.length > 0) expect(one.lastUsedAt).toBeGreaterThanOrEqual(newest)
      }),
    )
  })
})
