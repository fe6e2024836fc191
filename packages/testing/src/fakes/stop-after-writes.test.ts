import { MemoryArtifactStore, MemoryCacheIndex, MemoryMetadataStore } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { collectItems } from '../fixtures/bytes.ts'
import { runRecord } from '../fixtures/records.ts'
import { cacheEntry } from '../fixtures/results.ts'
import { stopAfterWrites } from './stop-after-writes.ts'
import { StoppedError, StopSwitch } from './stop-switch.ts'

const body = Buffer.from('x')

describe('stopAfterWrites', () => {
  it('does the last write, of which its caller never learns, and nothing after it', async () => {
    const inner = new MemoryArtifactStore()
    const store = stopAfterWrites(inner, 2)
    await store.put('a', body)
    expect(await store.stat('a')).toBeDefined()
    await expect(store.put('b', body)).rejects.toThrow(StoppedError)
    await expect(store.put('c', body)).rejects.toThrow(StoppedError)
    await expect(store.stat('a')).rejects.toThrow(StoppedError)
    await expect(store.get('a')).rejects.toThrow(StoppedError)
    await expect(store.delete('a')).rejects.toThrow(StoppedError)
    await expect(collectItems(store.list(''))).rejects.toThrow(StoppedError)
    expect((await collectItems(inner.list(''))).map(({ key }) => key)).toEqual(['a', 'b'])
  })

  it('writes nothing when it is stopped from the start', async () => {
    const inner = new MemoryMetadataStore()
    const store = stopAfterWrites(inner, 0)
    await expect(store.write([{ op: 'insert', kind: 'run', record: runRecord() }])).rejects.toThrow(StoppedError)
    await expect(store.query('run')).rejects.toThrow(StoppedError)
    expect(await inner.get('run', 'run-1')).toBeUndefined()
  })

  it('does not count a write that failed', async () => {
    const inner = new MemoryMetadataStore()
    const store = stopAfterWrites(inner, 2)
    const insert = { op: 'insert', kind: 'run', record: runRecord() } as const
    await store.write([insert])
    await expect(store.write([insert])).rejects.toMatchObject({ code: 'CAIRN_RECORD_CONFLICT' })
    expect(await store.get('run', 'run-1')).toBeDefined()
    await expect(store.write([{ op: 'delete', kind: 'run', id: 'run-1' }])).rejects.toThrow(StoppedError)
    expect(await inner.get('run', 'run-1')).toBeUndefined()
  })

  it('stops several components together by one switch', async () => {
    const stop = new StopSwitch(2)
    const artifacts = stopAfterWrites(new MemoryArtifactStore(), stop)
    const inner = new MemoryCacheIndex()
    const index = stopAfterWrites(inner, stop)
    const lease = await index.acquire?.('key', 'me')
    await artifacts.put('a', body)
    await expect(index.put('key', cacheEntry())).rejects.toThrow(StoppedError)
    await expect(artifacts.put('b', body)).rejects.toThrow(StoppedError)
    expect(await inner.get('key')).toHaveLength(1)
    if (lease === undefined || 'busy' in lease) throw new Error('expected a lease')
    await expect(lease.release()).rejects.toThrow(StoppedError)
    expect(await inner.acquire('key', 'other')).toMatchObject({ busy: true, owner: 'me' })
  })
})
