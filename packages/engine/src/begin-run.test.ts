import {
  external,
  InlineOrchestrator,
  LAYOUT_VERSION,
  MemoryArtifactStore,
  MemoryCacheIndex,
  pipeline,
  readWhole,
  step,
  type CacheIndex,
  type ObjectBody,
  type OperationOptions,
  type PutOptions,
  type PutResult,
  type StepInvocation,
} from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { keysIn, Trial } from './trial/trial.fixture.ts'

const LAYOUT = 'cairn-store.json'
const one = step({ name: 'one', output: z.number() }).implement(() => 1)
const two = step({ name: 'two', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => x + 1)
const p = pipeline({ name: 'p', build: () => two({ x: one() }) })

class Preparing extends InlineOrchestrator {
  readonly prepared: { readonly run: StepInvocation['run']; readonly options: OperationOptions | undefined }[] = []

  async prepare(run: StepInvocation['run'], options?: OperationOptions): Promise<void> {
    this.prepared.push({ run, options })
  }
}

describe('a cache index without leases', () => {
  it('is said once by a run that keeps results', async () => {
    const index = new MemoryCacheIndex()
    const cacheIndex: CacheIndex = {
      name: 'plain',
      type: 'plain',
      get: (key) => index.get(key),
      getMany: (keys) => index.getMany(keys),
      put: (key, entry, options) => index.put(key, entry, options),
      remove: (key, entry) => index.remove(key, entry),
    }
    const trial = new Trial({ cacheIndex })
    const said = 'Other processes may do equal work at the same time: the cache index plain gives no leases.'
    const kept = await trial.linesOf(() => trial.run(p))
    expect(kept.filter((line) => line === said)).toHaveLength(1)
    expect(await trial.linesOf(() => trial.run(p, {}, { cache: 'off' }))).not.toContain(said)
  })
})

describe('the orchestrator of a run', () => {
  it('is prepared once, and only if a step really executes', async () => {
    const orchestrator = new Preparing()
    const trial = new Trial({ orchestrator })
    const { id, name } = await trial.run(p)
    expect(orchestrator.prepared.map(({ run }) => run)).toEqual([{ id, name, pipeline: 'p' }])
    await trial.run(p)
    expect(orchestrator.prepared).toHaveLength(1)
  })

  it('is told by a signal when the run is cancelled', async () => {
    const orchestrator = new Preparing()
    const trial = new Trial({ orchestrator })
    const controller = new AbortController()
    const stops = step({ name: 'stops' }).implement(() => controller.abort())
    const running = trial.run(pipeline({ name: 'p', build: () => stops() }), {}, { signal: controller.signal })
    await expect(running).rejects.toMatchObject({ code: 'CAIRN_RUN_CANCELLED' })
    expect(orchestrator.prepared[0]?.options?.signal?.aborted).toBe(true)
  })
})

describe('an artifact store', () => {
  it('is marked with its layout before anything else is put, once', async () => {
    const order: string[] = []
    class Noting extends MemoryArtifactStore {
      override put(key: string, body: ObjectBody, options?: PutOptions): Promise<PutResult> {
        order.push(key)
        return super.put(key, body, options)
      }
    }
    const trial = new Trial({ artifactStore: new Noting() })
    const given = pipeline({ name: 'given', inputs: { x: z.number() }, build: ({ x }) => two({ x }) })
    await trial.run(given, { x: external(z.number(), 3) })
    await trial.run(p)
    expect(order[0]).toBe(LAYOUT)
    expect(order.filter((key) => key === LAYOUT)).toHaveLength(1)
    const mark = await readWhole(trial.artifacts, LAYOUT)
    expect(JSON.parse(Buffer.from(mark ?? []).toString())).toEqual({ layout: LAYOUT_VERSION })
  })

  it('of another layout is refused before anything is recorded', async () => {
    const trial = new Trial()
    await trial.artifacts.put(LAYOUT, Buffer.from('{"layout":99}'))
    await expect(trial.run(p)).rejects.toMatchObject({ code: 'CAIRN_STORE_LAYOUT' })
    await expect(trial.plan(p)).rejects.toMatchObject({ code: 'CAIRN_STORE_LAYOUT' })
    expect(await trial.runRecords()).toEqual([])
    expect(await keysIn(trial.artifacts)).toEqual([LAYOUT])
  })
})
