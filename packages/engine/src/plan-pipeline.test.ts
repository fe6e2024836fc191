import {
  external,
  MemoryCacheIndex,
  MemoryMetadataStore,
  optional,
  pipeline,
  step,
  type CacheEntry,
  type PutEntryOptions,
  type RecordChange,
  type StepSource,
} from '@cairnml/core'
import { CountingArtifactStore } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import type { RunPlan } from './plan-pipeline.ts'
import { NamedCode, Trial } from './trial/trial.fixture.ts'

const load = step({ name: 'load', output: z.number() }).implement(() => 1)
const decide = step({ name: 'decide', params: z.object({ yes: z.boolean() }), output: z.boolean() }).implement(
  ({ yes }) => yes,
)
const train = step({
  name: 'train',
  params: z.object({ gamma: z.number().default(1) }),
  inputs: { x: z.number(), note: optional(z.number()) },
  output: z.number(),
}).implement(({ gamma, x }) => gamma * x)
const training = pipeline({
  name: 'training',
  params: z.object({ gamma: z.number().default(1) }),
  build: ({ gamma }) => train({ gamma, x: load() }),
})

function states(plan: RunPlan): Record<string, string> {
  return Object.fromEntries(plan.steps.map(({ id, state, on }) => [id, [state, ...on].join(' ')]))
}

/** A stack in which every write is counted. */
class CountedTrial extends Trial {
  readonly counting: CountingArtifactStore
  readonly writes: () => number

  constructor(of: Trial) {
    let count = 0
    class Records extends MemoryMetadataStore {
      override write(changes: readonly RecordChange[]): Promise<void> {
        count += 1
        return super.write(changes)
      }
    }
    class Index extends MemoryCacheIndex {
      override put(key: string, entry: CacheEntry, options?: PutEntryOptions): Promise<CacheEntry> {
        count += 1
        return super.put(key, entry, options)
      }
    }
    const counting = new CountingArtifactStore(of.artifacts)
    super({ artifactStore: counting, metadataStore: new Records(), cacheIndex: new Index(), code: of.code })
    this.counting = counting
    this.writes = () => count + counting.counts.put + counting.counts.delete
  }
}

describe('planPipeline', () => {
  it('says that everything runs in an empty stack', async () => {
    const plan = await new Trial().plan(training)
    expect(plan).toMatchObject({ pipeline: 'training', version: undefined })
    expect(states(plan)).toEqual({ load: 'runs', train: 'runs' })
    const reason = 'no earlier entry'
    expect(plan.steps[1]).toMatchObject({ step: 'train', label: 'train', params: { gamma: 1 }, reason })
  })

  it('says what is reused and what changed, without doing anything', async () => {
    const trial = new Trial()
    await trial.run(training)
    const lines = trial.lines.length
    expect(await trial.plan(training)).toMatchObject({ version: 1 })
    expect(states(await trial.plan(training))).toEqual({ load: 'reused', train: 'reused' })
    expect(states(await trial.plan(training, { gamma: 2 }))).toEqual({ load: 'reused', train: 'runs' })
    expect(states(await trial.plan(training, {}, { refresh: ['load'] }))).toEqual({
      load: 'runs',
      train: 'depends load',
    })
    expect(states(await trial.plan(training, {}, { cache: 'off' }))).toEqual({ load: 'runs', train: 'runs' })
    expect(trial.lines).toHaveLength(lines)
    expect(await trial.runRecords()).toHaveLength(1)
  })

  it('is right about what a run does next', async () => {
    const trial = new Trial()
    await trial.run(training)
    const plan = await trial.plan(training, { gamma: 3 })
    const run = await trial.run(training, { gamma: 3 })
    expect(states(plan)).toEqual({ load: 'reused', train: 'runs' })
    expect(run.steps['train']?.status).toBe('completed')
    expect((await trial.stepRecord(run.id, 'train')).key).toBe(plan.steps[1]?.key)
  })

  it('writes nothing, whatever is lost', async () => {
    const trial = new Trial()
    const p = pipeline({ name: 'p', inputs: { x: z.number() }, build: ({ x }) => [train({ x }), train({ x: load() })] })
    const args = { x: external(z.number(), 5) }
    await trial.run(p, args)
    for (const of of [trial, new Trial()]) {
      const counted = new CountedTrial(of)
      await counted.plan(p, args)
      expect(counted.writes()).toBe(0)
    }
    expect(states(await new CountedTrial(trial).plan(p, args))).toEqual({
      train: 'reused',
      load: 'reused',
      train_2: 'reused',
    })
  })

  it('knows conditions as far as they are known', async () => {
    const trial = new Trial()
    const p = pipeline({
      name: 'p',
      params: z.object({ yes: z.boolean() }),
      build: ({ yes }) => {
        const when = decide({ yes })
        const x = load({}, { when })
        return [train({ x }), train.with({ cache: false })({ x: load({}, { id: 'other' }) }, { id: 'uncached', when })]
      },
    })
    expect(states(await trial.plan(p, { yes: false }))).toEqual({
      decide: 'runs',
      load: 'depends decide',
      train: 'depends load',
      other: 'runs',
      uncached: 'depends decide',
    })
    await trial.run(p, { yes: false })
    expect(states(await trial.plan(p, { yes: false }))).toEqual({
      decide: 'reused',
      load: 'skipped',
      train: 'skipped',
      other: 'reused',
      uncached: 'skipped',
    })
    await trial.run(p, { yes: true })
    expect(states(await trial.plan(p, { yes: true }))).toMatchObject({
      decide: 'reused',
      load: 'reused',
      uncached: 'runs',
    })
  })

  it('counts optional inputs among what a step depends on', async () => {
    const trial = new Trial({ code: new NamedCode() })
    const note = step({ name: 'note', output: z.number() }).implement(() => 2)
    const p = pipeline({ name: 'p', build: () => train({ x: load(), note: note() }) })
    await trial.run(p)
    expect(states(await trial.plan(p))).toEqual({ load: 'reused', note: 'reused', train: 'reused' })
    const plan = await trial.plan(p, {}, { refresh: ['note'] })
    expect(states(plan)).toEqual({ load: 'reused', note: 'runs', train: 'depends note' })
  })

  it.each([
    ['a parameter', { gamma: 2 }, /^parameter gamma 1 -> 2 \(against run first\)$/],
    ['the code', { gamma: 1 }, /^code .*changed.* \(against run first\)$/],
  ])('says that a step below a running one runs for %s, whatever that gives', async (what, params, reason) => {
    const code = new NamedCode()
    const trial = new Trial({ code })
    await trial.run(training, {}, { name: 'first' })
    code.edit('load')
    if (what === 'the code') code.edit('train')
    const plan = await trial.plan(training, params)
    expect(states(plan)).toEqual({ load: 'runs', train: 'runs' })
    expect(plan.steps[1]).toMatchObject({ reason: expect.stringMatching(reason) as string })
    const forced = await trial.plan(training, params, { refresh: ['load'] })
    expect(forced.steps[1]).toMatchObject({ reason: plan.steps[1]?.reason })
  })

  it('says of a step that it depends on the one before where an entry agrees in all that is known', async () => {
    const code = new NamedCode()
    const trial = new Trial({ code })
    const sweep = pipeline({
      name: 'sweep',
      build: () => {
        const x = load()
        return Array.from({ length: 20 }, (_, gamma) => train({ gamma, x }))
      },
    })
    await trial.run(sweep)
    code.edit('load')
    const depends = (await trial.plan(sweep)).steps.slice(1)
    expect(new Set(depends.map(({ state, on }) => `${state} ${on.join()}`))).toEqual(new Set(['depends load']))
  })

  it('says of a step whose code is not known, and of a forced one, that it runs below one that runs', async () => {
    const named = new NamedCode()
    const code = { identify: (of: StepSource) => named.identify(of) }
    const trial = new Trial({ code })
    await trial.run(training)
    named.edit('load')
    const forced = await trial.plan(training, {}, { refresh: ['train'] })
    expect(forced.steps[1]).toMatchObject({ state: 'runs', reason: 'forced (--force or --refresh)' })
    code.identify = async (of) => (of.name === 'train' ? { known: false, reason: 'it calls eval' } : named.identify(of))
    expect((await trial.plan(training)).steps[1]).toMatchObject({ state: 'runs', uncacheable: 'it calls eval' })
  })

  it('says of a parameter that comes from a running step that the step depends on it', async () => {
    const code = new NamedCode()
    const trial = new Trial({ code })
    const gamma = step({ name: 'gamma', output: z.number() }).implement(() => 7)
    const p = pipeline({ name: 'p', build: () => train({ gamma: gamma(), x: load() }) })
    expect(states(await trial.plan(p))).toMatchObject({ gamma: 'runs' })
    await trial.run(p)
    code.edit('gamma')
    expect(states(await trial.plan(p))).toEqual({ gamma: 'runs', load: 'reused', train: 'depends gamma' })
    code.edit('train')
    expect(states(await trial.plan(p))).toEqual({ gamma: 'runs', load: 'reused', train: 'runs' })
  })

  it('does not take order without data for a dependency', async () => {
    const trial = new Trial()
    const p = pipeline({ name: 'p', build: () => load({}, { after: decide({ yes: true }) }) })
    await trial.run(p)
    expect(states(await trial.plan(p, {}, { refresh: ['decide'] }))).toEqual({ decide: 'runs', load: 'reused' })
  })

  it('reads parameters and conditions from outside', async () => {
    const trial = new Trial()
    const p = pipeline({
      name: 'p',
      inputs: { gamma: z.number(), yes: z.boolean() },
      build: ({ gamma, yes }) => train({ gamma, x: load() }, { when: yes }),
    })
    const args = { gamma: external(z.number(), 4), yes: external(z.boolean(), true) }
    await trial.run(p, args)
    expect((await trial.plan(p, args)).steps[1]).toMatchObject({ state: 'reused', params: { gamma: 4 } })
    const others = { gamma: external(z.number(), 5), yes: external(z.boolean(), false) }
    expect(states(await trial.plan(p, { ...args, gamma: others.gamma }))).toMatchObject({ train: 'runs' })
    expect(states(await trial.plan(p, { ...args, yes: others.yes }))).toMatchObject({ train: 'skipped' })
  })

  it('says why a step cannot be cached', async () => {
    const code = new NamedCode()
    code.identify = async () => ({ known: false, reason: 'it calls eval' })
    const plan = await new Trial({ code }).plan(pipeline({ name: 'p', build: () => load() }))
    expect(plan.steps).toMatchObject([
      { state: 'runs', uncacheable: 'it calls eval', reason: 'not cached: it calls eval' },
    ])
  })

  it('refuses what a run refuses', async () => {
    const trial = new Trial()
    await expect(trial.plan(training, { gamma: 'x' })).rejects.toMatchObject({ code: 'CAIRN_PARAMETER_INVALID' })
    await expect(trial.plan(training, {}, { refresh: ['lod'] })).rejects.toMatchObject({
      code: 'CAIRN_INVOCATION_UNKNOWN',
    })
  })
})
