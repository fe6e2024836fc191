import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cacheKey } from '../cache-policy/cache-key.ts'
import type { KeyTree } from '../cache-policy/cache-policy.ts'
import { toTaggedJson } from '../encoding/tagged-json.ts'
import { changesText, changeText } from './change-text.ts'
import { compareKeyTrees, distanceOf } from './compare-key-trees.ts'

const label = fc.oneof(
  fc.constantFrom('code', 'codeVersion', 'files', 'key', 'platform', 'port:input:x', 'output:y', 'input:x', 'zone'),
  fc
    .tuple(fc.constantFrom('param', 'captured', 'package', 'env', 'url', 'input', 'own'), fc.string({ maxLength: 3 }))
    .map((parts) => parts.join(':')),
)
const plain = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(1n, -0, Number.NaN, new Date(0), new Date(Number.NaN), Uint8Array.of(1), 'linux-x64-137'),
)
const value = plain.map((each) => toTaggedJson(each))
const detail = fc.array(
  fc.record({
    label: fc.constantFrom('src/a.ts:f', 'src/a.ts', 'zod@4.1.0', '@a/b@1.0.0', '', ':', '@'),
    identity: fc.constantFrom('1', '2'),
    kind: fc.constantFrom('function', 'file', 'value', 'package'),
  }),
  { maxLength: 3 },
)
const part = fc.record({ label, value, detail }, { requiredKeys: ['label', 'value'] })
const tree: fc.Arbitrary<KeyTree> = fc.record({
  policy: fc.constantFrom('content', 'own'),
  parts: fc.uniqueArray(part, { selector: (each) => each.label, maxLength: 6 }),
})

/** A tree of one input that is recorded by its digest alone. */
const inputOnly = (digest: string): KeyTree => ({ policy: 'content', parts: [{ label: 'input:x', value: digest }] })

describe('two keys', () => {
  it('differ if and only if something is said to differ, whatever they are made of', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const changes = compareKeyTrees(before, after)
        const isSame = cacheKey(before) === cacheKey(after)
        expect(changes.length === 0).toBe(isSame)
        expect(distanceOf(before, after) === 0).toBe(isSame)
        for (const change of changes) expect(changeText(change)).toMatch(/^\S.*\S$/su)
        expect(changesText(changes)).not.toMatch(/undefined|\[object|[\p{Cc}\u202e]/u)
      }),
      { numRuns: 2000, examples: [[inputOnly('!'), inputOnly('')]] },
    )
  })

  it('never differ from themselves', () => {
    fc.assert(
      fc.property(tree, (one) => {
        expect(compareKeyTrees(one, structuredClone(one))).toEqual([])
      }),
    )
  })
})
