import { MemoryMetadataStore, type MetadataStore } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { metadataStoreConformance } from '../metadata-store/metadata-store-conformance.ts'
import { failingTests } from './failing-tests.ts'
import { FaultyMetadataStore, METADATA_STORE_FAULTS, type MetadataStoreFault } from './faulty-metadata-store.ts'

const NOTICED_BY: { readonly [fault in MetadataStoreFault]: string } = {
  'applies half of a batch': 'leave out everything when one insert meets an id that exists',
  'overwrites on insert': 'leave out everything when one insert meets an id that exists',
  'takes any revision': 'refuse an update of an older one, of one to come, and of the same',
  'ignores filters': 'compare for equality',
  'ignores bounds': 'compare with bounds that belong to the range',
  'ignores conditions': 'compare tags, parameters, metrics and the duration of runs',
  'ignores the order': 'is that of numbers for numbers',
  'repeats a record on the next page': 'give every record once, in every order',
  'loses notices': 'name every change in the order of writing',
  'numbers every notice': 'share a number within a batch, which grows from batch to batch',
  'forgets optional properties': 'come back equal to what was written, of every kind',
  'ignores signals': 'are neither written nor read under an aborted signal',
}

function failing(create: () => MetadataStore): Promise<readonly string[]> {
  return failingTests((runner) => metadataStoreConformance(runner, { name: 'store', create, reopen: (store) => store }))
}

describe('the suite for metadata stores', () => {
  it('passes a store that keeps its promises', async () => {
    expect(await failing(() => new MemoryMetadataStore())).toEqual([])
  })

  it.each(METADATA_STORE_FAULTS)('notices a store that %s', async (fault) => {
    expect(await failing(() => new FaultyMetadataStore(fault))).toContain(NOTICED_BY[fault])
  })
})
