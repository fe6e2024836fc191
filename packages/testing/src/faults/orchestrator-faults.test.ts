import {
  InlineOrchestrator,
  type ExecutionContext,
  type Orchestrator,
  type ResultManifest,
  type StepInvocation,
} from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { resultManifest } from '../fixtures/results.ts'
import { orchestratorConformance } from '../orchestrator/orchestrator-conformance.ts'
import { failingTests } from './failing-tests.ts'

type Execute = (invocation: StepInvocation, context: ExecutionContext) => Promise<ResultManifest>

const FAULTS: Readonly<Record<string, { execute: Execute; concurrency?: number; noticedBy: string }>> = {
  'does the work twice': {
    execute: async (_, context) => {
      await context.runHere()
      return context.runHere()
    },
    noticedBy: 'execution > runs the work once and gives its manifest',
  },
  'makes up manifests': {
    execute: async (_, context) => {
      await context.runHere()
      return resultManifest()
    },
    noticedBy: 'execution > gives the manifest of a failed step instead of rejecting',
  },
  'throws when a step failed': {
    execute: async (_, context) => {
      const manifest = await context.runHere()
      if (manifest.status === 'failed') throw new Error(manifest.error?.message)
      return manifest
    },
    noticedBy: 'execution > gives the manifest of a failed step instead of rejecting',
  },
  'swallows the loss of a worker': {
    execute: (_, context) => context.runHere().catch(() => resultManifest({ status: 'failed' })),
    noticedBy: 'execution > rejects with what made the worker fail',
  },
  'completes what was aborted': {
    execute: async (_, context) => {
      const manifest = await context.runHere()
      return manifest.status === 'cancelled' ? resultManifest() : manifest
    },
    noticedBy: 'execution > ends when the step is aborted while it runs',
  },
  'makes a success of what failed': {
    execute: async (_, context) => resultManifest({ outputs: (await context.runHere()).outputs }),
    noticedBy: 'execution > gives the manifest of a failed step instead of rejecting',
  },
  'works no more once a worker was lost': {
    execute: onlyUntilFailure(),
    noticedBy: 'execution > rejects with what made the worker fail',
  },
  'mixes up the manifests of what runs at once': {
    execute: givingTheFirst(),
    noticedBy: 'concurrency > finishes everything when it is asked for more',
  },
  'declares no limit': {
    execute: (_, context) => context.runHere(),
    concurrency: Number.POSITIVE_INFINITY,
    noticedBy: 'concurrency > is declared as a positive whole number',
  },
  'runs fewer than it declares': {
    execute: inTurn(),
    concurrency: 4,
    noticedBy: 'concurrency > lets as many work at once as it declares',
  },
}

function inTurn(): Execute {
  let last: Promise<unknown> = Promise.resolve()
  return (_, context) => {
    const next = last.then(() => context.runHere())
    last = next.catch(() => undefined)
    return next
  }
}

function onlyUntilFailure(): Execute {
  let failure: Promise<never> | undefined
  return (_, context) =>
    failure ??
    context.runHere().catch((error: unknown) => {
      failure = Promise.reject(error)
      return failure
    })
}

/** All that are asked for before the first one is done get its manifest. */
function givingTheFirst(): Execute {
  let first: Promise<ResultManifest> | undefined
  return async (_, context) => {
    const own = context.runHere()
    first ??= own.finally(() => (first = undefined))
    const [manifest] = await Promise.all([first, own])
    return manifest
  }
}

describe('the suite for orchestrators', () => {
  it('passes an orchestrator that keeps its promises', async () => {
    const create = (): Orchestrator => new InlineOrchestrator({ concurrency: 3 })
    expect(await failingTests((runner) => orchestratorConformance(runner, { name: 'o', create }))).toEqual([])
  })

  it.each(Object.entries(FAULTS))('notices an orchestrator that %s', async (_, fault) => {
    const { execute, concurrency = 2, noticedBy } = fault
    const create = (): Orchestrator => ({ name: 'faulty', type: 'faulty', concurrency, execute })
    const failed = await failingTests((runner) => orchestratorConformance(runner, { name: 'o', create }))
    expect(failed).toContain(noticedBy)
  })
})
