import type { RecordChange, RecordKind, RecordNotice } from '@cairnml/core'

import type { Database } from '../database/database.ts'

/** Notices of one operation on records whose ids start alike: operation, kind, start, the ends of the ids. */
type Group = [op: keyof typeof OPERATIONS, kind: RecordKind, start: string, ...ends: string[]]

const OPERATIONS = { i: 'insert', u: 'update', d: 'delete' } as const
const PAGE = 64

/** What was written, one row per batch. */
export class ChangeLog {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Adds the notices of a batch; within its transaction. */
  append(changes: readonly RecordChange[]): void {
    const text = JSON.stringify(group(changes))
    this.#database.prepare('INSERT INTO change (notices) VALUES (?)').run(text)
  }

  /** Notices after a sequence number, a page at a time; empty at the end. */
  read(since: number): readonly RecordNotice[] {
    const sql = `SELECT sequence, notices FROM change WHERE sequence > ? ORDER BY sequence LIMIT ${PAGE}`
    return this.#database
      .prepare(sql)
      .all(since)
      .flatMap(({ sequence, notices }) => expand(Number(sequence), JSON.parse(String(notices)) as Group[]))
  }
}

function group(changes: readonly RecordChange[]): readonly Group[] {
  const groups: Group[] = []
  let last: Group | undefined
  for (const change of changes) {
    const op = change.op === 'insert' ? 'i' : change.op === 'update' ? 'u' : 'd'
    const id = change.op === 'delete' ? change.id : change.record.id
    const length = change.kind === 'stepRun' ? id.indexOf('.') + 1 : 0
    if (last === undefined || last[0] !== op || last[1] !== change.kind || !startsAlike(last[2], id, length)) {
      last = [op, change.kind, id.slice(0, length)]
      groups.push(last)
    }
    last.push(id.slice(length))
  }
  return groups
}

function startsAlike(start: string, id: string, length: number): boolean {
  return start.length === length && id.startsWith(start)
}

function expand(sequence: number, groups: readonly Group[]): RecordNotice[] {
  return groups.flatMap(([op, kind, start, ...ends]) =>
    ends.map((end): RecordNotice => ({ sequence, op: OPERATIONS[op], kind, id: start + end })),
  )
}
