import type { ArtifactStore } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { artifactStoreConformance } from '../artifact-store/artifact-store-conformance.ts'
import { CountingArtifactStore } from '../fakes/counting-artifact-store.ts'
import { ARTIFACT_STORE_FAULTS, FaultyArtifactStore, type ArtifactStoreFault } from '../fakes/faulty-artifact-store.ts'
import { MemoryArtifactStore } from '@cairnml/core'
import { failingTests } from './failing-tests.ts'

const NOTICED_BY: { readonly [fault in ArtifactStoreFault]: string } = {
  'loses writes': 'gives back the bytes that were put',
  'tears writes': 'gives back a large stream byte by byte',
  'lies about sizes': 'says key, size and time in put, stat and list alike',
  'ignores ifAbsent': 'has exactly one winner among many writers',
  'ignores signals': 'does nothing under a signal that was aborted before',
  'ignores ranges': 'gives a part from the start, the middle and the end',
  'lists in any order': 'orders by the code units of the whole keys',
  'lists whole segments only': 'takes a prefix that ends anywhere in a key',
  'keeps what was deleted': 'removes an object',
  'shows what failed': 'leaves nothing of a stream that fails, and passes its error on',
}

function failing(create: () => ArtifactStore): Promise<readonly string[]> {
  return failingTests((runner) =>
    artifactStoreConformance(runner, {
      name: 'store',
      create,
      reopen: (store) => store,
      capabilities: { ifAbsent: true },
      largeBytes: 300_000,
    }),
  )
}

describe('the suite for artifact stores', () => {
  it('passes a store that keeps its promises, also through a wrapper', async () => {
    expect(await failing(() => new MemoryArtifactStore())).toEqual([])
    expect(await failing(() => new CountingArtifactStore(new MemoryArtifactStore()))).toEqual([])
  })

  it.each(ARTIFACT_STORE_FAULTS)('notices a store that %s', async (fault) => {
    expect(await failing(() => new FaultyArtifactStore({ fault }))).toContain(NOTICED_BY[fault])
  })

  it('notices a capability that the store did not declare', async () => {
    const failed = await failingTests((runner) =>
      artifactStoreConformance(runner, { name: 'store', create: () => new MemoryArtifactStore(), largeBytes: 1_000 }),
    )
    expect(failed).toContain('has a name, a type and the capabilities that the suite was told')
  })
})
