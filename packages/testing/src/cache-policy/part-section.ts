import type { PlainObject, StepForCaching } from '@cairnml/core'

import { digestOf, knownCode } from '../fixtures/results.ts'
import type { CachePolicySection } from './cache-policy-conformance.ts'
import { assertDifferent } from './described.ts'

const X = { name: 'x', type: 'npy@1', digest: digestOf('x') }
const MODEL = { name: 'model', type: 'json@1' }

/** What makes a step another one. */
export const PART_SECTION: CachePolicySection = {
  title: 'parts of the key',
  tests: {
    'count the code': async ({ component }) => {
      const code = async (): ReturnType<StepForCaching['code']> => knownCode({ digest: digestOf('other code') })
      await assertDifferent(component, [{}, { code }])
    },

    'count the values of parameters': async ({ component }) => {
      const values: PlainObject['x'][] = [
        0,
        -0,
        Number.NaN,
        1,
        '1',
        ' 1',
        'caf\u00e9',
        'cafe\u0301',
        'CAF\u00c9',
        1n,
        true,
        null,
        [],
        {},
        [1],
        [1, 2],
        [2, 1],
        { p: 1 },
        new Date(1),
        new Uint8Array([1]),
      ]
      await assertDifferent(
        component,
        values.map((p) => ({ params: { p } })),
      )
    },

    'count the names of parameters': async ({ component }) => {
      await assertDifferent(component, [
        { params: {} },
        { params: { p: 1 } },
        { params: { q: 1 } },
        { params: { p: 1, q: 1 } },
      ])
    },

    'count the content of inputs': async ({ component }) => {
      const { digest: _, ...absent } = X
      await assertDifferent(component, [
        { inputs: [X] },
        { inputs: [{ ...X, digest: digestOf('z') }] },
        { inputs: [absent] },
      ])
    },

    'count the names of inputs': async ({ component }) => {
      const y = { ...X, name: 'y', digest: digestOf('y') }
      const swapped = [
        { ...X, digest: y.digest },
        { ...y, digest: X.digest },
      ]
      await assertDifferent(component, [
        { inputs: [] },
        { inputs: [X] },
        { inputs: [{ ...X, name: 'y' }] },
        { inputs: [X, y] },
        { inputs: swapped },
      ])
    },

    'count the types of inputs': async ({ component }) => {
      await assertDifferent(component, [{ inputs: [X] }, { inputs: [{ ...X, type: 'npy@2' }] }])
    },

    'count the names and types of outputs': async ({ component }) => {
      await assertDifferent(component, [
        { outputs: [] },
        { outputs: [MODEL] },
        { outputs: [{ ...MODEL, type: 'json@2' }] },
        { outputs: [{ ...MODEL, name: 'other' }] },
        { outputs: [MODEL, { ...MODEL, name: 'other' }] },
      ])
    },

    'keep a parameter apart from an input of the same name': async ({ component }) => {
      const params = { x: { type: X.type, digest: X.digest } }
      await assertDifferent(component, [
        { inputs: [X], params: {} },
        { inputs: [], params },
      ])
    },
  },
}
