import {
  artifactStore,
  cachePolicy,
  InlineOrchestrator,
  MemoryArtifactStore,
  orchestrator,
  pipeline,
  step,
  type CachePolicy,
  type KeyTree,
  type PolicyContext,
  type ResultManifest,
  type StackDefinition,
  type StepForCaching,
  type StepInvocation,
  type Uncacheable,
  type Verdict,
} from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { rejection, statuses, Trial } from '../trial/trial.fixture.ts'

interface WholeSettings {
  /** Steps of this size are the same. */
  readonly grain?: number | undefined
  /** Entries before this are refused. */
  readonly after?: Date | undefined
}

declare module '@cairnml/core' {
  interface ComponentSettings {
    readonly whole: { readonly grain?: number; readonly after?: string }
  }
}

const SETTINGS = z.strictObject({
  grain: z.number().positive().optional(),
  after: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .optional(),
})

/** Counts the parameter `x` in grains, where a step says how large they are. */
class Whole implements CachePolicy<WholeSettings> {
  readonly name = 'whole'
  readonly type = 'whole'
  readonly got: Record<string, WholeSettings | undefined> = {}

  async describe(step: StepForCaching<WholeSettings>, { next }: PolicyContext): Promise<KeyTree | Uncacheable> {
    this.got[step.invocation] = step.settings
    const { grain } = step.settings ?? {}
    if (grain === undefined) return next.describe(step)
    const params = { ...step.params, x: Math.floor(Number(step.params['x']) / grain) }
    const tree = await next.describe({ ...step, params })
    return 'uncacheable' in tree ? tree : { ...tree, parts: [...tree.parts, { label: 'grain', value: grain }] }
  }

  async accept(
    entry: Parameters<NonNullable<CachePolicy['accept']>>[0],
    step: StepForCaching<WholeSettings>,
  ): Promise<Verdict> {
    const { after } = step.settings ?? {}
    if (after === undefined || entry.endedAt >= after.getTime()) return { accepted: true }
    return { accepted: false, reason: `it is older than ${after.toISOString()}` }
  }
}

function onWhole(): { readonly trial: Trial; readonly policy: Whole; readonly stack: StackDefinition } {
  const trial = new Trial()
  const policy = new Whole()
  const component = cachePolicy<object, WholeSettings>({
    type: 'whole',
    settings: async () => SETTINGS,
    create: () => policy,
  })
  return { trial, policy, stack: { ...trial.stack, cachePolicy: { ...trial.stack.cachePolicy, component } } }
}

const params = z.object({ x: z.number() })
const load = step({ name: 'load', params, output: z.number() }).implement(({ x }) => x)
const train = step({ name: 'train', params, output: z.number(), settings: { whole: { grain: 10 } } }).implement(
  ({ x }) => x,
)
const training = pipeline({
  name: 'training',
  params,
  settings: { cachePolicy: { after: '2001-01-01T00:00:00Z' } },
  build: ({ x }) => {
    load({ x })
    return train({ x })
  },
})

describe('settings of a cache policy', () => {
  it('reach it as its schema gives them, setting by setting, and nobody else', async () => {
    const { trial, policy, stack } = onWhole()
    const seen: StepInvocation[] = []
    class Seeing extends InlineOrchestrator {
      override execute(...args: Parameters<InlineOrchestrator['execute']>): Promise<ResultManifest> {
        seen.push(args[0])
        return super.execute(...args)
      }
    }
    const component = orchestrator({ create: () => new Seeing() })
    await trial.run(training, { x: 1 }, { stack: { ...stack, orchestrator: { component } } })
    const after = new Date('2001-01-01T00:00:00Z')
    expect(policy.got).toEqual({ load: { after }, train: { after, grain: 10 } })
    expect(seen.map(({ settings }) => settings)).toEqual([undefined, undefined])

    await trial.run(training, { x: 1 }, { stack, settings: { cachePolicy: { grain: 5 }, whole: { grain: 4 } } })
    expect(policy.got).toEqual({ load: { after, grain: 4 }, train: { after, grain: 4 } })
  })

  it('change what counts, which is explained, and nothing of steps without', async () => {
    const { trial, stack } = onWhole()
    await trial.run(training, { x: 11 }, { stack })
    expect(statuses(await trial.run(training, { x: 12 }, { stack }))).toEqual({ load: 'completed', train: 'cached' })
    const finer = { stack, steps: { train: { settings: { whole: { grain: 5 } } } } }
    const plan = await trial.plan(training, { x: 12 }, finer)
    expect(plan.steps.map(({ state, reason }) => [state, reason])).toEqual([
      ['reused', undefined],
      ['runs', expect.stringContaining('grain changed')],
    ])
    expect(statuses(await trial.run(training, { x: 12 }, finer))).toEqual({ load: 'cached', train: 'completed' })
    expect(statuses(await trial.run(training, { x: 19 }, { stack }))).toEqual({ load: 'completed', train: 'cached' })
  })

  it('that only judge entries make no other key', async () => {
    const { trial, stack } = onWhole()
    await trial.run(training, { x: 1 }, { stack })
    const never = { stack, settings: { whole: { after: '2999-01-01T00:00:00Z' } } }
    const [planned] = (await trial.plan(training, { x: 1 }, never)).steps
    expect(planned?.reason).toContain('it is older than 2999-01-01T00:00:00.000Z')
    expect(statuses(await trial.run(training, { x: 1 }, { stack }))).toEqual({ load: 'cached', train: 'cached' })
  })

  it('are recorded with the steps that execute', async () => {
    const { trial, stack } = onWhole()
    const { id } = await trial.run(training, { x: 1 }, { stack })
    expect((await trial.stepRecord(id, 'train')).options).toMatchObject({ settings: { whole: { grain: 10 } } })
  })

  it('are refused where they do not fit, before anything is recorded', async () => {
    const { trial, stack } = onWhole()
    // @ts-expect-error a setting of another type
    const options = { stack, settings: { whole: { grain: 'x' } } } satisfies Parameters<Trial['run']>[2]
    // Sound: plain JavaScript can hand in anything.
    const error = await rejection(trial.run(training, { x: 1 }, options as object))
    expect(error).toMatchObject({ code: 'CAIRN_SETTINGS_INVALID', details: { step: 'load' } })
    expect(String(error)).toContain('not valid at whole.grain: Invalid input: expected number')
    expect(await trial.runRecords()).toEqual([])
  })

  it('are refused by one that takes none', async () => {
    const trial = new Trial()
    const component = cachePolicy({ type: 'plain', create: () => new Whole() })
    const stack = { ...trial.stack, cachePolicy: { ...trial.stack.cachePolicy, component } }
    for (const settings of [{ cachePolicy: { grain: 1 } }, { plain: { grain: 1 } }]) {
      const error = await rejection(
        trial.run(pipeline({ name: 'p', build: () => load({ x: 1 }) }), {}, { stack, settings }),
      )
      expect(String(error)).toContain('cachePolicy (plain) takes no settings')
    }
  })
})

describe('components of one type', () => {
  const plain = pipeline({ name: 'plain', build: () => load({ x: 1 }) })
  const settings = { whole: { grain: 3 } }

  it('get what is said to the type if they take settings', async () => {
    const { trial, policy, stack } = onWhole()
    const component = orchestrator({ type: 'whole', create: () => new InlineOrchestrator() })
    await trial.run(plain, {}, { stack: { ...stack, orchestrator: { component } }, settings })
    expect(policy.got).toEqual({ load: { grain: 3 } })
  })

  it('both get it if both do, and are recorded by their places', async () => {
    const { trial, policy, stack } = onWhole()
    const component = orchestrator({
      type: 'whole',
      settings: async () => z.looseObject({}),
      create: () => new InlineOrchestrator(),
    })
    const both = { stack: { ...stack, orchestrator: { component } }, settings: { ...settings, orchestrator: { a: 1 } } }
    const { id } = await trial.run(plain, {}, both)
    expect(policy.got).toEqual({ load: { grain: 3 } })
    expect((await trial.stepRecord(id, 'load')).options).toEqual({
      settings: { orchestrator: { a: 1, grain: 3 }, cachePolicy: { grain: 3 } },
    })
  })
})

it('stores take no settings, whatever their definition says', async () => {
  const trial = new Trial()
  const definition = artifactStore({ create: () => new MemoryArtifactStore() })
  const component = { ...definition, settings: async () => z.looseObject({}) }
  const options = { stack: { ...trial.stack, artifactStore: { component } }, settings: { artifactStore: { a: 1 } } }
  const error = await rejection(trial.run(pipeline({ name: 'p', build: () => load({ x: 1 }) }), {}, options))
  expect(String(error)).toContain('artifactStore: artifactStore (inline) takes no settings')
})
