import { MemoryArtifactStore } from '@cairnml/core'
import { expect, it } from 'vitest'

import { collectItems } from '../fixtures/bytes.ts'
import { CountingArtifactStore } from './counting-artifact-store.ts'

it('CountingArtifactStore counts the calls of every operation', async () => {
  const store = new CountingArtifactStore(new MemoryArtifactStore())
  await store.put('a', Buffer.from('x'))
  await store.put('b', Buffer.from('x'))
  await store.get('a')
  await store.stat('a')
  await store.delete('a')
  await collectItems(store.list(''))
  expect(store.counts).toEqual({ put: 2, get: 1, stat: 1, list: 1, delete: 1 })
  store.reset()
  expect(store.counts).toEqual({ put: 0, get: 0, stat: 0, list: 0, delete: 0 })
})
