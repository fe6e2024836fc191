import assert from 'node:assert/strict'

import { stepForCaching } from '../fixtures/results.ts'
import type { CachePolicyConformanceOptions, CachePolicySection } from './cache-policy-conformance.ts'
import { assertDifferent, POLICY_CONTEXT, treeOf } from './described.ts'

/** What steps may say, and that one says nothing. */
function stepsOf({ settings = [] }: CachePolicyConformanceOptions): readonly { readonly settings?: object }[] {
  return [{}, ...settings.map((one) => ({ settings: structuredClone(one) }))]
}

/** What a step says to the policy. */
export const SETTINGS_SECTION: CachePolicySection = {
  title: 'settings of a step',
  when: ({ settings }) => settings !== undefined,
  tests: {
    'keep results of other settings apart': async ({ component, options }) => {
      await assertDifferent(component, stepsOf(options))
    },

    'are those of the step that is described, whichever came before': async ({ component, another, options }) => {
      const steps = stepsOf(options)
      for (const step of [...steps, ...steps.toReversed()]) {
        const alone = await treeOf(await another(), step)
        assert.deepEqual(await treeOf(component, step), alone, 'what is remembered of one step is not for another')
      }
    },

    'are left as they are': async ({ component, options }) => {
      for (const { settings } of stepsOf(options)) {
        const before = structuredClone(settings)
        await component.describe(stepForCaching({ settings }), POLICY_CONTEXT)
        assert.deepEqual(settings, before, 'all invocations of a step may have the same settings: change a copy')
      }
    },
  },
}
