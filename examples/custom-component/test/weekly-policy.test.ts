import { cacheKey, ContentCachePolicy, type PlainData } from 'cairnml/plugin'
import { cachePolicyConformance, stepForCaching } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import { WeeklyPolicy } from '../src/weekly-policy.ts'

const policy = new WeeklyPolicy('mine', { params: ['asOf'] })

cachePolicyConformance({ describe, it }, { name: 'WeeklyPolicy', create: () => policy })

async function keyOf(asOf: PlainData): Promise<string> {
  const tree = await policy.describe(stepForCaching({ params: { asOf } }), { next: new ContentCachePolicy() })
  if ('uncacheable' in tree) throw new Error(tree.uncacheable)
  return cacheKey(tree)
}

describe('a parameter that is a date', () => {
  it.each<[PlainData, PlainData]>([
    ['2026-11-16', '2026-11-22'],
    ['2026-12-28', '2027-01-03'],
    ['2026-11-16T00:00:00.000Z', new Date('2026-11-22T23:59:59.999Z')],
    ['2024-02-26', '2024-03-03'],
  ])('counts the same on %s and %s, days of one week', async (a, b) => {
    expect(await keyOf(a)).toBe(await keyOf(b))
  })

  it.each<[PlainData, PlainData]>([
    ['2026-11-15', '2026-11-16'],
    ['2026-11-16', '2025-11-17'],
    ['no date', 'no date either'],
    [1, 2],
  ])('counts as another on %s and %s', async (a, b) => {
    expect(await keyOf(a)).not.toBe(await keyOf(b))
  })
})
