import type { Busy } from '@cairnml/core'

import type { Database } from '../database/database.ts'

const TAKE = `
  INSERT INTO lease (key, fence, owner, beat) VALUES (?, 1, ?, 1)
  ON CONFLICT (key) DO UPDATE SET fence = fence + 1, owner = excluded.owner, beat = beat + 1
  WHERE owner IS NULL OR fence = ?
  RETURNING fence`
const HOLDER = 'SELECT owner, beat, fence FROM lease WHERE key = ?'
const BEAT = 'UPDATE lease SET beat = beat + 1 WHERE key = ? AND fence = ? AND owner IS NOT NULL'
const RELEASE = 'UPDATE lease SET owner = NULL WHERE key = ? AND fence = ?'

/**
 * Who works on which key. A row stays for ever, so that the fence of a key only grows; fence and beat together never
 * come back to an earlier value. Without an owner the lease is free.
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
      const holder = this.#database.prepare(HOLDER).get(key)
      return { busy: true, owner: String(holder?.owner), beat: Number(holder?.beat), fence: Number(holder?.fence) }
    })
  }

  /** Moves the beat; false where the lease of this fence is not held. */
  beat(key: string, fence: number): boolean {
    return this.#database.guard('renew a lease', () => this.#database.prepare(BEAT).run(key, fence).changes > 0)
  }

  /** Frees the lease of this fence, if it is held. */
  release(key: string, fence: number): void {
    this.#database.guard('release a lease', () => this.#database.prepare(RELEASE).run(key, fence))
  }
}
