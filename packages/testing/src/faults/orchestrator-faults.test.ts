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
    noticedBy: 'runs the work once and gives its manifest',
  },
  'makes up manifests': {
    execute: async (_, context) => {
      await context.runHere()
      return resultManifest()
    },
    noticedBy: 'gives the manifest of a failed step instead of rejecting',
  },
  'throws when a step failed': {
    execute: async (_, context) => {
      const manifest = await context.runHere()
      if (manifest.status === 'failed') throw new Error(manifest.error?.message)
      return manifest
    },
    noticedBy: 'gives the manifest of a failed step instead of rejecting',
  },
  'swallows the loss of a worker': {
    execute: (_, context) => context.runHere().catch(() => resultManifest({ status: 'failed' })),
    noticedBy: 'rejects with what made the worker fail',
  },
  'declares no limit': {
    execute: (_, context) => context.runHere(),
    concurrency: Number.POSITIVE_INFINITY,
    noticedBy: 'is declared as a positive whole number',
  },
  'runs fewer than it declares': {
    execute: inTurn(),
    concurrency: 4,
    noticedBy: 'lets as many work at once as it declares',
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
