import { describe, expect, it } from 'vitest'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { assertObjectKey } from '../artifact-store/object-key.ts'
import { readWhole } from './blob.ts'
import {
  blobKey,
  cachePrefix,
  checkLayout,
  entryKey,
  markLayout,
  reportedRunOf,
  resultKey,
  runReportKey,
  treeKey,
} from './layout.ts'

const digest = 'ab'.repeat(32)

describe('the places of objects', () => {
  it('are frozen: stores of all machines share them', () => {
    expect(blobKey(digest)).toBe(`blobs/sha256/ab/${digest}`)
    expect(treeKey(digest)).toBe(`trees/sha256/ab/${digest}`)
    expect(cachePrefix('z', digest)).toBe(`cache/z/${digest}/`)
    expect(entryKey('z', digest, 'e1')).toBe(`cache/z/${digest}/e1.json`)
    expect(resultKey('r1', 'inner.scale_2', 3)).toBe('runs/r1/inner.scale_2/3/result.json')
    expect(runReportKey('r1')).toBe('runs/r1/run.json')
  })

  it('tell the report of a run from everything else', () => {
    expect(reportedRunOf(runReportKey('r1'))).toBe('r1')
    for (const key of [resultKey('r1', 'run.json', 1), 'runs/run.json', 'x/runs/r1/run.json', 'runs/r1/run.json/x']) {
      expect(reportedRunOf(key)).toBeUndefined()
    }
  })

  it('are valid keys', () => {
    for (const key of [blobKey(digest), treeKey(digest), entryKey('z', digest, 'e'), resultKey('r', 's', 1)]) {
      expect(() => assertObjectKey(key)).not.toThrow()
    }
  })
})

describe('checkLayout', () => {
  it('tells a store without a mark from a marked one and writes nothing', async () => {
    const store = new MemoryArtifactStore()
    expect(await checkLayout(store)).toBe(false)
    expect(await readWhole(store, 'cairn-store.json')).toBeUndefined()
    await markLayout(store)
    expect(Buffer.from((await readWhole(store, 'cairn-store.json')) ?? '').toString()).toBe('{"layout":1}\n')
    expect(await checkLayout(store)).toBe(true)
  })

  it.each([
    ['{"layout":2}', '2'],
    ['{"layout":"1"}', '1'],
    ['{}', 'none'],
    ['null', 'none'],
    ['[1]', 'none'],
    ['', 'none, its mark is not JSON'],
    ['<html>', 'none, its mark is not JSON'],
  ])('refuses a store that is marked with %j', async (mark, found) => {
    const store = new MemoryArtifactStore('main')
    await store.put('cairn-store.json', Buffer.from(mark))
    await expect(checkLayout(store)).rejects.toMatchObject({
      code: 'CAIRN_STORE_LAYOUT',
      details: { store: 'main', found, known: 1 },
    })
  })
})
