import {
  blobKey,
  cachePrefix,
  logPrefix,
  logSegmentKey,
  MemoryArtifactStore,
  MemoryCacheIndex,
  pipeline,
  resultKey,
  step,
  type ObjectInfo,
  type OperationOptions,
} from '@cairnml/core'
import { resultManifest, stopAfterWrites, StopSwitch } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { keysIn, present, rejection, statuses, valueOf } from '../trial/trial.fixture.ts'
import { CacheTrial, pretendRunning } from './life-cycle.fixture.ts'
import { listEntries } from './list-entries.ts'
import { listResults } from './list-results.ts'
import { proposePrune, proposeRemoval, removeProposed } from './removal.ts'
import { GRACE_MS, LOG_GRACE_MS } from './sweep-content.ts'

const DAY = 24 * 60 * 60 * 1000

/** A store in which everything is as old as it is said to be. */
class AgingStore extends MemoryArtifactStore {
  ageMs = 0

  override async *list(prefix: string, options?: OperationOptions): AsyncIterable<ObjectInfo> {
    for await (const info of super.list(prefix, options)) {
      yield { ...info, lastModifiedMs: info.lastModifiedMs - this.ageMs }
    }
  }
}

async function remove(trial: CacheTrial, ...given: readonly string[]): Promise<void> {
  await removeProposed(trial.stores, await proposeRemoval(trial.stores, given))
}

describe('a removal of named entries', () => {
  it('says before what it frees, and frees it', async () => {
    const trial = new CacheTrial()
    await trial.chain()
    const proposed = await proposeRemoval(trial.stores, ['load'])
    expect(proposed).toMatchObject({ bytes: 1002, orphans: { objects: 0 }, kept: { entries: 2 }, liveRuns: [] })
    expect(proposed.entries.map(({ step }) => step)).toEqual(['load'])
    const before = await keysIn(trial.artifacts)
    expect(await removeProposed(trial.stores, proposed)).toEqual({ entries: 1, swept: { objects: 1, bytes: 1002 } })
    const gone = before.filter((key) => !proposed.results.some((result) => result.object === key))
    expect((await keysIn(trial.artifacts)).length).toBe(gone.length - 1)
    expect(await trial.index.get(present(proposed.entries[0]?.key))).toEqual([])
  })

  it('costs the next run only what was removed', async () => {
    const trial = new CacheTrial()
    await trial.chain()
    await remove(trial, 'load')
    expect(statuses(await trial.chain())).toEqual({ load: 'completed', lengths: 'cached', report: 'completed' })
    expect(statuses(await trial.chain())).toMatchObject({ load: 'cached', lengths: 'cached' })
  })

  it('takes starts of keys and ids, and nothing at all where one of them is wrong', async () => {
    const trial = new CacheTrial()
    await trial.chain()
    const entries = await listEntries(trial.stores)
    const load = present(entries.find(({ step }) => step === 'load'))
    const lengths = present(entries.find(({ step }) => step === 'lengths'))
    const named = await proposeRemoval(trial.stores, [present(load.key).slice(0, 12), lengths.id])
    expect(named.entries.map(({ step }) => step)).toEqual(['load', 'lengths'])
    await expect(proposeRemoval(trial.stores, ['load', 'lenghts'])).rejects.toMatchObject({
      code: 'CAIRN_CACHE_ENTRY_UNKNOWN',
      message: expect.stringContaining('Did you mean "lengths"?') as string,
    })
    // Ids sort by time: those of one run start alike.
    await expect(proposeRemoval(trial.stores, [load.id.slice(0, 6)])).rejects.toMatchObject({
      code: 'CAIRN_CACHE_ENTRY_AMBIGUOUS',
    })
  })

  it('keeps content that another result shares', async () => {
    const trial = new CacheTrial()
    await trial.chain()
    await trial.chain(1000, { refresh: ['load'] })
    const [first, second] = (await listEntries(trial.stores)).filter(({ step }) => step === 'load')
    expect([first?.shared, second?.shared]).toEqual([1002, 1002])
    const proposed = await proposeRemoval(trial.stores, [present(first).id])
    expect(proposed.bytes).toBe(0)
    await removeProposed(trial.stores, proposed)
    expect(statuses(await trial.chain())).toMatchObject({ load: 'cached' })
    await remove(trial, 'load')
    expect(statuses(await trial.chain())).toMatchObject({ load: 'completed' })
  })

  it('leaves past runs listed; loading what is gone says to run again', async () => {
    const trial = new CacheTrial()
    const run = await trial.chain()
    await remove(trial, 'load', 'report')
    expect((await trial.stepRecord(run.id, 'load')).outputs).toBeDefined()
    expect(await rejection(valueOf(run, 'report'))).toMatchObject({
      code: 'CAIRN_ARTIFACT_MISSING',
      hint: expect.stringContaining('Run the pipeline again') as string,
    })
  })

  it('undoes what a run put back into the index in between', async () => {
    class Healing extends MemoryArtifactStore {
      beforeDelete: () => Promise<unknown> = async () => undefined

      override async delete(key: string): Promise<void> {
        if (key.startsWith('cache/')) await this.beforeDelete()
        return super.delete(key)
      }
    }
    const artifactStore = new Healing()
    const trial = new CacheTrial({ artifactStore })
    await trial.chain()
    const proposed = await proposeRemoval(trial.stores, ['load'])
    artifactStore.beforeDelete = () => trial.chain()
    await removeProposed(trial.stores, proposed)
    expect(await trial.index.get(present(proposed.entries[0]?.key))).toEqual([])
    expect(await keysIn(trial.artifacts, cachePrefix('default', present(proposed.entries[0]?.key)))).toEqual([])
  })
})

describe('content that nothing refers to', () => {
  it('stays for a day, and for as long as a run goes on', async () => {
    const artifactStore = new AgingStore()
    const trial = new CacheTrial({ artifactStore })
    const run = await trial.chain()
    const orphan = blobKey('ab'.repeat(32))
    await artifactStore.put(orphan, Buffer.from('orphan'))
    expect((await proposePrune(trial.stores, {})).orphans).toEqual({ objects: 0, bytes: 0 })

    artifactStore.ageMs = GRACE_MS + 1000
    const proposed = await proposePrune(trial.stores, {})
    expect(proposed).toMatchObject({ entries: [], orphans: { objects: 1, bytes: 6 } })

    const end = await pretendRunning(trial.records, run.id)
    expect((await proposePrune(trial.stores, {})).liveRuns).toEqual([run.name])
    expect((await removeProposed(trial.stores, proposed)).swept).toEqual({
      objects: 0,
      bytes: 0,
      heldBack: { because: 'runs', runs: [run.name] },
    })
    expect(await artifactStore.stat(orphan)).toBeDefined()

    await end()
    expect((await removeProposed(trial.stores, proposed)).swept).toEqual({ objects: 1, bytes: 6 })
    expect(await artifactStore.stat(orphan)).toBeUndefined()
    expect(statuses(await trial.chain())).toMatchObject({ load: 'cached', lengths: 'cached' })
  })

  it('goes with the manifests of attempts that failed, which stay for a day as well', async () => {
    const artifactStore = new AgingStore()
    const trial = new CacheTrial({ artifactStore })
    await trial.chain()
    const failure = resultKey('r1', 'load', 1)
    for (const status of ['failed', 'cancelled', 'completed'] as const) {
      const object = status === 'failed' ? failure : resultKey('r1', status, 1)
      await artifactStore.put(object, Buffer.from(JSON.stringify(resultManifest({ status, outputs: {} }))))
    }
    expect((await proposePrune(trial.stores, {})).orphans.objects).toBe(0)
    artifactStore.ageMs = GRACE_MS + 1000
    const proposed = await proposePrune(trial.stores, {})
    expect(proposed).toMatchObject({ entries: [], orphans: { objects: 2 } })
    expect((await removeProposed(trial.stores, proposed)).swept.objects).toBe(2)
    expect(await keysIn(artifactStore, 'runs/r1/')).toEqual([resultKey('r1', 'completed', 1)])
  })

  it('has the log of a result, and those of failed attempts after 30 days', async () => {
    const artifactStore = new AgingStore()
    const trial = new CacheTrial({ artifactStore })
    const says = step({ name: 'says', output: z.number(), retry: { attempts: 2, delay: '1ms' } }).implement(
      (_args, { log, step: { attempt } }) => {
        log.info('hello')
        if (attempt === 1) throw new Error('once')
        return 1
      },
    )
    const run = await trial.run(pipeline({ name: 'saying', build: () => says() }))
    const logs = [1, 2].map((attempt) => logSegmentKey(logPrefix(run.id, 'says', attempt), 1))
    const logsLeft = async (): Promise<readonly string[]> =>
      (await keysIn(artifactStore, 'runs/')).filter((key) => key.endsWith('.ndjson'))
    expect(await logsLeft()).toEqual(logs)
    artifactStore.ageMs = GRACE_MS + 1000
    await removeProposed(trial.stores, await proposePrune(trial.stores, {}))
    expect(await logsLeft()).toEqual(logs)

    const [first] = (await listResults(artifactStore)).results
    expect(first?.content.map(({ key }) => key)).toContain(logs[1])
    await removeProposed(trial.stores, await proposePrune(trial.stores, { maxBytes: 0 }))
    expect(await logsLeft()).toEqual([logs[0]])
    artifactStore.ageMs = LOG_GRACE_MS + 1000
    await removeProposed(trial.stores, await proposePrune(trial.stores, {}))
    expect(await logsLeft()).toEqual([])
  })

  it('stays where it was put again after the result that is removed', async () => {
    const trial = new CacheTrial()
    await trial.chain()
    const proposed = await proposeRemoval(trial.stores, ['load'])
    const key = present(proposed.results[0]?.content[0]?.key)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await trial.artifacts.put(key, Buffer.from('again'))
    expect((await removeProposed(trial.stores, proposed)).swept).toEqual({ objects: 0, bytes: 0 })
    expect(await trial.artifacts.stat(key)).toBeDefined()
  })

  it('stays where a newer Cairn may refer to it', async () => {
    const trial = new CacheTrial()
    await trial.chain()
    const object = `cache/default/${'cd'.repeat(32)}/entry.json`
    await trial.artifacts.put(object, Buffer.from(JSON.stringify({ format: 2 })))
    const { swept } = await removeProposed(trial.stores, await proposeRemoval(trial.stores, ['load']))
    expect(swept.heldBack).toEqual({ because: 'unknown-results', objects: [object] })
  })

  it('is not everything, where a list cannot be read for the moment', async () => {
    class Failing extends MemoryArtifactStore {
      fails = false

      override async get(key: string): ReturnType<MemoryArtifactStore['get']> {
        if (this.fails && key.startsWith('trees/')) throw new Error('the network is down')
        return super.get(key)
      }
    }
    const artifactStore = new Failing()
    const trial = new CacheTrial({ artifactStore })
    await trial.chain()
    const proposed = await proposeRemoval(trial.stores, ['load'])
    artifactStore.fails = true
    await expect(removeProposed(trial.stores, proposed)).rejects.toThrow('the network is down')
    expect((await keysIn(artifactStore, 'blobs/')).length).toBe(4)
  })
})

describe('a prune', () => {
  it('goes by the last use, also of results that are kept for their run', async () => {
    const trial = new CacheTrial()
    await trial.chain()
    const later = Date.now() + 2 * DAY
    expect((await proposePrune(trial.stores, { olderThanMs: DAY })).entries).toEqual([])
    const { entries } = await proposePrune(trial.stores, { olderThanMs: DAY }, later)
    expect(entries.map(({ step, kind, reason }) => [step, kind, reason])).toEqual([
      ['load', 'reusable', 'age'],
      ['lengths', 'reusable', 'age'],
      ['report', 'run', 'age'],
    ])
    await new Promise((resolve) => setTimeout(resolve, 5))
    await trial.chain()
    const { startedAt } = await trial.lastRun()
    const used = await proposePrune(trial.stores, { olderThanMs: DAY }, startedAt + DAY)
    expect(used.entries.map(({ step }) => step)).toEqual(['report'])
  })

  it('keeps the newest of each step, and the rest goes', async () => {
    const trial = new CacheTrial()
    for (const size of [10, 20, 30]) await trial.chain(size)
    const proposed = await proposePrune(trial.stores, { keepLast: 1 })
    expect(proposed).toMatchObject({ kept: { entries: 3 } })
    expect(proposed.entries.map(({ reason }) => reason)).toEqual(Array.from({ length: 6 }, () => 'count'))
    await removeProposed(trial.stores, proposed)
    expect(statuses(await trial.chain(30))).toMatchObject({ load: 'cached', lengths: 'cached' })
    expect(statuses(await trial.chain(10))).toMatchObject({ load: 'completed', lengths: 'completed' })
  })

  it('leaves a state in which every hit is whole, after whichever deletion the process dies', async () => {
    for (let writes = 0; ; writes++) {
      const stores = { artifactStore: new MemoryArtifactStore(), cacheIndex: new MemoryCacheIndex() }
      const trial = new CacheTrial(stores)
      await trial.chain()
      const stop = new StopSwitch(writes)
      const stopping = {
        ...trial.stores,
        artifactStore: stopAfterWrites(stores.artifactStore, stop),
        cacheIndex: stopAfterWrites(stores.cacheIndex, stop),
      }
      const proposed = await proposePrune(trial.stores, { maxBytes: 0 })
      const ended = await removeProposed(stopping, proposed).then(
        () => true,
        () => false,
      )
      const run = await trial.chain()
      expect(await valueOf(run, 'report')).toEqual({ sum: 2500 })
      expect(statuses(await trial.chain())).toMatchObject({ load: 'cached', lengths: 'cached' })
      if (ended) return
      expect(writes).toBeLessThan(100)
    }
  })
})
