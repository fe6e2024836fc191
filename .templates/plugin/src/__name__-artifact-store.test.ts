import { artifactStoreConformance } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import { __Name__ArtifactStore } from './__name__-artifact-store.ts'

artifactStoreConformance(
  { describe, it },
  {
    name: '__Name__ArtifactStore',
    create: () => new __Name__ArtifactStore('mine'),
    capabilities: { ifAbsent: true },
  },
)

describe('a prefix', () => {
  it('does not show in the keys that the store gives back', async () => {
    const store = new __Name__ArtifactStore('mine', { prefix: 'team/' })
    const put = await store.put('a/b', Uint8Array.of(1))
    expect(put.key).toBe('a/b')
    expect((await store.stat('a/b'))?.key).toBe('a/b')
    expect((await Array.fromAsync(store.list('a/'))).map(({ key }) => key)).toEqual(['a/b'])
  })
})
