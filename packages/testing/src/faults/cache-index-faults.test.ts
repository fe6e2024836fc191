import { MemoryCacheIndex, type CacheIndex } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { cacheIndexConformance } from '../cache-index/cache-index-conformance.ts'
import { failingTests } from './failing-tests.ts'
import { CACHE_INDEX_FAULTS, FaultyCacheIndex, type CacheIndexFault } from './faulty-cache-index.ts'

const NOTICED_BY: { readonly [fault in CacheIndexFault]: string } = {
  'replaces entries': 'never changes an entry',
  'adds without looking': 'gives the entry that is there to a writer who knew of none',
  'returns what the writer brought': 'gives the entry that is there to a writer who knew of none',
  'lists oldest first': 'come newest first',
  'mixes up keys': 'of many keys come in the order of the keys, also of one asked for twice',
  'removes everything': 'are removed one by one',
  'leases to everybody': 'are for one at a time, also for the same owner',
  'starts fences again': 'have a fence that grows with every lease of the key',
  'renews what was lost': 'say no to the renewal of one that was lost, and leave the successor alone',
  'takes over from anybody': 'are not taken over once somebody else has them',
  'stands still': 'show by their beat that the holder works',
  'forgets who holds': 'tell who holds them, as often as anybody asks',
  'names holders of the past': 'have no holder after their release, and the successor after a take-over',
  'ignores signals': 'are neither written nor read under an aborted signal',
}

function failing(create: () => CacheIndex): Promise<readonly string[]> {
  return failingTests((runner) =>
    cacheIndexConformance(runner, {
      name: 'index',
      create,
      reopen: (index) => index,
      capabilities: { acquire: true },
    }),
  )
}

describe('the suite for cache indexes', () => {
  it('passes an index that keeps its promises', async () => {
    expect(await failing(() => new MemoryCacheIndex())).toEqual([])
  })

  it.each(CACHE_INDEX_FAULTS)('notices an index that %s', async (fault) => {
    expect(await failing(() => new FaultyCacheIndex(fault))).toContain(NOTICED_BY[fault])
  })

  it('notices an index that leases without saying so', async () => {
    const failed = await failingTests((runner) =>
      cacheIndexConformance(runner, { name: 'index', create: () => new MemoryCacheIndex() }),
    )
    expect(failed).toEqual(['have an index with a name, a type and the capabilities that the suite was told'])
  })
})
