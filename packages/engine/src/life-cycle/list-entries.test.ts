import { treeKey } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { keysIn, present } from '../trial/trial.fixture.ts'
import { CacheTrial } from './life-cycle.fixture.ts'
import { listEntries } from './list-entries.ts'
import { measureCache } from './measure.ts'

describe('listEntries', () => {
  it('tells of every result its size, what it saves, who made it and how it was used', async () => {
    const trial = new CacheTrial()
    const first = await trial.chain()
    const second = await trial.chain()
    const entries = await listEntries(trial.stores)
    expect(entries.map(({ step, kind, reuses }) => [step, kind, reuses])).toEqual([
      ['load', 'reusable', 1],
      ['lengths', 'reusable', 1],
      ['report', 'run', 0],
      ['report', 'run', 0],
    ])
    const [load, lengths, report] = entries
    expect(load).toMatchObject({
      key: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      size: 1002,
      shared: 0,
      run: { id: first.id, name: first.name, pipeline: 'chain' },
      lastUsedAt: (await trial.stepRecord(second.id, 'load')).startedAt,
    })
    expect(present(load).savesMs).toBeGreaterThanOrEqual(0)
    expect(present(load).madeAt).toBeLessThanOrEqual(present(load).lastUsedAt)
    // The list itself, and two different numbers.
    const tree = (await keysIn(trial.artifacts, 'trees/'))[0]
    const treeSize = present(await trial.artifacts.stat(present(tree))).size
    expect(present(lengths).size).toBe(treeSize + 4 + 3)
    expect(report).toMatchObject({ size: 12, shared: 12 })
    expect(report).not.toHaveProperty('key')
  })

  it('passes over what is damaged, in another place, or failed', async () => {
    const trial = new CacheTrial()
    await trial.chain()
    const [entry] = await keysIn(trial.artifacts, 'cache/')
    const elsewhere = `cache/default/${'ab'.repeat(32)}/x.json`
    const body = Buffer.concat(await Array.fromAsync(present(await trial.artifacts.get(present(entry)))))
    await trial.artifacts.put(elsewhere, body)
    await trial.artifacts.put(`cache/default/${'ab'.repeat(32)}/y.json`, Buffer.from('{'))
    await trial.artifacts.put(`cache/default/${'ab'.repeat(32)}/z.json`, Buffer.from('null'))
    await trial.artifacts.put('runs/r/i/1/result.json', Buffer.from('{"format":1,"status":"failed","outputs":{}}'))
    expect((await listEntries(trial.stores)).length).toBe(3)
  })

  it('counts nothing of a list that is gone', async () => {
    const trial = new CacheTrial()
    await trial.chain()
    for (const key of await keysIn(trial.artifacts, 'trees/')) await trial.artifacts.delete(key)
    expect((await listEntries(trial.stores)).map(({ step, size }) => [step, size])).toContainEqual(['lengths', 0])
  })

  it('is empty without asking for records where nothing is stored', async () => {
    const trial = new CacheTrial()
    trial.records.query = () => Promise.reject(new Error('there is no database'))
    expect(await listEntries(trial.stores)).toEqual([])
    expect(await measureCache(trial.stores, 10)).toMatchObject({ entries: 0, recent: { runs: 0, steps: [] } })
  })
})

describe('measureCache', () => {
  it('counts shared content once, says what nothing refers to, and what reuse did', async () => {
    const trial = new CacheTrial()
    await trial.chain()
    await trial.chain()
    await trial.chain(1000, { refresh: ['load'] })
    const [tree] = await keysIn(trial.artifacts, 'trees/')
    const treeSize = present(await trial.artifacts.stat(present(tree))).size
    await trial.artifacts.put(treeKey('ab'.repeat(32)), Buffer.from('12345'))
    const measure = await measureCache(trial.stores, 2)
    expect(measure).toMatchObject({
      entries: 3,
      runResults: 3,
      bytes: 1002 + treeSize + 4 + 3 + 12,
      unreferenced: { objects: 1, bytes: 5 },
      recent: {
        runs: 2,
        steps: [
          { step: 'lengths', hits: 2, misses: 0, uncached: 0 },
          { step: 'load', hits: 1, misses: 1, uncached: 0, savedMs: expect.any(Number) as number },
          { step: 'report', hits: 0, misses: 0, uncached: 2, savedMs: 0 },
        ],
      },
    })
    expect((await measureCache(trial.stores, 100)).recent).toMatchObject({ runs: 3 })
  })

  it('tells the time saved also by entries that are gone', async () => {
    const trial = new CacheTrial()
    const { id } = await trial.chain()
    const made = await trial.stepRecord(id, 'load')
    const slow = { ...made, endedAt: made.startedAt + 5000, revision: made.revision + 1 }
    await trial.records.write([{ op: 'update', kind: 'stepRun', record: slow }])
    await trial.chain()
    for (const key of await keysIn(trial.artifacts, 'cache/')) await trial.artifacts.delete(key)
    const { recent } = await measureCache(trial.stores, 1)
    expect(recent.steps.find(({ step }) => step === 'load')).toMatchObject({ hits: 1, savedMs: 5000 })
  })
})
