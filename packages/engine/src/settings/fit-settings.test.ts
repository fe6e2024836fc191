import {
  InlineOrchestrator,
  orchestrator,
  pipeline,
  step,
  type ExecutionContext,
  type ResultManifest,
  type RunOptions,
  type StackDefinition,
  type StepInvocation,
} from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { rejection, Trial } from '../trial/trial.fixture.ts'

declare module '@cairnml/core' {
  interface ComponentSettings {
    readonly cluster: {
      readonly memory?: string
      readonly labels?: Readonly<Record<string, string>>
      readonly on?: string
    }
  }
}

const SETTINGS = z.strictObject({
  memory: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  on: z.string().default('cpu'),
  password: z.string().meta({ secret: true }).optional(),
})

class Cluster extends InlineOrchestrator {
  readonly got: Record<string, unknown> = {}

  override async execute(invocation: StepInvocation, context: ExecutionContext): Promise<ResultManifest> {
    this.got[invocation.invocation] = invocation.settings
    return super.execute(invocation, context)
  }
}

function clustered(): { readonly trial: Trial; readonly cluster: Cluster; readonly stack: StackDefinition } {
  const trial = new Trial()
  const cluster = new Cluster()
  const component = orchestrator({ type: 'cluster', settings: async () => SETTINGS, create: () => cluster })
  return { trial, cluster, stack: { ...trial.stack, orchestrator: { component } } }
}

const load = step({ name: 'load', output: z.number() }).implement(() => 1)
const train = step({
  name: 'train',
  inputs: { x: z.number() },
  output: z.number(),
  settings: { cluster: { memory: '4Gi', labels: { team: 'a' } } },
}).implement(({ x }) => x + 1)
const training = pipeline({
  name: 'training',
  settings: { orchestrator: { on: 'gpu' }, cluster: { memory: '1Gi', labels: { team: 'z', from: 'pipeline' } } },
  build: () => train({ x: load() }),
})

describe('settings of components', () => {
  it('reach the orchestrator, setting by setting: run over step over pipeline, type over port', async () => {
    const { trial, cluster, stack } = clustered()
    await trial.run(training, {}, { stack })
    expect(cluster.got).toEqual({
      load: { memory: '1Gi', labels: { team: 'z', from: 'pipeline' }, on: 'gpu' },
      train: { memory: '4Gi', labels: { team: 'a' }, on: 'gpu' },
    })
    const options = {
      stack,
      refresh: ['load', 'train'],
      settings: { cluster: { on: 'tpu', memory: '8Gi' } },
      steps: { train: { settings: { cluster: { memory: '16Gi' } } } },
    }
    await trial.run(training, {}, options)
    expect(cluster.got).toMatchObject({ load: { memory: '8Gi', on: 'tpu' }, train: { memory: '16Gi', on: 'tpu' } })
  })

  it('do not count for caching, and are recorded with the steps that execute', async () => {
    const { trial, stack } = clustered()
    const first = await trial.run(training, {}, { stack })
    const again = await trial.run(training, {}, { stack, settings: { cluster: { memory: '2Gi' } } })
    expect(Object.values(again.steps).map(({ status }) => status)).toEqual(['cached', 'cached'])
    const { options } = await trial.stepRecord(first.id, 'train')
    expect(options).toEqual({ settings: { cluster: { memory: '4Gi', labels: { team: 'a' }, on: 'gpu' } } })
    expect((await trial.lastRun()).options).toMatchObject({ settings: { cluster: { memory: '2Gi' } } })
  })

  it('are absent where nothing is said, and the schema is not loaded', async () => {
    const trial = new Trial()
    const cluster = new Cluster()
    const settings = (): never => {
      throw new Error('loaded')
    }
    const component = orchestrator({ type: 'cluster', settings, create: () => cluster })
    const plain = pipeline({ name: 'plain', build: () => load() })
    await trial.run(plain, {}, { stack: { ...trial.stack, orchestrator: { component } } })
    expect(cluster.got).toEqual({ load: undefined })
  })

  it('for a component that the stack does not have are said once and left out', async () => {
    const trial = new Trial()
    const lines = await trial.linesOf(() => trial.run(pipeline({ name: 'p', build: () => train({ x: load() }) })))
    expect(lines).toContain('Settings for cluster are not used: stack memory has no such component.')
    const { options } = await trial.stepRecord((await trial.lastRun()).id, 'train')
    expect(options).toBeUndefined()
  })

  it.each<[string, object, string]>([
    ['of another type', { cluster: { memory: 4 } }, 'cluster.memory: Invalid input: expected string'],
    [
      'that is not there',
      { cluster: { memroy: '4Gi' } },
      'cluster.memroy: there is no setting "memroy" (did you mean "memory"?)',
    ],
    ['given to the port', { orchestrator: { memory: 4 } }, 'orchestrator.memory: '],
    ['deep inside', { cluster: { labels: { team: 7 } } }, 'cluster.labels.team: '],
    [
      'that is secret',
      { cluster: { password: 'x' } },
      'cluster.password: settings are recorded, so a secret cannot be one',
    ],
    ['with a variable', { cluster: { memory: '${env:HOME}' } }, 'cluster.memory: variables are filled in by run'],
    [
      'for a component that takes none',
      { artifactStore: { a: 1 } },
      'artifactStore: artifactStore (inline) takes no settings',
    ],
  ])('%s are refused before anything is recorded, with step and path', async (_what, settings, message) => {
    const { trial, stack } = clustered()
    // Sound: these tests hand in what plain JavaScript could.
    const error = await rejection(trial.run(training, {}, { stack, steps: { train: { settings: settings as {} } } }))
    expect(error).toMatchObject({ code: 'CAIRN_SETTINGS_INVALID', details: { step: 'train' } })
    expect(String(error)).toContain(`The settings of step "train" are not valid at ${message}`)
    expect(await trial.runRecords()).toEqual([])
  })

  it('with a misspelt component are refused with the nearest one', async () => {
    const { trial, stack } = clustered()
    const error = await rejection(trial.run(training, {}, { stack, settings: { clutser: { memory: '1Gi' } } }))
    expect(error).toMatchObject({ code: 'CAIRN_SETTINGS_UNKNOWN', details: { name: 'clutser', nearest: 'cluster' } })
    expect(await trial.runRecords()).toEqual([])
  })

  it.each([5, 'x', { cluster: 5 }, { cluster: [] }, []])('that are %j are refused', async (settings) => {
    const { trial, stack } = clustered()
    // Sound: these tests hand in what plain JavaScript could.
    const error = await rejection(trial.run(training, {}, { stack, settings: settings as {} }))
    expect(error).toMatchObject({ code: 'CAIRN_RUN_OPTION_INVALID' })
  })

  it('are typed by the component', () => {
    // @ts-expect-error a setting of another type
    train.with({ settings: { cluster: { memory: 4 } } })
    // @ts-expect-error a setting that it does not have
    train.with({ settings: { cluster: { memroy: '4Gi' } } })
    expect(train.with({ settings: { cluster: { memory: '4Gi' }, other: { a: 1 } } })).toBeTypeOf('function')
    const options = [
      // @ts-expect-error a setting of another type
      { settings: { cluster: { memory: 4 } } },
      // @ts-expect-error a setting that it does not have
      { steps: { train: { settings: { cluster: { memroy: '4Gi' } } } } },
      { settings: { cluster: { memory: '4Gi' } }, steps: { train: { settings: { other: { a: 1 } } } } },
    ] satisfies readonly RunOptions[]
    expect(options).toHaveLength(3)
    // @ts-expect-error a setting that it does not have
    pipeline({ name: 'typed', settings: { cluster: { memroy: '4Gi' } }, build: () => train() })
  })
})
