import { blobKey, MemoryArtifactStore, pipeline, runReportKey, step, type ArtifactStore } from '@cairnml/core'
import { CountingArtifactStore, stopAfterWrites, StopSwitch } from '@cairnml/testing'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { syncRuns } from '../sync/sync-runs.ts'
import { keysIn, NamedCode, present, type Trial } from '../trial/trial.fixture.ts'
import { executed, push, sideOf, whole } from './push.fixture.ts'

let from: Trial
let to: Trial
let code: NamedCode
beforeEach(() => {
  code = new NamedCode()
  from = sideOf('here', code)
  to = sideOf('there', code)
})

async function bytesOf(store: ArtifactStore, key: string): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(present(await store.get(key))))
}

async function contentOf(store: ArtifactStore): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const key of await keysIn(store)) found.set(key, (await bytesOf(store, key)).toString('latin1'))
  return found
}

describe('pushArtifacts', () => {
  it('copies all of a run, and the next run there reuses everything that can be', async () => {
    await from.run(whole)
    const pushed = await push(from, to)
    expect(pushed).toMatchObject({
      from: 'here',
      to: 'there',
      shared: [],
      results: { copied: 3, present: 0 },
      reports: { copied: 1 },
      keys: { added: 2, present: 0, kept: 0 },
      refused: [],
    })
    expect(await contentOf(to.artifacts)).toEqual(await contentOf(from.artifacts))
    expect(await executed(to)).toEqual(['report'])
  })

  it('finds nothing to copy the second time, and reads no content for that', async () => {
    await from.run(whole)
    await push(from, to)
    const counting = new CountingArtifactStore(from.artifacts)
    const again = await push(sideOf('here', code, { ...parts(from), artifactStore: counting }), to)
    expect(again).toMatchObject({
      results: { copied: 0, present: 3 },
      objects: { copied: 0, bytes: 0 },
      reports: { copied: 0, present: 1 },
      keys: { added: 0, present: 2 },
    })
    // The layout mark.
    expect(counting.counts.get).toBe(1)
  })

  it('copies with a run that reused results those results, and the reports of the runs that made them', async () => {
    const made = await from.run(whole)
    const reused = await from.run(whole)
    await push(from, to, { what: { runs: [reused.id], stepRuns: [], artifacts: [] } })
    for (const { id } of [made, reused]) expect(await to.artifacts.stat(runReportKey(id))).toBeDefined()
    expect(await executed(to)).toEqual(['report'])
    await Array.fromAsync(syncRuns({ stack: to.stack, environment: { fallbackDirs: [] } }))
    const { origin } = await to.stepRecord(reused.id, 'split')
    expect(await to.records.get('stepRun', present(origin))).toMatchObject({ run: made.id, status: 'completed' })
  })

  it('copies what a run reused where the index, shared with another stack, names the result of that one', async () => {
    const answer = step({ name: 'answer', output: z.number() }).implement(() => 42)
    const asking = pipeline({ name: 'asking', build: () => answer() })
    const beside = sideOf('beside', code, { cacheIndex: from.index, metadataStore: from.records })
    await from.run(asking)
    await beside.run(asking)
    const reused = await from.run(asking)
    expect(await from.stepRecord(reused.id, 'answer')).toMatchObject({ status: 'cached' })
    const pushed = await push(from, to)
    expect(pushed).toMatchObject({ results: { copied: 1 }, keys: { added: 1 }, refused: [] })
    const there = await to.run(asking)
    expect(await to.stepRecord(there.id, 'answer')).toMatchObject({ status: 'cached' })
  })

  it('copies the result of one step, and its log', async () => {
    const { id } = await from.run(whole)
    const pushed = await push(from, to, { what: { runs: [], stepRuns: [`${id}.split`], artifacts: [] } })
    expect(pushed).toMatchObject({ results: { copied: 1 }, keys: { added: 1 } })
    expect(await keysIn(to.artifacts, `runs/${id}/split/1/log/`)).toHaveLength(1)
    expect(await executed(to)).toEqual(['fit', 'report'])
  })

  it('copies every reusable result, also of zones that are not looked up', async () => {
    await from.run(whole)
    const [object = ''] = await keysIn(from.artifacts, 'cache/')
    const zoned = object.replace('cache/default/', 'cache/team/')
    await from.artifacts.put(zoned, await bytesOf(from.artifacts, object))
    expect(await push(from, to, { what: 'all' })).toMatchObject({ results: { copied: 3 }, keys: { added: 2 } })
    expect(await to.artifacts.stat(zoned)).toBeDefined()
    expect(await executed(to)).toEqual(['report'])
  })

  it('lets the result be reused there that is reused here, whichever others are under its key', async () => {
    const first = await from.run(whole)
    await from.run(whole, {}, { refresh: ['split', 'fit'] })
    await push(from, to, { what: 'all' })
    await push(from, to, { what: { runs: [first.id], stepRuns: [], artifacts: [] } })
    const [key = ''] = (await keysIn(from.artifacts, 'cache/')).map((object) => object.split('/')[2])
    expect((await to.index.get(key))[0]?.id).toBe((await from.index.get(key))[0]?.id)
    expect(await executed(to)).toEqual(['report'])
  })

  it('moves what is reused there on when it has moved on here', async () => {
    await from.run(whole)
    await push(from, to)
    await from.run(whole, {}, { refresh: ['split'] })
    expect(await push(from, to)).toMatchObject({ keys: { added: 2 } })
    expect(await executed(to)).toEqual(['report'])
  })

  it('leaves the results that the other stack has made itself', async () => {
    await to.run(whole)
    await from.run(whole)
    expect(await push(from, to)).toMatchObject({ keys: { kept: 1, added: 1 } })
    expect(await executed(to)).toEqual(['report'])
  })

  it('writes nothing in a dry run, and says what it would copy', async () => {
    await from.run(whole)
    const would = await push(from, to, { dryRun: true })
    expect(await keysIn(to.artifacts)).toEqual([])
    expect(would).toEqual(await push(from, to))
  })

  it('refuses what is damaged or gone, names it, and copies the rest', async () => {
    const { id } = await from.run(whole)
    const { outputs } = await from.stepRecord(id, 'fit')
    const key = blobKey(present(outputs?.['output']).digest)
    await from.artifacts.put(key, Buffer.from('x'.repeat(present(await from.artifacts.stat(key)).size)))
    const damaged = await push(from, to)
    expect(damaged.refused).toMatchObject([
      { step: 'fit', problem: expect.stringMatching(/^CAIRN_ARTIFACT_CORRUPT: .*another digest/) as string },
    ])
    expect(damaged).toMatchObject({ results: { copied: 2 }, keys: { added: 1 } })
    expect(await to.artifacts.stat(key)).toBeUndefined()
    await from.artifacts.delete(key)
    expect(await push(from, to)).toMatchObject({ refused: [{ step: 'fit' }], results: { copied: 0, present: 2 } })
    expect(await executed(to)).toEqual(['fit', 'report'])
  })

  it.each(['{', 'null', '{"format":2}', '{"format":1,"status":"completed","outputs":{"a":{"digest":"../x"}}}'])(
    'refuses the manifest %j',
    async (text) => {
      await from.run(whole)
      const [object = ''] = await keysIn(from.artifacts, 'cache/')
      await from.artifacts.put(object, Buffer.from(text))
      const { refused } = await push(from, to)
      expect(refused).toMatchObject([{ object, problem: expect.stringContaining('CAIRN_ARTIFACT_CORRUPT') as string }])
    },
  )

  it('makes the report of a run whose process could not, or whose report is damaged, from the records', async () => {
    const { id } = await from.run(whole)
    for (const body of ['{}', undefined]) {
      if (body === undefined) await from.artifacts.delete(runReportKey(id))
      else await from.artifacts.put(runReportKey(id), Buffer.from(body))
      const target = sideOf('there', code)
      expect(await push(from, target)).toMatchObject({ reports: { copied: 1 }, refused: [] })
      const synced = await Array.fromAsync(syncRuns({ stack: target.stack, environment: { fallbackDirs: [] } }))
      expect(synced).toMatchObject([{ kind: 'imported', run: { id } }])
    }
  })

  it('puts content again that nothing over there refers to, and that may be about to be cleaned up', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      await from.run(whole)
      for (const key of await keysIn(from.artifacts, 'blobs/'))
        await to.artifacts.put(key, await bytesOf(from.artifacts, key))
      const before = (await push(from, to, { dryRun: true })).objects
      vi.setSystemTime(Date.now() + 11 * 60 * 1000)
      await push(from, to)
      expect(before.present).toBe((await keysIn(from.artifacts, 'blobs/')).length)
      for await (const { lastModifiedMs } of to.artifacts.list('blobs/')) expect(lastModifiedMs).toBe(Date.now())
    } finally {
      vi.useRealTimers()
    }
  })

  it('fills an index of its own where both stacks have one artifact store', async () => {
    await from.run(whole)
    const beside = sideOf('beside', code, { artifactStore: from.artifacts })
    expect(await push(from, beside)).toMatchObject({ results: { copied: 0, present: 3 }, keys: { added: 2 } })
  })

  it('has nothing to do between a stack and itself', async () => {
    await from.run(whole)
    expect(await push(from, from)).toMatchObject({
      shared: ['artifactStore', 'cacheIndex', 'metadataStore'],
      results: { copied: 0, present: 0 },
    })
  })

  it('is CAIRN_RUN_UNKNOWN where nothing has run', async () => {
    await expect(push(from, to)).rejects.toMatchObject({ code: 'CAIRN_RUN_UNKNOWN' })
  })

  it('stops when it is told to, with nothing half written, and goes on from there', async () => {
    await from.run(whole)
    const abort = new AbortController()
    const stopped = push(from, to, { signal: abort.signal, onProgress: () => abort.abort(new Error('enough')) })
    await expect(stopped).rejects.toThrow('enough')
    expect(await executedAfterPush()).toEqual(['report'])
  })

  async function executedAfterPush(): Promise<readonly string[]> {
    await push(from, to)
    return executed(to)
  }

  it('may be done by several at once', async () => {
    await from.run(whole)
    await Promise.all([push(from, to), push(from, to), push(from, to, { what: 'all' })])
    expect(await contentOf(to.artifacts)).toEqual(await contentOf(from.artifacts))
    expect(await executed(to)).toEqual(['report'])
  })
})

describe('keys that count environment variables', () => {
  const counted = (): object => {
    const read = step({ name: 'read', output: z.number(), env: ['PUSH_TEST'] }).implement(() => 1)
    return pipeline({ name: 'counted', build: () => read() })
  }

  it('are not put into an index that hashes under another secret, and are told', async () => {
    vi.stubEnv('PUSH_TEST', 'a')
    await from.run(counted())
    expect(await push(from, to)).toMatchObject({ unreachable: 1, keys: { added: 0 }, results: { copied: 1 } })
    vi.unstubAllEnvs()
  })

  it('are like all others where the variable is not set', async () => {
    vi.stubEnv('PUSH_TEST', undefined)
    await from.run(counted())
    expect(await push(from, to)).toMatchObject({ unreachable: 0, keys: { added: 1 } })
    vi.unstubAllEnvs()
  })
})

describe('a push that dies', () => {
  it('after any write leaves what the next one completes, and nothing that refers to what is missing', async () => {
    await from.run(whole)
    for (let writes = 0; ; writes++) {
      const target = sideOf('there', code)
      const stop = new StopSwitch(writes)
      const dying = sideOf('there', code, {
        artifactStore: stopAfterWrites(target.artifacts, stop),
        metadataStore: target.records,
        cacheIndex: stopAfterWrites(target.index, stop),
      })
      await push(from, dying).catch(() => undefined)
      const source = await contentOf(from.artifacts)
      for (const [key, text] of await contentOf(target.artifacts)) expect(text, key).toBe(source.get(key))
      const left = await push(target, sideOf('third', code), { what: 'all' })
      expect(left.refused, `after ${writes} writes`).toEqual([])
      await push(from, target)
      expect(await executed(target)).toEqual(['report'])
      if (!stop.isStopped) return
    }
  })

  it('or any other state over there is completed', async () => {
    await from.run(whole)
    const source = await contentOf(from.artifacts)
    const keys = [...source.keys()]
    await fc.assert(
      fc.asyncProperty(fc.subarray(keys), fc.subarray(keys), async (there, short) => {
        const target = sideOf('there', code, { artifactStore: new MemoryArtifactStore() })
        for (const key of there) {
          const isCut = short.includes(key) && /^(?:blobs|trees|cache)/.test(key)
          const text = present(source.get(key))
          await target.artifacts.put(key, Buffer.from(isCut ? text.slice(1) : text, 'latin1'))
        }
        const pushed = await push(from, target)
        expect(pushed.refused).toEqual([])
        expect(await contentOf(target.artifacts)).toEqual(source)
        expect(await executed(target)).toEqual(['report'])
        expect(await push(from, target)).toMatchObject({ results: { copied: 0 }, objects: { copied: 0 } })
      }),
      { numRuns: 60 },
    )
  })
})

function parts({ artifacts, records, index }: Trial): object {
  return { artifactStore: artifacts, metadataStore: records, cacheIndex: index }
}
