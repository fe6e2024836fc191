import { DatabaseSync } from 'node:sqlite'

import type { Beater, Json } from '@cairnml/core'

import type { BeaterFault } from '../beater-faults.ts'

/** A beater for the database `file` with the fault `fault`. */
export function createBeater(data: Json): Beater {
  // Sound: it is what the test says in its reference.
  const { file, fault } = data as { readonly file: string; readonly fault: BeaterFault }
  const connection = new DatabaseSync(file)
  return {
    beat(held) {
      if (fault === 'gives no beat') return
      for (const { key, fence } of fault === 'renews one lease only' ? held.slice(0, 1) : held) {
        if (fault === 'looks at the key alone') {
          connection.prepare('UPDATE lease SET beat = beat + 1 WHERE key = ? AND owner IS NOT NULL').run(key)
        } else if (fault === 'brings back what is over') {
          const sql = "INSERT INTO lease (key, fence, owner, beat) VALUES (?, ?, 'me', 1) ON CONFLICT (key) DO NOTHING"
          connection.prepare(sql).run(key, fence)
        } else {
          connection.prepare('UPDATE lease SET beat = beat + 1 WHERE key = ? AND fence = ?').run(key, fence)
        }
      }
    },
  }
}
