import {
  blobKey,
  isRef,
  list,
  materializer,
  MemoryCacheIndex,
  pipeline,
  step,
  treeKey,
  type ArtifactRef,
  type CacheEntry,
} from '@cairnml/core'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { keysIn, present, statuses, Trial, valueOf } from '../trial/trial.fixture.ts'

const pair = materializer<readonly [string, string]>({
  name: 'pair',
  version: 1,
  write: async ([a, b], files) => {
    await files.write('a.txt', a)
    await files.write('deep/b.txt', b)
  },
  read: async (files) => [await files.text('a.txt'), await files.text('deep/b.txt')],
})

const one = step({ name: 'one', output: z.number() }).implement((_args, { metric, metadata }) => {
  metric('accuracy', 0.5, 1)
  metadata({ rows: 3 })
  return 1
})
const next = step({ name: 'next', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => x + 1)
const chain = pipeline({ name: 'chain', build: () => next({ x: one() }) })
const folder = step({ name: 'folder', output: pair }).implement(() => ['a', 'b'] as const)
const many = step({ name: 'many', output: list(z.number()) }).implement(() => [1, 2])
const shapes = pipeline({ name: 'shapes', build: () => [folder(), many()] })

async function outputOf(trial: Trial, run: string, invocation: string): Promise<ArtifactRef> {
  const output = present((await trial.stepRecord(run, invocation)).outputs?.['output'])
  if (!isRef(output)) throw new Error('It is a list.')
  return output
}

describe('a result whose output is gone', () => {
  it('is made again, and those below are reused as the bytes are the same', async () => {
    const trial = new Trial()
    const { id } = await trial.run(chain)
    await trial.artifacts.delete(blobKey((await outputOf(trial, id, 'one')).digest))
    expect(statuses(await trial.run(chain))).toEqual({ one: 'completed', next: 'cached' })
    expect(statuses(await trial.run(chain))).toEqual({ one: 'cached', next: 'cached' })
  })

  it('is made again when its blob was cut short, and is whole then', async () => {
    const trial = new Trial()
    const { id } = await trial.run(chain)
    const { digest } = await outputOf(trial, id, 'next')
    await trial.artifacts.put(blobKey(digest), new Uint8Array(0))
    const run = await trial.run(chain)
    expect(statuses(run)).toEqual({ one: 'cached', next: 'completed' })
    await expect(valueOf(run, 'next')).resolves.toBe(2)
    expect((await trial.run(chain)).status).toBe('cached')
  })

  it.each(['folder', 'many'])('is made again when a part of it is gone: %s', async (name) => {
    const trial = new Trial()
    const { id } = await trial.run(shapes)
    const { digest } = await outputOf(trial, id, name)
    const other = name === 'folder' ? 'many' : 'folder'
    for (const key of await keysIn(trial.artifacts, `trees/`)) {
      if (key !== treeKey(digest)) continue
      await trial.artifacts.delete(key)
      expect(statuses(await trial.run(shapes))).toEqual({ [name]: 'completed', [other]: 'cached' })
    }
    for (const key of await keysIn(trial.artifacts, 'blobs/')) {
      await trial.artifacts.delete(key)
      expect(Object.values(statuses(await trial.run(shapes)))).toContain('completed')
      expect((await trial.run(shapes)).status).toBe('cached')
    }
  })
})

describe('state that is lost', () => {
  it('costs nothing when it is the index: it is healed from the artifact store', async () => {
    const trial = new Trial()
    await trial.run(chain)
    const healed = new MemoryCacheIndex()
    const put = vi.spyOn(healed, 'put')
    const later = new Trial({ artifactStore: trial.artifacts, metadataStore: trial.records, cacheIndex: healed })
    expect((await later.run(chain)).status).toBe('cached')
    expect(put).toHaveBeenCalledTimes(2)
    put.mockClear()
    expect((await later.run(chain)).status).toBe('cached')
    expect(put).not.toHaveBeenCalled()
  })

  it('costs nothing when it is the metadata store', async () => {
    const trial = new Trial()
    await trial.run(chain)
    const later = new Trial({ artifactStore: trial.artifacts, cacheIndex: trial.index })
    const run = await later.run(chain)
    expect(run).toMatchObject({ status: 'cached', version: 1 })
    await expect(valueOf(run, 'next')).resolves.toBe(2)
  })

  it('costs nothing when all is lost but the artifact store, and the parts of keys are known again', async () => {
    const trial = new Trial()
    await trial.run(chain)
    const later = new Trial({ artifactStore: trial.artifacts })
    expect((await later.run(chain)).status).toBe('cached')
    const trees = async (of: Trial): Promise<unknown> =>
      (await of.records.query('keyTree')).items.map(({ id, tree }) => ({ id, tree }))
    expect(await trees(later)).toEqual(await trees(trial))
  })

  it('leaves the index alone where the run keeps nothing', async () => {
    const trial = new Trial()
    await trial.run(chain)
    const index = new MemoryCacheIndex()
    const put = vi.spyOn(index, 'put')
    const later = new Trial({ artifactStore: trial.artifacts, cacheIndex: index })
    expect((await later.run(chain, {}, { cache: 'read' })).status).toBe('cached')
    expect(put).not.toHaveBeenCalled()
  })

  it('is looked for in the artifact store when what the index knows is gone', async () => {
    const trial = new Trial()
    const { id } = await trial.run(chain)
    const record = await trial.stepRecord(id, 'next')
    const [entry] = await trial.index.get(present(record.key))
    const gone: CacheEntry = {
      ...present(entry),
      id: '0',
      outputs: { output: { ...(await outputOf(trial, id, 'next')), digest: '0'.repeat(64) } },
    }
    const index = new MemoryCacheIndex()
    await index.put(gone.key, gone)
    const later = new Trial({ artifactStore: trial.artifacts, cacheIndex: index })
    expect((await later.run(chain)).status).toBe('cached')
    expect((await index.get(gone.key)).map((known) => known.id)).toEqual([present(entry).id, '0'])
  })

  it('is not replaced by what is no entry', async () => {
    const trial = new Trial()
    await trial.run(chain)
    for (const key of await keysIn(trial.artifacts, 'cache/')) {
      await trial.artifacts.put(key, Buffer.from('{"format":1'))
      await trial.artifacts.put(key.replace(/[^/]+$/, 'x.json'), Buffer.from('{"format":1,"key":"other"}'))
      await trial.artifacts.put(key.replace(/[^/]+$/, 'y.json'), Buffer.from('null'))
    }
    const later = new Trial({ artifactStore: trial.artifacts })
    expect(statuses(await later.run(chain))).toEqual({ one: 'completed', next: 'completed' })
  })
})
