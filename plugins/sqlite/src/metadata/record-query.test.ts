import { describe, expect, it } from 'vitest'

import { MemoryMetadataStore, type RecordKind, type RecordQuery } from '@cairnml/core'
import fc from 'fast-check'

import { insert, run, stepRun } from '../../test/records.ts'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { metadataIn } from '../../test/stores.ts'
import type { SqliteMetadataStore } from '../sqlite-metadata-store.ts'

async function idsOf<K extends RecordKind>(store: SqliteMetadataStore, kind: K, query: RecordQuery<K>) {
  const { items } = await store.query(kind, query)
  return items.map(({ id }) => id)
}

const RUNS = [
  run('r1', { pipeline: 'train', status: 'completed', startedAt: 30, nameKey: 'nightly-1' }),
  run('r2', { pipeline: 'eval', status: 'failed', startedAt: 10, nameKey: 'nightly-2' }),
  run('r3', { pipeline: 'train', status: 'failed', startedAt: 20, nameKey: 'manual' }),
  run('r4', { pipeline: 'train', version: 2, status: 'failed', startedAt: 20, nameKey: 'nightly-10' }),
]

describe('a query', () => {
  it.each<[string, RecordQuery<'run'>, string[]]>([
    ['gives everything in the order of insertion', {}, ['r1', 'r2', 'r3', 'r4']],
    ['filters by equality', { where: { pipeline: 'train', status: 'failed' } }, ['r3', 'r4']],
    ['filters by a prefix', { where: { nameKey: { prefix: 'nightly-1' } } }, ['r1', 'r4']],
    ['filters by a range with both ends', { where: { startedAt: { from: 10, to: 20 } } }, ['r2', 'r3', 'r4']],
    ['ignores filters that are undefined', { where: { pipeline: undefined, version: 2 } }, ['r4']],
    ['finds nothing where the type differs', { where: { version: '2' } }, []],
    [
      'orders equal values by insertion',
      { orderBy: { field: 'startedAt', direction: 'asc' } },
      ['r2', 'r3', 'r4', 'r1'],
    ],
    [
      'orders equal values by insertion backwards',
      { orderBy: { field: 'startedAt', direction: 'desc' } },
      ['r1', 'r4', 'r3', 'r2'],
    ],
    ['stops at the limit', { limit: 2 }, ['r1', 'r2']],
  ])('%s', async (_, query, expected) => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    await store.write(RUNS.map((record) => insert('run', record)))
    expect(await idsOf(store, 'run', query)).toEqual(expected)
  })

  it('of step runs understands runs and invocations that are stored as numbers', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    const places = [
      ['r2', 'b'],
      ['r1', 'b'],
      ['r1', 'a'],
      ['r10', 'a'],
    ] as const
    await store.write(places.map(([of, name], position) => insert('stepRun', stepRun(of, name, { position }))))
    const by = { field: 'run', direction: 'desc' } as const
    expect(await idsOf(store, 'stepRun', { where: { run: 'r1' } })).toEqual(['r1.b', 'r1.a'])
    expect(await idsOf(store, 'stepRun', { where: { invocation: 'a' } })).toEqual(['r1.a', 'r10.a'])
    expect(await idsOf(store, 'stepRun', { where: { run: { prefix: 'r1' } } })).toEqual(['r1.b', 'r1.a', 'r10.a'])
    expect(await idsOf(store, 'stepRun', { orderBy: by, limit: 3 })).toEqual(['r2.b', 'r10.a', 'r1.a'])
    expect(await idsOf(store, 'stepRun', { where: { run: 'r7' } })).toEqual([])
  })

  it.each<[string, object]>([
    ['a field without an index', { where: { tags: 'x' } }],
    ['a field of the prototype', { where: { constructor: 'x' } }],
    ['an order without an index', { orderBy: { field: 'endedAt', direction: 'asc' } }],
    ['a cursor that is none', { cursor: 'nonsense' }],
    ['a limit of zero', { limit: 0 }],
    ['a limit that is no number', { limit: Number.NaN }],
  ])('with %s is refused', async (_, query) => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    await expect(store.query('run', query)).rejects.toMatchObject({ code: 'CAIRN_RECORD_QUERY' })
  })

  it('refuses the cursor of a query with another order, and a kind that does not exist', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    await store.write(RUNS.map((record) => insert('run', record)))
    const { cursor } = await store.query('run', { orderBy: { field: 'startedAt', direction: 'asc' }, limit: 1 })
    await expect(store.query('run', { cursor })).rejects.toMatchObject({ code: 'CAIRN_RECORD_QUERY' })
    await expect(store.query('steps' as 'run')).rejects.toMatchObject({ code: 'CAIRN_RECORD_QUERY' })
  })

  it('goes on behind its cursor although records come and go', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    await store.write(RUNS.map((record) => insert('run', record)))
    const query: RecordQuery<'run'> = { orderBy: { field: 'startedAt', direction: 'desc' }, limit: 2 }
    const first = await store.query('run', query)
    await store.write([{ op: 'delete', kind: 'run', id: 'r4' }, insert('run', run('r5', { startedAt: 99 }))])
    const second = await store.query('run', { ...query, cursor: first.cursor })
    expect(first.items.map(({ id }) => id)).toEqual(['r1', 'r4'])
    expect(second.items.map(({ id }) => id)).toEqual(['r3', 'r2'])
    expect(second.cursor).toBeUndefined()
  })
})

describe('any query', () => {
  const text = fc.constantFrom('a', 'ab', 'b', 'r1', 'r10', 'r2', '')
  const number = fc.integer({ min: 0, max: 5 })
  const scalar = fc.oneof(text, number)
  const filter = fc.oneof(
    scalar,
    fc.record({ prefix: text }),
    fc.record({ from: scalar, to: scalar }, { requiredKeys: [] }),
    fc.constant(undefined),
  )
  const field = fc.constantFrom('run', 'invocation', 'position', 'entryOf')
  const query = fc.record(
    {
      where: fc.dictionary(field, filter, { maxKeys: 2 }),
      orderBy: fc.record({ field, direction: fc.constantFrom('asc', 'desc') }),
      limit: fc.integer({ min: 1, max: 6 }),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<RecordQuery<'stepRun'>>

  it('is answered as the reference store answers it, page by page', async () => {
    using project = scratchFolder()
    await using store = metadataIn(project.path)
    const reference = new MemoryMetadataStore()
    const batch = ['r1', 'r10', 'r2', 'ab'].flatMap((of, i) =>
      ['a', 'b', 'ab'].map((name, j) =>
        insert(
          'stepRun',
          stepRun(of, name, { position: (i + j) % 5, entryOf: [undefined, 'a', 'ab'][(2 * i + j) % 3] }),
        ),
      ),
    )
    for (const target of [store, reference]) await target.write(batch)
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        let [mine, theirs] = [await store.query('stepRun', asked), await reference.query('stepRun', asked)]
        for (;;) {
          expect(mine.items).toEqual(theirs.items)
          expect(mine.cursor === undefined).toBe(theirs.cursor === undefined)
          if (mine.cursor === undefined) return
          mine = await store.query('stepRun', { ...asked, cursor: mine.cursor })
          theirs = await reference.query('stepRun', { ...asked, cursor: theirs.cursor })
        }
      }),
      { numRuns: 500 },
    )
  })
})
