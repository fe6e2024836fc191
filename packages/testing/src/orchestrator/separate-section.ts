import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { setTimeout } from 'node:timers/promises'

import type { Orchestrator, ResultManifest } from '@cairnml/core'

import { resultManifest, stepInvocation } from '../fixtures/results.ts'
import { executionContext, workUntilAborted } from './execution.ts'
import type { OrchestratorSection } from './orchestrator-conformance.ts'

const MOST = 32

/** Executions that have nothing to do with one another. */
export const SEPARATE_SECTION: OrchestratorSection = {
  title: 'separate executions',
  tests: {
    'work anew for the next attempt, another invocation and another run': async ({ component }) => {
      const { run } = stepInvocation()
      const asked = [
        stepInvocation(),
        stepInvocation({ attempt: 2 }),
        stepInvocation({ invocation: 'other' }),
        stepInvocation({ run: { ...run, id: 'run-2', name: 'another-run' } }),
      ]
      for (const [at, invocation] of asked.entries()) {
        const manifest = resultManifest({ status: at === 0 ? 'failed' : 'completed', startedAt: at })
        const given = await component.execute(
          invocation,
          executionContext(async () => manifest),
        )
        assert.deepStrictEqual(given, manifest, 'a manifest belongs to one run, invocation and attempt')
      }
    },

    'go on when the worker of another one is lost': async ({ component }) => {
      const failure = new Error('the worker is gone')
      const [lost, other] = await Promise.allSettled([
        execute(component, 'lost', async () => {
          await setTimeout(1)
          throw failure
        }),
        execute(component, 'other', () => completeIn(20, 'other')),
      ])
      assert.ok(lost.status === 'rejected' && lost.reason === failure)
      assertCompleted(other, 'other')
    },

    'go on when another one is aborted': async ({ component }) => {
      const controller = new AbortController()
      const { signal } = controller
      const aborted = component.execute(
        stepInvocation({ invocation: 'aborted' }),
        executionContext(() => workUntilAborted(signal), signal),
      )
      const other = execute(component, 'other', () => completeIn(20, 'other'))
      await setTimeout(1)
      controller.abort(new Error('cancelled'))
      const [, settled] = await Promise.allSettled([aborted, other])
      assertCompleted(settled, 'other')
    },

    'have all their places again after failures and aborts': async ({ component }) => {
      const count = Math.min(component.concurrency, MOST)
      for (let at = 0; at < count; at++) {
        await execute(component, `lost-${at}`, () => Promise.reject(new Error('the worker is gone'))).catch(() => {})
        const controller = new AbortController()
        const { signal } = controller
        const context = executionContext(() => workUntilAborted(signal), signal)
        const aborted = component.execute(stepInvocation({ invocation: `aborted-${at}` }), context)
        controller.abort(new Error('cancelled'))
        await aborted.catch(() => {})
      }
      const everyone = Promise.withResolvers<void>()
      let working = 0
      const work = async (at: number): Promise<ResultManifest> => {
        working += 1
        if (working === count) everyone.resolve()
        await everyone.promise
        return resultManifest({ invocation: `step-${at}` })
      }
      await Promise.all(Array.from({ length: count }, (_, at) => execute(component, `step-${at}`, () => work(at))))
    },

    'leave no listener at the signal that they share': async ({ component }) => {
      const { signal } = new AbortController()
      for (let at = 0; at < 20; at++) {
        const context = executionContext(async () => resultManifest(), signal)
        await component.execute(stepInvocation({ invocation: `step-${at}` }), context)
      }
      const left = getEventListeners(signal, 'abort').length
      assert.equal(
        left,
        0,
        `${left} listeners were left at the signal by 20 steps: remove each when its step has ended`,
      )
    },

    'leave the invocation as it is': async ({ component }) => {
      const invocation = stepInvocation()
      const before = structuredClone(invocation)
      await component.execute(
        invocation,
        executionContext(async () => resultManifest()),
      )
      assert.deepStrictEqual(invocation, before)
    },
  },
}

function execute(
  orchestrator: Orchestrator,
  invocation: string,
  work: () => Promise<ResultManifest>,
): Promise<ResultManifest> {
  return orchestrator.execute(stepInvocation({ invocation }), executionContext(work))
}

async function completeIn(ms: number, invocation: string): Promise<ResultManifest> {
  await setTimeout(ms)
  return resultManifest({ invocation })
}

function assertCompleted(settled: PromiseSettledResult<ResultManifest> | undefined, invocation: string): void {
  const found = settled?.status === 'fulfilled' ? settled.value : settled?.reason
  assert.deepStrictEqual(found, resultManifest({ invocation }), 'what happens to one execution is no matter of another')
}
