import { existsSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import type { RecordNotice } from '@cairnml/core'

import { insert, keyTree, pipeline, run, stepRun, update, version } from '../test/records.ts'
import { scratchFolder } from '../test/scratch-folder.ts'
import { metadataIn } from '../test/stores.ts'
import type { SqliteMetadataStore } from './sqlite-metadata-store.ts'

async function noticesOf(store: SqliteMetadataStore, since = 0): Promise<readonly RecordNotice[]> {
  const notices: RecordNotice[] = []
  for await (const notice of store.changes(since)) notices.push(notice)
  return notices
}

describe('a store without a file', () => {
  it('is empty, refuses what any store refuses, and is not made by reading it', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    expect(await store.get('run', 'r1')).toBeUndefined()
    expect(await store.query('run')).toEqual({ items: [] })
    expect(await noticesOf(store)).toEqual([])
    await expect(store.query('run', { where: { nonsense: 1 } as never })).rejects.toMatchObject({
      code: 'CAIRN_RECORD_QUERY',
    })
    expect(existsSync(path.join(project.path, '.cairn'))).toBe(false)
    await using other = metadataIn(project.path)
    await other.write([insert('run', run('r1'))])
    expect(await store.get('run', 'r1')).toEqual(run('r1'))
  })
})

describe('a batch of records', () => {
  it('is seen by another store on the same file', async () => {
    using project = scratchFolder()
    await using one = metadataIn(project.path)
    await using other = metadataIn(project.path)
    await one.write([insert('run', run('r1')), insert('stepRun', stepRun('r1', 'load'))])
    expect(await other.get('run', 'r1')).toEqual(run('r1'))
    expect(await other.get('stepRun', 'r1.load')).toEqual(stepRun('r1', 'load'))
  })

  it('is left out whole when one change conflicts, and the next batch is written', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    await store.write([insert('pipeline', pipeline('Train'))])
    const batch = [insert('stepRun', stepRun('r1', 'load')), insert('pipeline', pipeline('Train'))]
    await expect(store.write(batch)).rejects.toMatchObject({
      code: 'CAIRN_RECORD_CONFLICT',
      details: { kind: 'pipeline', id: 'train', reason: 'it exists already' },
    })
    expect(await store.get('stepRun', 'r1.load')).toBeUndefined()
    await store.write([insert('stepRun', stepRun('r2', 'load'))])
    expect(await store.get('stepRun', 'r2.load')).toEqual(stepRun('r2', 'load'))
    expect((await noticesOf(store)).map(({ id }) => id)).toEqual(['train', 'r2.load'])
  })

  it('without changes writes nothing', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    await store.write([])
    expect(await noticesOf(store)).toEqual([])
  })

  it('is refused when the signal was aborted', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(store.write([insert('run', run('r1'))], { signal })).rejects.toThrow('enough')
    expect(await store.get('run', 'r1')).toBeUndefined()
  })
})

describe('a conflict', () => {
  it.each([
    ['an id that exists', insert('run', run('r1', { nameKey: 'other' })), 'r1', 'it exists already'],
    ['a step run that exists', insert('stepRun', stepRun('r1', 'load')), 'r1.load', 'it exists already'],
    ['a key tree that exists', insert('keyTree', keyTree('ab'.repeat(32))), 'ab'.repeat(32), 'it exists already'],
    [
      'a unique field that is taken',
      insert('run', run('r2', { nameKey: 'run-r1' })),
      'r2',
      'another record has the same nameKey',
    ],
    [
      'unique fields that are taken together',
      insert('pipelineVersion', version('train', 1, { id: 'other', structure: 'new' })),
      'other',
      'another record has the same pipeline and version',
    ],
    ['an update of a missing record', update('run', run('r9', { revision: 2 })), 'r9', 'it does not exist'],
    [
      'an update of another revision',
      update('run', run('r1', { revision: 3 })),
      'r1',
      'revision 3 follows 2, but 1 is stored',
    ],
    [
      'a step run whose id is not made of run and invocation',
      insert('stepRun', stepRun('r1', 'fit', { id: 'x' })),
      'x',
      'its id is not r1.fit',
    ],
    [
      'a step run whose id is that of another one',
      insert('stepRun', stepRun('r1.load', 'more')),
      'r1.load.more',
      'it exists already',
    ],
  ])('is %s', async (_, change, id, reason) => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    await store.write([
      insert('run', run('r1')),
      insert('stepRun', stepRun('r1', 'load')),
      insert('stepRun', stepRun('r1', 'load.more')),
      insert('keyTree', keyTree('ab'.repeat(32))),
      insert('pipelineVersion', version('train', 1)),
    ])
    await expect(store.write([change])).rejects.toMatchObject({
      code: 'CAIRN_RECORD_CONFLICT',
      details: { kind: change.kind, id, reason },
    })
  })

  it('between two stores leaves one winner', async () => {
    using project = scratchFolder()
    await using one = metadataIn(project.path)
    await using other = metadataIn(project.path)
    await one.write([insert('run', run('r1'))])
    await one.write([update('run', run('r1', { revision: 2, status: 'completed', endedAt: 5 }))])
    await expect(other.write([update('run', run('r1', { revision: 2, status: 'failed' }))])).rejects.toMatchObject({
      code: 'CAIRN_RECORD_CONFLICT',
    })
    expect(await other.get('run', 'r1')).toEqual(run('r1', { revision: 2, status: 'completed', endedAt: 5 }))
  })
})

describe('a record', () => {
  it('is replaced by an update, also where properties disappear', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    const before = stepRun('r1', 'fit', { endedAt: 2, key: 'k', params: { a: 1 }, uncacheable: 'it reads a clock' })
    const after = stepRun('r1', 'fit', { revision: 2, status: 'failed' })
    await store.write([insert('stepRun', before), update('stepRun', after)])
    expect(await store.get('stepRun', 'r1.fit')).toEqual(after)
  })

  it('is gone after a delete, and a delete of nothing is no fault', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    await store.write([insert('run', run('r1')), insert('stepRun', stepRun('r1', 'fit'))])
    await store.write([
      { op: 'delete', kind: 'run', id: 'r1' },
      { op: 'delete', kind: 'stepRun', id: 'r1.fit' },
      { op: 'delete', kind: 'stepRun', id: 'r7.fit' },
    ])
    expect(await store.get('run', 'r1')).toBeUndefined()
    expect(await store.get('stepRun', 'r1.fit')).toBeUndefined()
  })

  it('comes back without properties that were undefined', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    await store.write([
      insert('stepRun', stepRun('r1', 'fit', { key: undefined, params: undefined, error: undefined })),
    ])
    expect(Object.keys((await store.get('stepRun', 'r1.fit')) ?? {}).toSorted()).toEqual(
      Object.keys(stepRun('r1', 'fit')).toSorted(),
    )
  })

  it('keeps metrics that JSON cannot hold', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    const metrics = [Number.NaN, Infinity, -Infinity, -0, 0.1].map((value) => ({ name: 'loss', value }))
    await store.write([insert('stepRun', stepRun('r1', 'fit', { metrics }))])
    expect((await store.get('stepRun', 'r1.fit'))?.metrics).toEqual(metrics)
  })
})

describe('changes', () => {
  it('tell of every batch in order, with its number', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    const steps = ['a', 'b', 'c'].map((name) => insert('stepRun', stepRun('r1', name)))
    await store.write([insert('run', run('r1')), ...steps, insert('stepRun', stepRun('r2', 'a'))])
    await store.write([
      update('run', run('r1', { revision: 2 })),
      update('stepRun', stepRun('r1', 'b', { revision: 2 })),
      { op: 'delete', kind: 'stepRun', id: 'r1.c' },
    ])
    const notices = await noticesOf(store)
    expect(notices.map(({ op, kind, id }) => `${op} ${kind} ${id}`)).toEqual([
      'insert run r1',
      'insert stepRun r1.a',
      'insert stepRun r1.b',
      'insert stepRun r1.c',
      'insert stepRun r2.a',
      'update run r1',
      'update stepRun r1.b',
      'delete stepRun r1.c',
    ])
    const [first, last] = [notices[0]?.sequence ?? 0, notices.at(-1)?.sequence ?? 0]
    expect(new Set(notices.map(({ sequence }) => sequence))).toEqual(new Set([first, last]))
    expect(await noticesOf(store, first)).toEqual(notices.slice(5))
    expect(await noticesOf(store, last)).toEqual([])
  })

  it('are told over more batches than are read at once', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    for (let i = 0; i < 150; i++) await store.write([insert('stepRun', stepRun('r1', `s${i}`))])
    expect((await noticesOf(store)).map(({ id }) => id)).toEqual(Array.from({ length: 150 }, (_, i) => `r1.s${i}`))
  })
})

describe('a store that is closed', () => {
  it('refuses to be used', async () => {
    using project = scratchFolder()
    const store = metadataIn(project.path)
    await store.get('run', 'r1')
    await store[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
    await expect(store.get('run', 'r1')).rejects.toMatchObject({ code: 'CAIRN_STORE_UNAVAILABLE' })
  })
})
