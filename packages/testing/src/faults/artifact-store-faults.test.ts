import { MemoryArtifactStore, type ArtifactStore } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { artifactStoreConformance } from '../artifact-store/artifact-store-conformance.ts'
import { ARTIFACT_STORE_FAULTS, type ArtifactStoreFault } from '../fakes/artifact-store-faults.ts'
import { CountingArtifactStore } from '../fakes/counting-artifact-store.ts'
import { FaultyArtifactStore } from '../fakes/faulty-artifact-store.ts'
import { failingTests } from './failing-tests.ts'

const NOTICED_BY: { readonly [fault in ArtifactStoreFault]: string } = {
  'loses writes': 'contract > gives back the bytes that were put',
  'tears writes': 'large objects > gives back a large stream byte by byte',
  'shows what failed': 'bodies > leaves nothing of a stream that fails, and passes its error on',
  'shows writes late': 'contract > gives back the bytes that were put',
  'keeps the buffer of its caller': 'bodies > keeps bytes as they were when they were put',
  'lends its own buffer': 'contract > keeps its bytes when a reader changes what it got',
  'reads what was there before': 'contract > replaces an object by a shorter one',
  'remembers what it read': 'contract > shows to those who read before that it was replaced or removed',
  'waits for a stream that stands still': 'abort > does not wait for a stream that stands still',
  'lies about sizes': 'contract > says key, size and time in put, stat and list alike',
  'lies about times': 'contract > says key, size and time in put, stat and list alike',
  'denies what is there': 'contract > keeps an empty object apart from none',
  'ignores ifAbsent': 'ifAbsent > has exactly one winner among many writers',
  'ignores signals': 'abort > does nothing under a signal that was aborted before',
  'ignores ranges': 'ranges > gives a part from the start, the middle and the end',
  'is off by one in ranges': 'ranges > gives a part from the start, the middle and the end',
  'takes any key': 'hostile keys > are refused as every store refuses them, or name one object',
  'ignores case': 'hostile keys > that some file systems take for one or for a device are stored rightly or refused',
  'lists in any order': 'lists > orders by the code units of the whole keys',
  'lists whole segments only': 'lists > takes a prefix that ends anywhere in a key',
  'lists by any part of a key': 'lists > takes a prefix that ends anywhere in a key',
  'lists one page only': 'lists > gives more objects than fit on a page of any service',
  'repeats across pages': 'lists > gives more objects than fit on a page of any service',
  'keeps what was deleted': 'contract > removes an object',
  'deletes all that starts alike': 'contract > removes nothing but the object',
}

function failing(create: () => ArtifactStore, largeBytes = 300_000): Promise<readonly string[]> {
  return failingTests((runner) =>
    artifactStoreConformance(runner, {
      name: 'store',
      create,
      reopen: (store) => store,
      capabilities: { ifAbsent: true },
      largeBytes,
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

  it('notices a store that holds large objects in memory', async () => {
    expect(await failing(() => new MemoryArtifactStore(), 2 ** 25)).toEqual([
      'memory > holds a small part of an object that streams through it',
    ])
  })

  it('notices a capability that the store did not declare', async () => {
    const failed = await failingTests((runner) =>
      artifactStoreConformance(runner, { name: 'store', create: () => new MemoryArtifactStore(), largeBytes: 1_000 }),
    )
    expect(failed).toContain('contract > has a name, a type and the capabilities that the suite was told')
  })
})
