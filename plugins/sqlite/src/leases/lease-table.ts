import type { Busy } from '@cairnml/core'

import type { Database } from '../database/database.ts'
import { BEAT_SQL } from './beat-sql.ts'

/** The row that remembers the highest fence of all that were removed; no key is empty. */
const REMOVED = ''
const TAKE = `
  INSERT INTO lease (key, fence, owner, beat)
  VALUES (?, 1 + coalesce((SELECT fence FROM lease WHERE key = '${REMOVED}'), 0), ?, 1)
  ON CONFLICT (key) DO UPDATE SET fence = fence + 1, owner = excluded.owner, beat = beat + 1
  WHERE owner IS NULL OR fence = ?
  RETURNING fence`
const HOLDER = 'SELECT owner, beat, fence FROM lease WHERE key = ? AND owner IS NOT NULL'
const RELEASE = 'DELETE FROM lease WHERE key = ? AND fence = ?'
const REMEMBER = `
  INSERT INTO lease (key, fence, owner, beat) VALUES ('${REMOVED}', ?, NULL, 0)
  ON CONFLICT (key) DO UPDATE SET fence = max(fence, excluded.fence)`

/**
 * Who works on which key: a row for each lease that is held, also by the dead until somebody needs their key. The fence of
 * a key only grows, as no new row begins below one that was removed; fence and beat together never come back to an
 * earlier value. Without an owner the lease is free.
 */
export class LeaseTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** The fence of the new lease, or who holds it. `takeOver` names the fence of a lease that is taken although held. */
  take(key: string, owner: string, takeOver: number | undefined): number | Busy {
    return this.#database.transaction('take a lease', () => {
      const taken = this.#database.prepare(TAKE).get(key, owner, takeOver ?? null)
      if (taken !== undefined) return Number(taken.fence)
      const busy = this.#holder(key)
      if (busy === undefined) throw new Error(`The lease of ${key} is free and could not be taken.`)
      return busy
    })
  }

  /** Who holds a lease; `undefined` where nobody does. */
  holder(key: string): Busy | undefined {
    return this.#database.guard('read a lease', () => this.#holder(key))
  }

  /** Moves the beat; false where the lease of this fence is not held. */
  beat(key: string, fence: number): boolean {
    return this.#database.guard('renew a lease', () => this.#database.prepare(BEAT_SQL).run(key, fence).changes > 0)
  }

  /** Frees the lease of this fence, if it is held. */
  release(key: string, fence: number): void {
    this.#database.transaction('release a lease', () => {
      const { changes } = this.#database.prepare(RELEASE).run(key, fence)
      if (changes > 0) this.#database.prepare(REMEMBER).run(fence)
    })
  }

  #holder(key: string): Busy | undefined {
    const row = this.#database.prepare(HOLDER).get(key)
    if (row === undefined) return undefined
    return { busy: true, owner: String(row.owner), beat: Number(row.beat), fence: Number(row.fence) }
  }
}
