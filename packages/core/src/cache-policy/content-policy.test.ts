import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { CacheEntry } from '../artifact/result-manifest.ts'
import type { StepCode } from '../code-identity/code-identity.ts'
import { cacheKey } from './cache-key.ts'
import type { KeyTree, StepForCaching } from './cache-policy.ts'
import { ContentCachePolicy } from './content-policy.ts'

const code: StepCode = {
  known: true,
  digest: 'c0de',
  parts: [{ label: 'src/a.ts', identity: 'f1le' }],
  ports: [],
  captured: [],
  packages: [],
  environment: [],
  outsideReads: [],
  module: 'file:///p/a.ts',
}
const train: StepForCaching = {
  step: 'train',
  invocation: 'train_2',
  pipeline: 'search',
  inputs: [
    { name: 'x', type: 'matrix@1', digest: 'd1' },
    { name: 'note', type: 'optional<text@1>' },
  ],
  outputs: [{ name: 'output', type: 'json@1' }],
  params: { gamma: 0.1, seed: undefined },
  options: {},
  platform: 'linux-x64-137',
  code: async () => code,
  files: async () => [{ path: 'data/a.csv', digest: 'd1' }],
  urls: async () => [
    { url: 'https://example.org/a', state: 'etag:"1"' },
    { url: 'https://example.org/b', state: 'sha256:2' },
    { url: 'https://example.org/a', state: 'etag:"3"' },
  ],
  variables: async (names) => names.map((name) => ({ name, digest: name === 'UNSET' ? undefined : `d-${name}` })),
}

async function tree(change: Partial<StepForCaching> = {}): Promise<KeyTree> {
  const described = await new ContentCachePolicy().describe({ ...train, ...change })
  if ('uncacheable' in described) throw new Error(described.uncacheable)
  return described
}
const key = async (change: Partial<StepForCaching> = {}): Promise<string> => cacheKey(await tree(change))

describe('the content policy', () => {
  it('labels every part of a key', async () => {
    expect(await tree()).toEqual({
      policy: 'content',
      parts: [
        { label: 'code', value: 'c0de', detail: [{ label: 'src/a.ts', identity: 'f1le' }] },
        { label: 'param:gamma', value: 0.1 },
        { label: 'input:x', value: { type: 'matrix@1', digest: 'd1' } },
        { label: 'input:note', value: { type: 'optional<text@1>', digest: null } },
        { label: 'output:output', value: 'json@1' },
      ],
    })
  })

  it('labels what the code of a step brings along', async () => {
    const lodash = { name: 'lodash', version: '4.17.21', identity: 'l1', below: ['a@1.0.0'], isNative: false }
    const more: StepCode = {
      ...code,
      ports: [{ port: 'input:x', digest: 'p0rt', parts: [] }],
      captured: [
        { name: 'rate', digest: 'c1', shown: '0.5' },
        { name: 'rate', digest: 'c2' },
        { name: 'names', digest: 'c3' },
      ],
      packages: [lodash, { ...lodash, version: '3.0.0', identity: 'k0', isNative: true }],
      environment: ['REGION', 'API_KEY'],
    }
    const { parts } = await tree({ code: async () => more, params: {}, inputs: [], outputs: [] })
    expect(parts.slice(1)).toEqual([
      { label: 'port:input:x', value: 'p0rt', detail: [] },
      { label: 'captured:rate', value: ['c1', 'c2'], detail: [{ label: '0.5', identity: 'c1', kind: 'value' }] },
      { label: 'captured:names', value: 'c3', detail: [] },
      {
        label: 'package:lodash',
        value: ['k0', 'l1'],
        detail: [
          { label: 'lodash@4.17.21', identity: 'l1', kind: 'package' },
          { label: 'a@1.0.0', identity: 'a@1.0.0', kind: 'package' },
          { label: 'lodash@3.0.0', identity: 'k0', kind: 'package' },
          { label: 'a@1.0.0', identity: 'a@1.0.0', kind: 'package' },
        ],
      },
      { label: 'platform', value: 'linux-x64-137' },
      { label: 'env:REGION', value: 'd-REGION' },
    ])
  })

  it('labels what a step declares', async () => {
    const options = { files: ['data/*'], urls: ['https://example.org/a'], env: ['TZ', 'UNSET', 'MY_TOKEN'] }
    const { parts } = await tree({ options, ownKey: async () => [1], params: {}, inputs: [], outputs: [] })
    expect(parts.slice(1)).toEqual([
      {
        label: 'files',
        value: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        detail: [{ label: 'data/a.csv', identity: 'd1', kind: 'file' }],
      },
      { label: 'url:https://example.org/a', value: ['etag:"1"', 'etag:"3"'] },
      { label: 'url:https://example.org/b', value: 'sha256:2' },
      { label: 'env:TZ', value: 'd-TZ' },
      { label: 'env:UNSET', value: null },
      { label: 'env:MY_TOKEN', value: 'd-MY_TOKEN' },
      { label: 'key', value: [1] },
    ])
  })

  it('takes a declared version in place of code, without asking for code', async () => {
    const never = (): Promise<StepCode> => Promise.reject(new Error('asked'))
    const { parts } = await tree({ code: never, options: { codeVersion: '3' } })
    expect(parts.map(({ label }) => label)).toEqual([
      'codeVersion',
      'param:gamma',
      'input:x',
      'input:note',
      'output:output',
    ])
  })

  it('takes the expiry of the step, else its own', async () => {
    const entry = { endedAt: Date.now() - 7_200_000 } as CacheEntry
    const policy = new ContentCachePolicy('content', { expires: '1h' })
    expect(await policy.accept(entry, train)).toEqual({ accepted: false, reason: 'entry expired' })
    expect(await policy.accept(entry, { ...train, options: { expires: '1d' } })).toEqual({ accepted: true })
    expect(await new ContentCachePolicy().accept(entry, train)).toEqual({ accepted: true })
    const future = { endedAt: Date.now() + 90_000_000 } as CacheEntry
    expect(await policy.accept(future, { ...train, options: { expires: '1d' } })).toMatchObject({ accepted: false })
  })

  it('does not count names, places and details', async () => {
    const base = await key()
    expect(await key({ step: 'fit', invocation: 'fit', pipeline: 'other' })).toBe(base)
    expect(
      await key({ code: async () => ({ ...code, parts: [], module: 'file:///elsewhere/a.ts' }) as StepCode }),
    ).toBe(base)
    expect(await key({ params: { gamma: 0.1 } })).toBe(base)
    expect(await key({ inputs: train.inputs.toReversed() })).toBe(base)
  })

  it('counts everything else', async () => {
    const keys = await Promise.all([
      key(),
      key({ code: async () => ({ ...code, digest: 'other' }) as StepCode }),
      key({ params: { gamma: 0.2 } }),
      key({ params: { gamma: '0.1' } }),
      key({ params: { gama: 0.1 } }),
      key({ params: {} }),
      key({ inputs: [{ name: 'x', type: 'matrix@1', digest: 'd2' }] }),
      key({ inputs: [{ name: 'x', type: 'matrix@2', digest: 'd1' }] }),
      key({ inputs: [{ name: 'y', type: 'matrix@1', digest: 'd1' }] }),
      key({ inputs: [] }),
      key({ outputs: [{ name: 'output', type: 'text@1' }] }),
      key({ outputs: [{ name: 'score', type: 'json@1' }] }),
      key({ outputs: [] }),
    ])
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('keeps values apart that JSON would make equal', async () => {
    const values = [
      0,
      -0,
      Number.NaN,
      null,
      '0',
      0n,
      new Date(0),
      '1970-01-01T00:00:00.000Z',
      new Uint8Array(),
      '',
      [],
      {},
      { $bigint: '0' },
    ]
    const keys = await Promise.all(values.map((gamma) => key({ params: { gamma } })))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('tells a parameter from an input of the same name and content', async () => {
    const parameter = await key({ params: { gamma: { type: 'json@1', digest: 'd' } }, inputs: [] })
    const input = await key({ params: {}, inputs: [{ name: 'gamma', type: 'json@1', digest: 'd' }] })
    expect(parameter).not.toBe(input)
  })

  it('does not describe a step whose code is not known', async () => {
    const unknown: StepCode = { known: false, reason: 'it calls eval', at: 'src/a.ts:3' }
    expect(await new ContentCachePolicy().describe({ ...train, code: async () => unknown })).toEqual({
      uncacheable: 'it calls eval',
      at: 'src/a.ts:3',
    })
  })
})

describe('cacheKey', () => {
  it('is frozen: keys of earlier releases still hit', () => {
    const parts = [
      { label: 'code', value: 'c0de' },
      { label: 'param:gamma', value: 0.1 },
    ]
    expect(cacheKey({ policy: 'content', parts })).toBe(
      'ced47e596fab79b2d0881a9c28445a49e9073e1e8261c61272d6286ebc251d7c',
    )
  })

  it('does not depend on the order of the parts, and changes with every label and value', () => {
    const value = fc.jsonValue() as fc.Arbitrary<never>
    const parts = fc.uniqueArray(fc.record({ label: fc.string(), value }), {
      selector: (part) => part.label,
      minLength: 1,
    })
    fc.assert(
      fc.property(parts, fc.nat(), value, (some, place, other) => {
        const keyOf = (given: typeof some): string => cacheKey({ policy: 'content', parts: given })
        expect(keyOf(some.toReversed())).toBe(keyOf(some))
        const at = place % some.length
        const changed = some.map((part, index) =>
          index === at ? { ...part, value: [part.value, other] as never } : part,
        )
        expect(keyOf(changed)).not.toBe(keyOf(some))
        expect(keyOf(some.toSpliced(at, 1))).not.toBe(keyOf(some))
        const renamed = some.map((part, index) => (index === at ? { ...part, label: `${part.label}\u0000` } : part))
        expect(keyOf(renamed)).not.toBe(keyOf(some))
      }),
    )
  })

  it('counts the policy', () => {
    expect(cacheKey({ policy: 'a', parts: [] })).not.toBe(cacheKey({ policy: 'b', parts: [] }))
  })
})
