import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import type { Busy, Lease } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { scratchFolder } from './scratch-folder.ts'
import { indexIn } from './stores.ts'

const keyOf = (number: number): string => number.toString(16).padStart(64, '0')

function held(got: Lease | Busy): Lease {
  if ('busy' in got) throw new Error('It is busy.')
  return got
}

function rowsIn(project: string): number {
  using database = new DatabaseSync(path.join(project, '.cairn', 'cache.sqlite'), { readOnly: true })
  return Number(database.prepare('SELECT count(*) AS count FROM lease').get()?.['count'])
}

describe('the rows of leases', () => {
  it('go with their leases, but for one', async () => {
    using scratch = scratchFolder()
    await using index = indexIn(scratch.path)
    const leases: Lease[] = []
    for (let number = 0; number < 20; number++) leases.push(held(await index.acquire(keyOf(number), 'me')))
    expect(rowsIn(scratch.path)).toBe(20)
    for (const lease of leases) await lease.release()
    expect(rowsIn(scratch.path)).toBe(1)
  })

  it('never come back with a fence that their key had before', async () => {
    using scratch = scratchFolder()
    await using index = indexIn(scratch.path)
    const key = keyOf(1)
    let last = 0
    for (let round = 0; round < 5; round++) {
      const lease = held(await index.acquire(key, 'me'))
      expect(lease.fence).toBeGreaterThan(last)
      last = lease.fence
      await lease.release()
      expect(await lease.renew()).toBe(false)
    }
    const heir = held(await index.acquire(key, 'heir'))
    expect(await index.acquire(key, 'late', { takeOver: last })).toMatchObject({ busy: true, owner: 'heir' })
    expect(await heir.renew()).toBe(true)
  })
})
