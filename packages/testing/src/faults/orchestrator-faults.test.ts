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
import type { TestRunner } from '../suite/test-runner.ts'
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
  'takes the next attempt for the one before': {
    execute: remembering(({ run, invocation }) => `${run.id} ${invocation}`),
    noticedBy: 'separate executions > work anew for the next attempt, another invocation and another run',
  },
  'takes another run for the same one': {
    execute: remembering(({ invocation, attempt }) => `${invocation} ${attempt}`),
    noticedBy: 'separate executions > work anew for the next attempt, another invocation and another run',
  },
  'gives up everything with one worker': {
    execute: untilAnyEnds((context, end) => void context.runHere().catch(end)),
    noticedBy: 'separate executions > go on when the worker of another one is lost',
  },
  'gives up everything with one abort': {
    execute: untilAnyEnds(({ signal }, end) => signal.addEventListener('abort', () => end(signal.reason))),
    noticedBy: 'separate executions > go on when another one is aborted',
  },
  'loses the place of what failed': {
    execute: withPlaces(async (place) => {
      const manifest = await place.work()
      place.leave()
      return manifest
    }),
    noticedBy: 'separate executions > have all their places again after failures and aborts',
  },
  'loses the place of what was aborted': {
    execute: withPlaces(async (place) => {
      const manifest = await place.work().catch((error: unknown) => {
        place.leave()
        throw error
      })
      if (manifest.status !== 'cancelled') place.leave()
      return manifest
    }),
    noticedBy: 'separate executions > have all their places again after failures and aborts',
  },
  'leaves its listeners at the signal': {
    execute: (_, context) => {
      context.signal.addEventListener('abort', () => {})
      return context.runHere()
    },
    noticedBy: 'separate executions > leave no listener at the signal that they share',
  },
  'writes into the invocation': {
    execute: (invocation, context) => {
      Object.assign(invocation, { attempt: invocation.attempt + 1 })
      return context.runHere()
    },
    noticedBy: 'separate executions > leave the invocation as it is',
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

/** What has the same name has the same manifest. */
function remembering(nameOf: (invocation: StepInvocation) => string): Execute {
  const known = new Map<string, Promise<ResultManifest>>()
  return (invocation, context) => {
    const found = known.get(nameOf(invocation)) ?? context.runHere()
    known.set(nameOf(invocation), found)
    found.catch(() => known.delete(nameOf(invocation)))
    return found
  }
}

/** All that work at once end together. */
function untilAnyEnds(watch: (context: ExecutionContext, end: (reason: unknown) => void) => void): Execute {
  let together = Promise.withResolvers<never>()
  const end = (reason: unknown): void => {
    const { promise, reject } = together
    promise.catch(() => {})
    together = Promise.withResolvers()
    reject(reason)
  }
  return (_, context) => {
    const work = context.runHere()
    watch({ ...context, runHere: () => work }, end)
    return Promise.race([work, together.promise])
  }
}

interface Place {
  work(): Promise<ResultManifest>
  leave(): void
}

/** Two places, which are free again when somebody leaves. */
function withPlaces(work: (place: Place) => Promise<ResultManifest>): Execute {
  let free = 2
  const waiting: (() => void)[] = []
  const leave = (): void => {
    free += 1
    waiting.shift()?.()
  }
  return async (_, context) => {
    while (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    free -= 1
    return work({ work: () => context.runHere(), leave })
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
    const register = (runner: TestRunner): void => orchestratorConformance(runner, { name: 'o', create })
    expect(await failingTests(register, { only: noticedBy })).toEqual([noticedBy])
  })
})
