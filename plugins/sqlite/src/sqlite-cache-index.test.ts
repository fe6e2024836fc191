import { existsSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { describe, expect, it } from 'vitest'

import type { Busy, Lease } from '@cairnml/core'

import { entry } from '../test/records.ts'
import { scratchFolder } from '../test/scratch-folder.ts'
import { indexIn } from '../test/stores.ts'
import { createBeater } from './leases/lease-beater.ts'

const KEY = 'ab'.repeat(32)

function held(lease: Lease | Busy): Lease {
  if ('busy' in lease) throw new Error(`the lease is held by ${lease.owner}`)
  return lease
}

describe('an index without a file', () => {
  it('is empty, and is not made by reading it', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    expect(await index.get(KEY)).toEqual([])
    expect(await index.getMany([KEY, KEY])).toEqual([[], []])
    expect(await index.holder(KEY)).toBeUndefined()
    expect(existsSync(path.join(project.path, '.cairn'))).toBe(false)
    await using other = indexIn(project.path)
    await other.put(KEY, entry(KEY, 'e1'))
    expect(await index.get(KEY)).toEqual([entry(KEY, 'e1')])
  })
})

describe('entries', () => {
  it('are empty for a key that nobody wrote', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    expect(await index.get(KEY)).toEqual([])
    expect(await index.getMany([KEY, 'other'])).toEqual([[], []])
  })

  it('come back newest first, also through another index on the same file', async () => {
    using project = scratchFolder()
    await using one = indexIn(project.path)
    await using other = indexIn(project.path)
    await one.put(KEY, entry(KEY, 'e1'))
    await other.put(KEY, entry(KEY, 'e2'), { seen: 'e1' })
    expect(await one.get(KEY)).toEqual([entry(KEY, 'e2'), entry(KEY, 'e1')])
    expect(await one.getMany(['none', KEY, KEY])).toEqual([
      [],
      [entry(KEY, 'e2'), entry(KEY, 'e1')],
      [entry(KEY, 'e2'), entry(KEY, 'e1')],
    ])
  })

  it('keep metrics that JSON cannot hold, and lose undefined properties', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    const metrics = [
      { name: 'loss', value: Number.NaN },
      { name: 'best', value: -Infinity, step: 3 },
    ]
    await index.put(KEY, entry(KEY, 'e1', { metrics, error: undefined }))
    const [found] = await index.get(KEY)
    expect(found).toEqual(entry(KEY, 'e1', { metrics }))
    expect(Object.keys(found ?? {})).not.toContain('error')
  })

  it('are many at once', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    const keys = Array.from({ length: 2500 }, (_, i) => `key-${i}`)
    await Promise.all(keys.filter((_, i) => i % 2 === 0).map((key) => index.put(key, entry(key, 'e1'))))
    const found = await index.getMany(keys)
    expect(found.map((list) => list[0]?.key)).toEqual(keys.map((key, i) => (i % 2 === 0 ? key : undefined)))
  })
})

describe('put', () => {
  it('adopts the entry that somebody else added first', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    await index.put(KEY, entry(KEY, 'e1'))
    expect(await index.put(KEY, entry(KEY, 'e2'))).toEqual(entry(KEY, 'e1'))
    await index.put(KEY, entry(KEY, 'e3'), { seen: 'e1' })
    expect(await index.put(KEY, entry(KEY, 'e4'), { seen: 'e1' })).toEqual(entry(KEY, 'e3'))
    expect((await index.get(KEY)).map(({ id }) => id)).toEqual(['e3', 'e1'])
  })

  it('returns an entry whose id is there as it is', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    await index.put(KEY, entry(KEY, 'e1'))
    await index.put(KEY, entry(KEY, 'e2'), { seen: 'e1' })
    expect(await index.put(KEY, entry(KEY, 'e1', { attempt: 9 }))).toEqual(entry(KEY, 'e1'))
    expect(await index.get(KEY)).toHaveLength(2)
  })

  it('adds behind an entry that was seen and removed since', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    await index.put(KEY, entry(KEY, 'e1'))
    await index.put(KEY, entry(KEY, 'e2'), { seen: 'e1' })
    await index.remove(KEY, 'e2')
    expect((await index.put(KEY, entry(KEY, 'e3'), { seen: 'e2' })).id).toBe('e3')
    await index.remove(KEY, 'e1')
    expect((await index.get(KEY)).map(({ id }) => id)).toEqual(['e3'])
  })

  it('of many writers at once has one winner', async () => {
    using project = scratchFolder()
    await using one = indexIn(project.path)
    await using other = indexIn(project.path)
    const ids = Array.from({ length: 20 }, (_, i) => `e${i}`)
    const results = await Promise.all(ids.map((id, i) => (i % 2 ? one : other).put(KEY, entry(KEY, id))))
    const stored = await one.get(KEY)
    expect(stored).toHaveLength(1)
    expect(new Set(results.map(({ id }) => id))).toEqual(new Set(stored.map(({ id }) => id)))
  })

  it('is CAIRN_DATABASE_BUSY while another process holds the file, and works afterwards', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path, 50)
    await index.remove(KEY)
    const other = new DatabaseSync(path.join(project.path, '.cairn/cache.sqlite'))
    other.exec('BEGIN IMMEDIATE')
    await expect(index.put(KEY, entry(KEY, 'e1'))).rejects.toMatchObject({ code: 'CAIRN_DATABASE_BUSY' })
    await expect(index.acquire(KEY, 'me')).rejects.toMatchObject({ code: 'CAIRN_DATABASE_BUSY' })
    other.exec('ROLLBACK')
    other.close()
    expect((await index.put(KEY, entry(KEY, 'e1'))).id).toBe('e1')
  })

  it('is CAIRN_INDEX_WRITE when the entry cannot be stored, and earlier ones stay', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    await index.put('before', entry('before', 'e1'))
    const other = new DatabaseSync(path.join(project.path, '.cairn/cache.sqlite'))
    other.exec("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no room'); END")
    await expect(index.put(KEY, entry(KEY, 'e1'))).rejects.toMatchObject({
      code: 'CAIRN_INDEX_WRITE',
      details: { reason: 'no room' },
    })
    other.exec('DROP TRIGGER full')
    other.close()
    expect(await index.get('before')).toHaveLength(1)
    expect((await index.put(KEY, entry(KEY, 'e1'))).id).toBe('e1')
  })

  it('is refused when the signal was aborted', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(index.put(KEY, entry(KEY, 'e1'), { signal })).rejects.toThrow('enough')
    expect(await index.get(KEY)).toEqual([])
  })
})

describe('a look-up that fails', () => {
  it('is an error and never an empty answer', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    await index.put(KEY, entry(KEY, 'e1'))
    const other = new DatabaseSync(path.join(project.path, '.cairn/cache.sqlite'))
    other.exec('ALTER TABLE entry RENAME TO gone')
    other.close()
    await expect(index.get(KEY)).rejects.toMatchObject({ code: 'CAIRN_STORE_UNAVAILABLE' })
    await expect(index.getMany([KEY])).rejects.toMatchObject({ code: 'CAIRN_STORE_UNAVAILABLE' })
    await expect(index.remove(KEY)).rejects.toMatchObject({ code: 'CAIRN_INDEX_WRITE' })
  })
})

describe('remove', () => {
  it('takes one entry or all of a key, and is content with nothing', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    await index.put(KEY, entry(KEY, 'e1'))
    await index.put(KEY, entry(KEY, 'e2'), { seen: 'e1' })
    await index.remove(KEY, 'e1')
    await index.remove(KEY, 'e7')
    expect((await index.get(KEY)).map(({ id }) => id)).toEqual(['e2'])
    await index.remove(KEY)
    await index.remove(KEY)
    expect(await index.get(KEY)).toEqual([])
  })
})

describe('a lease', () => {
  it('is held by one owner until it is released, and its fence grows for ever', async () => {
    using project = scratchFolder()
    await using one = indexIn(project.path)
    await using other = indexIn(project.path)
    const first = held(await one.acquire(KEY, 'one'))
    const busy = await other.acquire(KEY, 'other')
    expect(busy).toMatchObject({ busy: true, owner: 'one', fence: first.fence })
    await first.release()
    const second = held(await other.acquire(KEY, 'other'))
    expect(second.fence).toBeGreaterThan(first.fence)
    await second.release()
    expect(held(await one.acquire(KEY, 'one')).fence).toBeGreaterThan(second.fence)
    expect(held(await one.acquire('another key', 'one')).fence).toBeGreaterThan(0)
  })

  it('moves its beat with every renewal', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    const lease = held(await index.acquire(KEY, 'one'))
    const beats: number[] = []
    for (let i = 0; i < 3; i++) {
      const busy = await index.acquire(KEY, 'other')
      if ('busy' in busy) beats.push(busy.beat)
      expect(await lease.renew()).toBe(true)
    }
    expect(new Set(beats).size).toBe(3)
  })

  it('is taken over by its fence alone, and the dead holder notices', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    const dead = held(await index.acquire(KEY, 'dead'))
    expect(await index.acquire(KEY, 'heir', { takeOver: dead.fence + 1 })).toMatchObject({ busy: true, owner: 'dead' })
    const heir = held(await index.acquire(KEY, 'heir', { takeOver: dead.fence }))
    expect(await index.acquire(KEY, 'late', { takeOver: dead.fence })).toMatchObject({ busy: true, owner: 'heir' })
    expect(await dead.renew()).toBe(false)
    await dead.release()
    expect(await heir.renew()).toBe(true)
    await heir.release()
    expect(await heir.renew()).toBe(false)
  })

  it('is renewed by the beater over a connection of its own, which never makes a file', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path, 50)
    const { file, busyTimeoutMs } = { file: path.join(project.path, '.cairn/cache.sqlite'), busyTimeoutMs: 50 }
    expect(index.beater()).toEqual({
      module: expect.stringMatching(/lease-beater\.ts$/),
      data: { file, busyTimeoutMs },
    })
    const beater = createBeater(index.beater().data)
    expect(() => beater.beat([{ key: KEY, fence: 1 }])).toThrow('unable to open')
    expect(existsSync(file)).toBe(false)
    const { fence } = held(await index.acquire(KEY, 'one'))
    const before = await index.holder(KEY)
    await beater.beat([{ key: KEY, fence }])
    expect((await index.holder(KEY))?.beat).toBe((before?.beat ?? 0) + 1)
  })

  it('gets no beat while another connection writes for longer than the busy timeout, and the next one after it', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path, 50)
    const { fence } = held(await index.acquire(KEY, 'one'))
    const beater = createBeater(index.beater().data)
    const other = new DatabaseSync(path.join(project.path, '.cairn/cache.sqlite'))
    other.exec('BEGIN IMMEDIATE')
    expect(() => beater.beat([{ key: KEY, fence }])).toThrow('locked')
    const before = await index.holder(KEY)
    other.exec('ROLLBACK')
    other.close()
    await beater.beat([{ key: KEY, fence }])
    expect((await index.holder(KEY))?.beat).not.toBe(before?.beat)
  })

  it('and entries can be asked for at the same time', async () => {
    using project = scratchFolder()
    await using index = indexIn(project.path)
    await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const key = `key-${i % 10}`
        const lease = await index.acquire(key, `owner-${i}`)
        await index.put(key, entry(key, `e${i}`))
        expect(await index.get(key)).toHaveLength(1)
        if (!('busy' in lease)) await lease.release()
      }),
    )
  })
})

describe('an index that is closed', () => {
  it('ends the work that was asked for and refuses more', async () => {
    using project = scratchFolder()
    const index = indexIn(project.path)
    const puts = Array.from({ length: 5 }, (_, i) => index.put(`k${i}`, entry(`k${i}`, 'e1')))
    await Promise.all(puts)
    await index[Symbol.asyncDispose]()
    await expect(index.get(KEY)).rejects.toMatchObject({ code: 'CAIRN_STORE_UNAVAILABLE' })
    await using again = indexIn(project.path)
    expect(await again.getMany(['k0', 'k4'])).toEqual([[entry('k0', 'e1')], [entry('k4', 'e1')]])
  })
})
