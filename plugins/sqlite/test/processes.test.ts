import { setTimeout as sleep } from 'node:timers/promises'
import path from 'node:path'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'

import { describe, expect, it } from 'vitest'

import { linesOf, startProcess } from './child-process.ts'
import { scratchFolder } from './scratch-folder.ts'
import { indexIn, metadataIn } from './stores.ts'

const PROCESSES = 8

function integrity(project: string, file: string): unknown {
  const database = new DatabaseSync(path.join(project, '.cairn', file))
  try {
    return database.prepare('PRAGMA integrity_check').get()?.integrity_check
  } finally {
    database.close()
  }
}

describe('eight processes on one fresh file', () => {
  it('claim versions without losing or sharing one', { timeout: 60_000 }, async () => {
    using project = scratchFolder()
    const names = Array.from({ length: PROCESSES }, (_, i) => `p${i}`)
    const claimed = await Promise.all(
      names.map(async (name) => linesOf(startProcess('claim-versions.ts', project.path, name, '25'))),
    )
    const all = Array.from({ length: PROCESSES * 25 }, (_, i) => i + 1)
    expect(
      claimed
        .flat()
        .map(Number)
        .toSorted((a, b) => a - b),
    ).toEqual(all)
    await using store = metadataIn(project.path)
    for (const [i, name] of names.entries()) {
      const { items } = await store.query('stepRun', { where: { run: name } })
      const versions = new Set(items.map(({ invocation }) => invocation.slice(1, -2)))
      expect(items).toHaveLength(75)
      expect(versions).toEqual(new Set(claimed[i]))
    }
    const sequences = new Set<number>()
    for await (const { sequence } of store.changes(0)) sequences.add(sequence)
    expect(sequences.size).toBe(all.length)
  })

  it('agree on the entries of a cache index', { timeout: 60_000 }, async () => {
    using project = scratchFolder()
    const names = Array.from({ length: PROCESSES }, (_, i) => `p${i}`)
    const lines = await Promise.all(
      names.map(async (name) => linesOf(startProcess('put-entries.ts', project.path, name, '50'))),
    )
    await using index = indexIn(project.path)
    for (let i = 0; i < 50; i++) {
      const told = lines.map((own) => own[i]?.split(' ') ?? [])
      const stored = await index.get(`key-${i}`)
      expect(stored).toHaveLength(1)
      expect(new Set(told.map(([, id]) => id))).toEqual(new Set(stored.map(({ id }) => id)))
      expect(told.filter(([, , fence]) => Number(fence) > 0)).toHaveLength(1)
    }
    const shared = (await index.get('shared')).map(({ id }) => id)
    expect(new Set(shared).size).toBe(shared.length)
  })
})

describe('a process that is killed while it writes', () => {
  it('leaves every acknowledged batch whole and no other in part', { timeout: 120_000 }, async () => {
    using project = scratchFolder()
    const size = 7
    for (let round = 0; round < 24; round++) {
      const child = startProcess('write-batches.ts', project.path, `run-${round}`, String(size))
      const ended = linesOf(child)
      await once(child.stdout, 'data')
      await sleep(Math.random() * 40)
      child.kill('SIGKILL')
      const acknowledged = await ended
      await using store = metadataIn(project.path)
      const { items } = await store.query('stepRun', { where: { run: `run-${round}` }, limit: 1_000_000 })
      const batches = Map.groupBy(items, ({ invocation }) => invocation.split('-')[0])
      expect([...batches.values()].every((batch) => batch.length === size)).toBe(true)
      expect(acknowledged.length).toBeGreaterThan(0)
      expect(acknowledged.filter((batch) => !batches.has(batch))).toEqual([])
    }
    expect(integrity(project.path, 'metadata.sqlite')).toBe('ok')
  })
})
