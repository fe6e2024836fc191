import { setTimeout } from 'node:timers/promises'

import { MemoryArtifactStore, type ArtifactStore, type ByteRange } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { artifactStoreConformance } from '../artifact-store/artifact-store-conformance.ts'
import { MEMORY_SECTION } from '../artifact-store/memory-section.ts'
import { ARTIFACT_STORE_FAULTS, type ArtifactStoreFault } from '../fakes/artifact-store-faults.ts'
import { CountingArtifactStore } from '../fakes/counting-artifact-store.ts'
import { FaultyArtifactStore } from '../fakes/faulty-artifact-store.ts'
import { collectBytes, patternStream } from '../fixtures/bytes.ts'
import { registerSuite } from '../suite/suite.ts'
import type { TestRunner } from '../suite/test-runner.ts'
import { failingTests } from './failing-tests.ts'
import { broken } from './fault.ts'
import { SUBTLE_STORE_FAULTS } from './subtle-store-faults-data.ts'

/** What a machine with other work may take for what is quick elsewhere. */
const PATIENCE_MS = 30_000

/** Memory is collected again and again. */
const LONG = { timeout: 12 * PATIENCE_MS }

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
  'lists one page only': 'lists > gives more objects than fit on a page of any service, also while they are removed',
  'repeats across pages': 'lists > gives more objects than fit on a page of any service, also while they are removed',
  'keeps what was deleted': 'contract > removes an object',
  'deletes all that starts alike': 'contract > removes nothing but the object',
}

function failing(create: () => ArtifactStore, only?: string): Promise<readonly string[]> {
  const options = { name: 'store', create, reopen: (store: ArtifactStore) => store, largeBytes: 300_000 }
  const register = (runner: TestRunner): void =>
    artifactStoreConformance(runner, { ...options, capabilities: { ifAbsent: true } })
  return failingTests(register, { timeoutMs: only === undefined ? PATIENCE_MS : undefined, only })
}

describe('the suite for artifact stores', { timeout: 4 * PATIENCE_MS }, () => {
  it('passes a store that keeps its promises, also through a wrapper', async () => {
    expect(await failing(() => new MemoryArtifactStore())).toEqual([])
    expect(await failing(() => new CountingArtifactStore(new MemoryArtifactStore()))).toEqual([])
  })

  it('passes a store that is slow to read what it is given', async () => {
    const create = (): ArtifactStore => {
      const inner = new MemoryArtifactStore()
      return broken<ArtifactStore>(inner, {
        put: async (key, body, options) => {
          await setTimeout(100)
          return inner.put(key, body, options)
        },
      })
    }
    for (const only of [
      'bodies that break > leave nothing of a Node stream that is destroyed before its end',
      'bodies that break > are closed when they are not read to the end',
    ]) {
      expect(await failing(create, only)).toEqual([])
    }
  })

  it.each(ARTIFACT_STORE_FAULTS)('notices a store that %s', async (fault) => {
    const noticedBy = NOTICED_BY[fault]
    expect(await failing(() => new FaultyArtifactStore({ fault }), noticedBy)).toEqual([noticedBy])
  })

  it.each(Object.entries(SUBTLE_STORE_FAULTS))('notices a store that %s', async (_, { breaks, noticedBy }) => {
    const create = (): ArtifactStore => {
      const inner = new MemoryArtifactStore()
      return broken<ArtifactStore>(inner, breaks(inner))
    }
    expect(await failing(create, noticedBy)).toEqual([noticedBy])
  })

  it('notices a store that holds large objects in memory, and one that reads the whole for a part', LONG, async () => {
    const memory = (create: () => ArtifactStore): Promise<readonly string[]> =>
      failingTests(
        (runner) => {
          const options = { name: 'store', create, reopen: (store: ArtifactStore) => store, largeBytes: 2 ** 25 }
          registerSuite(runner, options, [MEMORY_SECTION])
        },
        { timeoutMs: 4 * PATIENCE_MS },
      )
    const whole = [
      'memory > holds a small part of an object that streams through it',
      'memory > holds a small part of a file that it takes',
    ]
    const part = 'memory > holds a small part of an object of which a range is read'
    expect(await memory(() => new MemoryArtifactStore())).toEqual(whole)
    const cutting = (): ArtifactStore => {
      const inner = new MemoryArtifactStore()
      return broken<ArtifactStore>(inner, { get: (key, { range } = {}) => cut(inner, key, range) })
    }
    expect(await memory(cutting)).toEqual([...whole, part])
  })

  it('notices a capability that the store did not declare', async () => {
    const failed = await failingTests((runner) =>
      artifactStoreConformance(runner, { name: 'store', create: () => new MemoryArtifactStore(), largeBytes: 1_000 }),
    )
    expect(failed).toContain('contract > has a name, a type and the capabilities that the suite was told')
  })
})

/** Reads the whole object and cuts the range out of it. */
async function cut(
  store: ArtifactStore,
  key: string,
  range: ByteRange = { start: 0 },
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const read = await store.get(key)
  if (read === undefined) return undefined
  const bytes = await collectBytes(read)
  return patternStream(bytes.length - range.start, bytes.subarray(range.start))
}
