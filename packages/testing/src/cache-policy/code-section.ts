import assert from 'node:assert/strict'

import type { KnownCode, PackageCode, StepForCaching } from '@cairnml/core'

import { digestOf, knownCode, stepForCaching } from '../fixtures/results.ts'
import type { CachePolicySection } from './cache-policy-conformance.ts'
import { assertDifferent, assertSame, POLICY_CONTEXT } from './described.ts'

const RATE = { name: 'rate', digest: digestOf('0.1') }
const LODASH: PackageCode = {
  name: 'lodash',
  version: '4.17.21',
  identity: 'lodash-1',
  below: ['a@1.0.0'],
  isNative: false,
}

/** A step with this code. */
function coded(fields: Partial<KnownCode>, more: Partial<StepForCaching> = {}): Partial<StepForCaching> {
  return { code: async () => knownCode(fields), ...more }
}

/** What of a step's code makes it another one. */
export const CODE_SECTION: CachePolicySection = {
  title: 'code in the key',
  tests: {
    'count the code of types of inputs and outputs': async ({ component }) => {
      const port = { port: 'input:x', digest: digestOf('schema'), parts: [] }
      await assertDifferent(component, [
        coded({}),
        coded({ ports: [port] }),
        coded({ ports: [{ ...port, digest: digestOf('other schema') }] }),
        coded({ ports: [{ ...port, port: 'output:x' }] }),
      ])
    },

    'count captured values': async ({ component }) => {
      await assertDifferent(component, [
        coded({}),
        coded({ captured: [RATE] }),
        coded({ captured: [{ ...RATE, digest: digestOf('0.2') }] }),
        coded({ captured: [{ ...RATE, name: 'other' }] }),
        coded({ captured: [RATE, { ...RATE, digest: digestOf('0.2') }] }),
      ])
    },

    'count packages by identity': async ({ component }) => {
      await assertDifferent(component, [
        coded({}),
        coded({ packages: [LODASH] }),
        coded({ packages: [{ ...LODASH, identity: 'lodash-2' }] }),
        coded({ packages: [{ ...LODASH, name: 'chalk' }] }),
        coded({ packages: [LODASH, { ...LODASH, identity: 'lodash-2' }] }),
      ])
      await assertSame(component, [
        coded({ packages: [LODASH] }),
        coded({ packages: [{ ...LODASH, version: 'for people', below: [] }] }),
      ])
    },

    'count the platform where a package has machine code': async ({ component }) => {
      const other = { platform: 'darwin-arm64-137' }
      await assertSame(component, [coded({ packages: [LODASH] }), coded({ packages: [LODASH] }, other)])
      const sharp = { ...LODASH, name: 'sharp', isNative: true }
      await assertDifferent(component, [coded({ packages: [sharp] }), coded({ packages: [sharp] }, other)])
    },

    'count variables that the code reads': async ({ component }) => {
      const variables = async (): ReturnType<StepForCaching['variables']> => [
        { name: 'REGION', digest: digestOf('eu') },
      ]
      const unset = async (): ReturnType<StepForCaching['variables']> => [{ name: 'REGION', digest: undefined }]
      await assertDifferent(component, [
        coded({}),
        coded({ environment: ['REGION'] }),
        coded({ environment: ['REGION'] }, { variables }),
        coded({ environment: ['REGION'] }, { variables: unset }),
      ])
    },

    'never count secrets that the code reads': async ({ component }) => {
      await assertSame(component, [
        coded({}),
        coded({ environment: ['API_KEY', 'GH_TOKEN', 'A_SECRET', 'DB_PASSWORD'] }),
        coded({ environment: ['LICENCE'] }, { options: { secrets: ['LICENCE'] } }),
      ])
    },

    'count the declared version of the code in its place': async ({ component }) => {
      const options = { codeVersion: '3' }
      await assertDifferent(component, [
        coded({}),
        coded({}, { options }),
        coded({}, { options: { codeVersion: '4' } }),
      ])
      await assertSame(component, [
        coded({}, { options }),
        coded({ digest: digestOf('other code'), captured: [RATE], packages: [LODASH] }, { options }),
        { code: async () => ({ known: false, reason: 'it calls eval' }), options },
      ])
    },

    'refuse a step that reads which run it is in, unless it has a key': async ({ component }) => {
      const step = stepForCaching(coded({ readsRun: 'src/train.ts:7' }))
      const refused = await component.describe(step, POLICY_CONTEXT)
      assert.ok('uncacheable' in refused)
      assert.equal(refused.at, 'src/train.ts:7')
      const keyed = await component.describe({ ...step, ownKey: async () => 1 }, POLICY_CONTEXT)
      assert.ok('parts' in keyed)
    },
  },
}
