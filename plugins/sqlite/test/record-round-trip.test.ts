import { describe, expect, it } from 'vitest'

import type { RecordKind } from '@cairnml/core'
import fc from 'fast-check'

import { RECORDS } from './record-arbitraries.ts'
import { insert, update } from './records.ts'
import { scratchFolder } from './scratch-folder.ts'
import { metadataIn } from './stores.ts'

describe('a record of any kind', () => {
  it.each(Object.keys(RECORDS) as RecordKind[])(
    '%s comes back equal, from get, from a query, and after an update',
    async (kind) => {
      using project = scratchFolder()
      await using store = metadataIn(project.path)
      await fc.assert(
        fc.asyncProperty(RECORDS[kind], RECORDS[kind], async (first, second) => {
          await store.write([insert(kind, first)])
          expect(await store.get(kind, first.id)).toEqual(first)
          const changed = { ...second, ...identity(first), revision: first.revision + 1 }
          await store.write([update(kind, changed)])
          const { items } = await store.query(kind)
          expect(items).toEqual([changed])
          await store.write([{ op: 'delete', kind, id: first.id }])
          expect(await store.get(kind, first.id)).toBeUndefined()
        }),
        { numRuns: 200 },
      )
    },
  )
})

function identity(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => ['id', 'run', 'invocation'].includes(name)))
}
