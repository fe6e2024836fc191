import assert from 'node:assert/strict'

import type { ResultManifest } from '@cairnml/core'

import { resultManifest, stepInvocation } from '../fixtures/results.ts'
import { expectReason } from '../suite/expect-error.ts'
import { executionContext, workUntilAborted } from './execution.ts'
import type { OrchestratorSection } from './orchestrator-conformance.ts'

/** One invocation. */
export const EXECUTE_SECTION: OrchestratorSection = {
  title: 'execution',
  tests: {
    'runs the work once and gives its manifest': async ({ component }) => {
      let calls = 0
      const manifest = await component.execute(
        stepInvocation(),
        executionContext(async () => {
          calls += 1
          return resultManifest()
        }),
      )
      assert.equal(calls, 1)
      assert.deepStrictEqual(manifest, resultManifest())
    },

    'gives the manifest of a failed step instead of rejecting': async ({ component }) => {
      const failed = resultManifest({ status: 'failed', outputs: {}, error: { code: 'X', message: 'no' } })
      assert.deepStrictEqual(
        await component.execute(
          stepInvocation(),
          executionContext(async () => failed),
        ),
        failed,
      )
    },

    'rejects with what made the worker fail': async ({ component }) => {
      const failure = new Error('the store is gone')
      const context = executionContext(async () => {
        throw failure
      })
      await expectReason(failure, () => component.execute(stepInvocation(), context))
      const after = await component.execute(
        stepInvocation({ attempt: 2 }),
        executionContext(async () => resultManifest()),
      )
      assert.equal(after.status, 'completed')
    },

    'ends when the step is aborted while it runs': async ({ component }) => {
      const controller = new AbortController()
      const reason = new Error('cancelled')
      setTimeout(() => controller.abort(reason), 5)
      const context = executionContext(() => workUntilAborted(controller.signal), controller.signal)
      assertStopped(await settle(component.execute(stepInvocation(), context)), reason)
    },

    'completes nothing that was aborted before': async ({ component }) => {
      const reason = new Error('cancelled')
      const signal = AbortSignal.abort(reason)
      const context = executionContext(() => workUntilAborted(signal), signal)
      assertStopped(await settle(component.execute(stepInvocation(), context)), reason)
    },

    'may be prepared before the first step': async ({ component }) => {
      await component.prepare?.(stepInvocation().run)
      await component.prepare?.({ id: 'run-2', name: 'other', pipeline: 'digits' })
      const manifest = await component.execute(
        stepInvocation(),
        executionContext(async () => resultManifest()),
      )
      assert.equal(manifest.status, 'completed')
    },
  },
}

async function settle(execution: Promise<ResultManifest>): Promise<unknown> {
  return execution.catch((error: unknown) => error)
}

function assertStopped(outcome: unknown, reason: unknown): void {
  if (outcome === reason) return
  assert.ok(typeof outcome === 'object' && outcome !== null && 'status' in outcome, String(outcome))
  assert.equal(outcome.status, 'cancelled')
}
