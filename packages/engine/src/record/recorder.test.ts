import { setTimeout as sleep } from 'node:timers/promises'

import { MemoryMetadataStore, type RecordChange } from '@cairnml/core'
import { stepRunRecord } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import { Recorder } from './recorder.ts'

class BatchStore extends MemoryMetadataStore {
  readonly batches: (readonly RecordChange[])[] = []

  override async write(changes: readonly RecordChange[]): Promise<void> {
    this.batches.push(changes)
    await super.write(changes)
  }
}

const running = (invocation: string): ReturnType<typeof stepRunRecord> =>
  stepRunRecord({ invocation, status: 'running' })
const done = (invocation: string): ReturnType<typeof stepRunRecord> => stepRunRecord({ invocation, revision: 2 })

describe('Recorder', () => {
  it('writes what belongs together in one batch', async () => {
    const store = new BatchStore()
    const recorder = new Recorder(store)
    recorder.insert(running('a'))
    recorder.insert(running('b'))
    await recorder.flush()
    expect(store.batches).toHaveLength(1)
    expect((await store.query('stepRun')).items.map(({ invocation }) => invocation)).toEqual(['a', 'b'])
  })

  it('writes a record that is updated at once as one insert', async () => {
    const store = new BatchStore()
    const recorder = new Recorder(store)
    recorder.insert(running('a'))
    recorder.update(done('a'))
    expect(recorder.isPending('run-1.a')).toBe(true)
    await recorder.flush()
    expect(recorder.isPending('run-1.a')).toBe(false)
    expect((await store.query('stepRun')).items).toMatchObject([{ revision: 1, status: 'completed' }])
  })

  it('updates a record that is written already', async () => {
    const store = new BatchStore()
    const recorder = new Recorder(store)
    recorder.insert(running('a'))
    await recorder.flush()
    recorder.update(done('a'))
    await recorder.flush()
    expect((await store.query('stepRun')).items).toMatchObject([{ revision: 2, status: 'completed' }])
  })

  it('writes after a moment without being asked, and at once when there is much', async () => {
    const store = new BatchStore()
    const recorder = new Recorder(store)
    recorder.insert(running('a'))
    await expect.poll(() => store.batches.length).toBe(1)
    for (let at = 0; at < 600; at++) recorder.insert(running(`b${at}`))
    await recorder.flush()
    expect(store.batches.map((batch) => batch.length)).toEqual([1, 256, 256, 88])
  })

  it('writes nothing where nothing is queued', async () => {
    const store = new BatchStore()
    await new Recorder(store).flush()
    expect(store.batches).toEqual([])
  })

  it('says at the next flush, and at every later one, what could not be written', async () => {
    class FullStore extends MemoryMetadataStore {
      override write(): Promise<void> {
        return Promise.reject(new Error('disk full'))
      }
    }
    const recorder = new Recorder(new FullStore())
    recorder.insert(running('a'))
    await sleep(60)
    await expect(recorder.flush()).rejects.toThrow('disk full')
    await expect(recorder.flush()).rejects.toThrow('disk full')
  })
})
