import { MemoryMetadataStore, type MetadataStore } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { metadataStoreConformance } from '../metadata-store/metadata-store-conformance.ts'
import { failingTests } from './failing-tests.ts'
import { broken } from './fault.ts'
import { METADATA_STORE_FAULTS } from './metadata-store-faults-data.ts'

function failing(create: () => MetadataStore, only?: string): Promise<readonly string[]> {
  const options = { name: 'store', create, reopen: (store: MetadataStore) => store }
  return failingTests((runner) => metadataStoreConformance(runner, options), { only })
}

describe('the suite for metadata stores', () => {
  it('passes a store that keeps its promises, also through a wrapper', async () => {
    expect(await failing(() => new MemoryMetadataStore())).toEqual([])
    expect(await failing(() => broken<MetadataStore>(new MemoryMetadataStore(), {}))).toEqual([])
  })

  it.each(Object.entries(METADATA_STORE_FAULTS))('notices a store that %s', async (_, { breaks, noticedBy }) => {
    const create = (): MetadataStore => {
      const inner = new MemoryMetadataStore()
      return broken<MetadataStore>(inner, breaks(inner))
    }
    expect(await failing(create, noticedBy)).toEqual([noticedBy])
  })
})
