import assert from 'node:assert/strict'

import type { Orchestrator, ResultManifest } from '@cairnml/core'

import { resultManifest, stepInvocation } from '../fixtures/results.ts'
import { executionContext } from './execution.ts'
import type { OrchestratorSection } from './orchestrator-conformance.ts'

const MOST = 32

/** Several invocations at once. */
export const LIMIT_SECTION: OrchestratorSection = {
  title: 'concurrency',
  tests: {
    'is declared as a positive whole number': async ({ component }) => {
      assert.ok(Number.isSafeInteger(component.concurrency) && component.concurrency > 0, `${component.concurrency}`)
    },

    'lets as many work at once as it declares': async ({ component }) => {
      const count = Math.min(component.concurrency, MOST)
      const everyone = Promise.withResolvers<void>()
      let working = 0
      await executeMany(component, count, async () => {
        working += 1
        if (working === count) everyone.resolve()
        await everyone.promise
      })
      assert.equal(working, count)
    },

    'finishes everything when it is asked for more': async ({ component }) => {
      const count = Math.min(component.concurrency, MOST) * 2 + 3
      let done = 0
      const manifests = await executeMany(component, count, async () => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        done += 1
      })
      assert.equal(done, count)
      assert.deepEqual(
        manifests.map(({ invocation }) => invocation),
        Array.from({ length: count }, (_, at) => `step-${at}`),
      )
    },
  },
}

async function executeMany(
  orchestrator: Orchestrator,
  count: number,
  work: () => Promise<void>,
): Promise<readonly ResultManifest[]> {
  return Promise.all(
    Array.from({ length: count }, (_, at) => {
      const invocation = `step-${at}`
      const context = executionContext(async () => {
        await work()
        return resultManifest({ invocation })
      })
      return orchestrator.execute(stepInvocation({ invocation }), context)
    }),
  )
}
