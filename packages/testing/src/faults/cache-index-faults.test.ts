import { MemoryCacheIndex, type CacheIndex } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { cacheIndexConformance } from '../cache-index/cache-index-conformance.ts'
import { CACHE_INDEX_FAULTS } from './cache-index-faults-data.ts'
import { failingTests } from './failing-tests.ts'
import { broken } from './fault.ts'

function failing(create: () => CacheIndex, only?: string): Promise<readonly string[]> {
  const options = {
    name: 'index',
    create,
    reopen: (index: CacheIndex) => index,
    capabilities: { acquire: true } as const,
  }
  return failingTests((runner) => cacheIndexConformance(runner, options), { only })
}

describe('the suite for cache indexes', () => {
  it('passes an index that keeps its promises, also through a wrapper', async () => {
    expect(await failing(() => new MemoryCacheIndex())).toEqual([])
    expect(await failing(() => broken<CacheIndex>(new MemoryCacheIndex(), {}))).toEqual([])
  })

  it.each(Object.entries(CACHE_INDEX_FAULTS))('notices an index that %s', async (_, { breaks, noticedBy }) => {
    const create = (): CacheIndex => {
      const inner = new MemoryCacheIndex()
      return broken<CacheIndex>(inner, breaks(inner))
    }
    expect(await failing(create, noticedBy)).toEqual([noticedBy])
  })

  it('notices an index that leases without saying so', async () => {
    const failed = await failingTests((runner) =>
      cacheIndexConformance(runner, { name: 'index', create: () => new MemoryCacheIndex() }),
    )
    expect(failed).toEqual(['entries > have an index with a name, a type and the capabilities that the suite was told'])
  })
})
