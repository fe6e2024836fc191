import assert from 'node:assert/strict'

import type { StepForCaching } from '@cairnml/core'

import { cacheEntry, digestOf, stepForCaching } from '../fixtures/results.ts'
import { expectReason } from '../suite/expect-error.ts'
import { withOtherClock } from '../suite/other-clock.ts'
import type { CachePolicySection } from './cache-policy-conformance.ts'
import { keyOf, POLICY_CONTEXT, treeOf } from './described.ts'

const YEAR_MS = 365 * 86_400_000

/** What a description looks like. */
export const TREE_SECTION: CachePolicySection = {
  title: 'key trees',
  tests: {
    'name the policy and label every part once': async ({ component }) => {
      assert.ok(component.name.length > 0)
      const tree = await treeOf(component)
      assert.equal(tree.policy, component.type)
      const labels = tree.parts.map(({ label }) => label)
      assert.deepEqual(labels, [...new Set(labels)])
      assert.ok(labels.length > 0)
    },

    'are JSON': async ({ component }) => {
      const params = {
        odd: Number.NaN,
        zero: -0,
        big: 10n,
        date: new Date(0),
        bytes: new Uint8Array([1]),
        none: undefined,
      }
      const tree = await treeOf(component, { params })
      assert.deepEqual(JSON.parse(JSON.stringify(tree)), structuredClone(tree))
    },

    'are equal for equal steps': async ({ component, another }) => {
      const second = await another()
      assert.deepEqual(await treeOf(second), await treeOf(component))
      assert.equal(await keyOf(second), await keyOf(component))
    },

    'do not depend on the order of properties and ports': async ({ component }) => {
      const [x, y] = [
        { name: 'x', type: 'npy@1', digest: digestOf('x') },
        { name: 'y', type: 'npy@1' },
      ]
      const [a, b] = [
        { name: 'a', type: 'json@1' },
        { name: 'b', type: 'text@1' },
      ]
      const first = await keyOf(component, { params: { p: 1, q: { r: 2, s: 3 } }, inputs: [x, y], outputs: [a, b] })
      const second = await keyOf(component, { params: { q: { s: 3, r: 2 }, p: 1 }, inputs: [y, x], outputs: [b, a] })
      assert.equal(second, first)
    },

    'do not depend on what time it is': async ({ component }) => {
      const today = await treeOf(component)
      for (const offsetMs of [-YEAR_MS, YEAR_MS]) {
        const message = 'a key that counts the time is for `expires`: say when results are no longer good there'
        assert.deepEqual(await withOtherClock(offsetMs, () => treeOf(component)), today, message)
      }
    },

    'leave the step as it is': async ({ component }) => {
      const step = stepForCaching({
        params: { q: [2, 1], p: 1 },
        inputs: [
          { name: 'y', type: 'npy@1', digest: digestOf('y') },
          { name: 'x', type: 'npy@1', digest: digestOf('x') },
        ],
        outputs: [
          { name: 'b', type: 'json@1' },
          { name: 'a', type: 'json@1' },
        ],
        options: { ignore: { params: ['p'], env: ['LANG'] }, env: ['B', 'A', 'LANG'] },
      })
      const before = dataOf(step)
      await component.describe(step, POLICY_CONTEXT)
      assert.deepEqual(dataOf(step), before, 'others read the same step: sort and change copies')
    },

    'are not made of what could not be read': async ({ component }) => {
      const failure = new Error('the file system is gone')
      const fails = (): Promise<never> => Promise.reject(failure)
      const options = { files: ['*.csv'] }
      for (const step of [stepForCaching({ code: fails }), stepForCaching({ options, files: fails })]) {
        await expectReason(failure, () => component.describe(step, POLICY_CONTEXT))
      }
    },

    'do not tell a parameter that is undefined from none': async ({ component }) => {
      assert.equal(
        await keyOf(component, { params: { p: 1, q: undefined } }),
        await keyOf(component, { params: { p: 1 } }),
      )
    },

    'pass on why a step is uncacheable, and where': async ({ component }) => {
      const reason = 'it calls eval'
      const step = stepForCaching({ code: async () => ({ known: false, reason, at: 'src/train.ts:7' }) })
      assert.deepEqual(await component.describe(step, POLICY_CONTEXT), { uncacheable: reason, at: 'src/train.ts:7' })
    },

    'come with a verdict on an entry, if the policy gives any': async ({ component }) => {
      const verdict = await component.accept?.(cacheEntry(), stepForCaching(), POLICY_CONTEXT)
      assert.ok(verdict === undefined || verdict.accepted || verdict.reason.length > 0)
    },
  },
}

/** A copy of what of a step is data. */
function dataOf(step: StepForCaching): unknown {
  return Object.entries(step).map(([name, value]) => [
    name,
    typeof value === 'function' ? name : structuredClone(value),
  ])
}
