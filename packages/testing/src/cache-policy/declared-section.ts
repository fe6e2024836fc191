import assert from 'node:assert/strict'

import type { FileForCaching, StepForCaching, UrlForCaching, VariableForCaching } from '@cairnml/core'

import { cacheEntry, digestOf, knownCode, stepForCaching } from '../fixtures/results.ts'
import type { CachePolicySection } from './cache-policy-conformance.ts'
import { assertDifferent, assertSame, POLICY_CONTEXT, treeOf } from './described.ts'

const A = { path: 'a.csv', digest: digestOf('a') }
const URL_A = { url: 'https://example.org/a', state: 'etag:"1"' }

const withFiles = (...files: readonly FileForCaching[]): Partial<StepForCaching> => ({
  options: { files: ['*.csv'] },
  files: async () => files,
})
const withUrls = (...urls: readonly UrlForCaching[]): Partial<StepForCaching> => ({
  options: { urls: ['https://example.org/a'] },
  urls: async () => urls,
})
const withVariables = (...variables: readonly VariableForCaching[]): Partial<StepForCaching> => ({
  options: { env: variables.map(({ name }) => name) },
  variables: async () => variables,
})
const HOUR_MS = 3_600_000

/** What a step declares of the outside. */
export const DECLARED_SECTION: CachePolicySection = {
  title: 'what a step declares',
  tests: {
    'count declared files by path and content': async ({ component }) => {
      await assertDifferent(component, [
        {},
        withFiles(),
        withFiles(A),
        withFiles({ ...A, digest: digestOf('b') }),
        withFiles({ ...A, path: 'b.csv' }),
        withFiles(A, { ...A, path: 'b.csv' }),
      ])
    },

    'count declared URLs by their state': async ({ component }) => {
      await assertDifferent(component, [
        {},
        withUrls(URL_A),
        withUrls({ ...URL_A, state: 'etag:"2"' }),
        withUrls({ ...URL_A, url: 'https://example.org/b' }),
        withUrls(URL_A, { ...URL_A, state: 'etag:"2"' }),
      ])
    },

    'count declared variables by value': async ({ component }) => {
      await assertDifferent(component, [
        {},
        withVariables({ name: 'A', digest: digestOf('1') }),
        withVariables({ name: 'A', digest: digestOf('2') }),
        withVariables({ name: 'A', digest: undefined }),
        withVariables({ name: 'B', digest: digestOf('1') }),
      ])
    },

    'count what the own key function gives': async ({ component }) => {
      await assertDifferent(component, [
        {},
        ...[null, 0, '0', [0], { $number: '-0' }].map((value) => ({ ownKey: async () => value })),
      ])
    },

    'leave out what is to be ignored': async ({ component }) => {
      const ignore = { params: ['verbose'], inputs: ['log'], env: ['TZ', 'LANG'], packages: ['chalk'] }
      const chalk = { name: 'chalk', version: '5.0.0', identity: 'chalk', below: [], isNative: true }
      const [x] = stepForCaching().inputs
      assert.ok(x !== undefined)
      await assertSame(component, [
        { params: {}, inputs: [x], options: { ignore } },
        { params: { verbose: true }, inputs: [x, { ...x, name: 'log' }], options: { ignore, env: ['TZ'] } },
        {
          params: { verbose: false },
          inputs: [x],
          options: { ignore },
          code: async () => knownCode({ environment: ['LANG'], packages: [chalk] }),
        },
      ])
    },

    'ask for nothing that is not declared': async ({ component }) => {
      const asked: string[] = []
      const asking = (what: string) => async (): Promise<readonly never[]> => {
        asked.push(what)
        return []
      }
      await treeOf(component, { files: asking('files'), urls: asking('urls'), variables: asking('variables') })
      assert.deepEqual(asked, [])
    },

    'accept an entry until it expires, whatever the clock of its maker': async ({ component }) => {
      const entry = cacheEntry()
      const judge = component.accept === undefined ? POLICY_CONTEXT.next : component
      const accepted = async (ageMs: number, expires?: string): Promise<boolean | undefined> => {
        const aged = { ...entry, endedAt: Date.now() - ageMs }
        return (await judge.accept?.(aged, stepForCaching({ options: { expires } }), POLICY_CONTEXT))?.accepted
      }
      assert.equal(await accepted(2 * HOUR_MS, '1h'), false)
      assert.equal(await accepted(0.5 * HOUR_MS, '1h'), true)
      assert.equal(await accepted(-0.5 * HOUR_MS, '1h'), true)
    },
  },
}
