import { describe, expect, it } from 'vitest'

import type { KeyPart, KeyTree } from '../cache-policy/cache-policy.ts'
import { changesText } from './change-text.ts'
import { compareKeyTrees } from './compare-key-trees.ts'
import type { ExecutionReason } from '../records/records.ts'
import { reasonText } from './reason-text.ts'

type Parts = readonly KeyPart[]

const tree = (parts: Parts, policy = 'content'): KeyTree => ({ policy, parts })
const part = (label: string, value: KeyPart['value'], detail?: KeyPart['detail']): KeyPart => ({ label, value, detail })
const code = (
  digest: string,
  ...parts: readonly (readonly [label: string, identity: string, kind: string])[]
): KeyPart =>
  part(
    'code',
    digest,
    parts.map(([label, identity, kind]) => ({ label, identity, kind })),
  )

function textOf(before: Parts, after: Parts): string {
  return changesText(compareKeyTrees(tree(before), tree(after)))
}

const LONG = 'x'.repeat(100)

describe('the sentence for', () => {
  it.each<[what: string, before: Parts, after: Parts, text: string]>([
    ['a parameter', [part('param:gamma', 0.001)], [part('param:gamma', 0.0015)], 'parameter gamma 0.001 -> 0.0015'],
    ['a new parameter', [], [part('param:gamma', 1)], 'parameter gamma is new (1)'],
    ['a parameter that is gone', [part('param:gamma', 1)], [], 'parameter gamma is gone (was 1)'],
    [
      'a parameter of text',
      [part('param:name', 'a"b')],
      [part('param:name', 'a\u001b[31m\u202eb')],
      'parameter name "a\\"b" -> "a\\u001b[31m\\u202eb"',
    ],
    [
      'a property within a parameter',
      [part('param:svm', { kernel: 'rbf', range: [1, 2] })],
      [part('param:svm', { kernel: 'rbf', range: [1, 3] })],
      'parameter svm.range.1 2 -> 3',
    ],
    [
      'a property that a parameter did not have',
      [part('param:svm', { kernel: 'rbf' })],
      [part('param:svm', { kernel: 'rbf', 'degree-max': { $bigint: '7' } })],
      'parameter svm.degree-max is new (7n)',
    ],
    [
      'a parameter of other kind',
      [part('param:from', { $date: '1970-01-01T00:00:00.000Z' })],
      [part('param:from', { a: [{ $number: '-0' }, null, true], 'b c': { $bytes: 'AQI=' } })],
      'parameter from 1970-01-01T00:00:00.000Z -> { a: [-0, null, true], "b c": bytes 0102 }',
    ],
    [
      'a long parameter',
      [part('param:prompt', `${LONG}1`)],
      [part('param:prompt', `${LONG}2`)],
      `parameter prompt "${LONG.slice(0, 39)}... (sha256 a93bb470) -> "${LONG.slice(0, 39)}... (sha256 35e516ed)`,
    ],
    [
      'an input',
      [part('input:x', { type: 'npy@1', digest: 'a'.repeat(64) })],
      [part('input:x', { type: 'npy@1', digest: 'b'.repeat(64) })],
      'input x changed (aaaaaaaa -> bbbbbbbb)',
    ],
    ['an input whose digest is empty', [part('input:x', '!')], [part('input:x', '')], 'input x changed'],
    [
      'an input of another type',
      [part('input:x', { type: 'npy@1', digest: 'a' })],
      [part('input:x', { type: 'npy@2', digest: 'a' })],
      'input x changed (npy@1 -> npy@2)',
    ],
    [
      'an input that was not given',
      [part('input:note', { type: 'json@1', digest: null })],
      [part('input:note', { type: 'json@1', digest: 'a' })],
      'input note is new',
    ],
    [
      'an input that is not given',
      [part('input:note', { type: 'json@1', digest: 'a' })],
      [part('input:note', { type: 'json@1', digest: null })],
      'input note is left out',
    ],
    ['code of which no more is known', [part('code', 'a')], [part('code', 'b')], 'code changed'],
    [
      'a function',
      [code('1', ['src/helper.ts:normalise', 'a', 'function'], ['src/train.ts:train', 'b', 'function'])],
      [code('2', ['src/helper.ts:normalise', 'c', 'function'], ['src/train.ts:train', 'b', 'function'])],
      'function normalise (src/helper.ts) changed',
    ],
    [
      'a statement, with what it does or else its line',
      [code('1', ['src/a.ts:registry.set(…)', 'a', 'statement'], ['src/a.ts:7', 'a', 'statement'])],
      [code('2', ['src/a.ts:registry.set(…)', 'b', 'statement'], ['src/a.ts:7', 'b', 'statement'])],
      'statement at src/a.ts:7 changed and statement registry.set(…) (src/a.ts) changed',
    ],
    [
      'a new constant and a class that is gone',
      [code('1', ['src/svm.ts:Kernel', 'a', 'class'])],
      [code('2', ['src/svm.ts:LIMIT', 'b', 'constant'])],
      'class Kernel (src/svm.ts) is gone and constant LIMIT (src/svm.ts) is new',
    ],
    [
      'files of code',
      [code('1', ['src/a.json', 'a', 'file'], ['src/b.ts', 'b', 'file'], ['src/c.ts', 'c', 'file'])],
      [code('2', ['src/a.json', '1', 'file'], ['src/b.ts', '2', 'file'], ['src/c.ts', '3', 'file'])],
      'file src/a.json changed, file src/b.ts changed and 1 more',
    ],
    ['a code version', [part('codeVersion', '2')], [part('codeVersion', '3')], 'codeVersion 2 -> 3'],
    [
      'a code version in place of the code',
      [code('1'), part('package:zod', '4.1.0'), part('port:output:y', 'a'), part('captured:rate', 'b')],
      [part('codeVersion', '3')],
      'codeVersion 3 replaces the code',
    ],
    [
      'code in place of a code version',
      [part('codeVersion', '3')],
      [code('1'), part('package:zod', '4.1.0')],
      'the code counts, codeVersion 3 is gone',
    ],
    [
      'the code of a declared type',
      [part('port:input:x', '1', [{ label: 'src/types.ts:Row', identity: 'a', kind: 'constant' }])],
      [part('port:input:x', '2', [{ label: 'src/types.ts:Row', identity: 'b', kind: 'constant' }])],
      'code of the type of input x changed: constant Row (src/types.ts) changed',
    ],
    [
      'the type of an output',
      [part('output:model', 'json@1')],
      [part('output:model', 'svc-model@1')],
      'type of output model json@1 -> svc-model@1',
    ],
    [
      'the type of the only output',
      [part('output:output', 'a')],
      [part('output:output', 'b')],
      'type of the output a -> b',
    ],
    [
      'the code of the type of the only output',
      [part('port:output:output', '1', [{ label: 'src/box.ts:Box', identity: 'a', kind: 'class' }])],
      [part('port:output:output', '2', [{ label: 'src/box.ts:Box', identity: 'b', kind: 'class' }])],
      'code of the type of the output changed: class Box (src/box.ts) changed',
    ],
    [
      'a captured value that may be shown',
      [part('captured:rate', 'a', [{ label: '0.1', identity: 'a', kind: 'value' }])],
      [part('captured:rate', 'b', [{ label: '0.2', identity: 'b', kind: 'value' }])],
      'captured value rate 0.1 -> 0.2',
    ],
    ['a captured value', [part('captured:table', 'a')], [part('captured:table', 'b')], 'captured value table changed'],
    ['a package', [part('package:zod', '4.1.0')], [part('package:zod', '4.1.2')], 'package zod 4.1.0 -> 4.1.2'],
    ['a new package', [], [part('package:zod', { version: '4.1.0' })], 'package zod is new (4.1.0)'],
    [
      'a package below a package',
      [
        part('package:zod', 'a', [
          { label: 'zod@4.1.0', identity: '' },
          { label: '@x/y@1.0.0', identity: '' },
        ]),
      ],
      [
        part('package:zod', 'b', [
          { label: 'zod@4.1.0', identity: '' },
          { label: '@x/y@1.1.0', identity: '' },
        ]),
      ],
      'a package below zod changed: @x/y 1.0.0 -> 1.1.0',
    ],
    [
      'packages below a package',
      [part('package:zod', { version: '4.1.0', below: ['a@1.0.0', 'c@2.0.0'] })],
      [part('package:zod', { version: '4.1.0', below: ['a@1.0.1', 'b@1.0.0'] })],
      '3 packages below zod changed: a 1.0.0 -> 1.0.1, b is new (1.0.0) and 1 more',
    ],
    [
      'a package with other content',
      [part('package:zod', { version: '4.1.0', identity: 'a' })],
      [part('package:zod', { version: '4.1.0', identity: 'b' })],
      'package zod changed, still version 4.1.0',
    ],
    [
      'an environment variable',
      [part('env:MODEL', 'a')],
      [part('env:MODEL', 'b')],
      'environment variable MODEL changed',
    ],
    [
      'declared files',
      [part('files', '1', [{ label: 'data/a.csv', identity: 'a', kind: 'file' }])],
      [
        part('files', '2', [
          { label: 'data/a.csv', identity: 'b', kind: 'file' },
          { label: 'data/b.csv', identity: 'c', kind: 'file' },
        ]),
      ],
      'file data/a.csv changed and file data/b.csv is new',
    ],
    [
      'a url',
      [part('url:https://a.example/x', '1')],
      [part('url:https://a.example/x', '2')],
      'url https://a.example/x changed',
    ],
    ['an own key', [part('key', 1)], [part('key', 2)], 'what its own key() gives changed'],
    [
      'another operating system',
      [part('platform', 'linux-x64-137')],
      [part('platform', 'darwin-x64-137')],
      'operating system linux -> darwin',
    ],
    [
      'another machine',
      [part('platform', { os: 'linux', cpus: 2 })],
      [part('platform', { os: 'linux', cpus: 8 })],
      'number of processors 2 -> 8',
    ],
    [
      'another Node',
      [part('platform', 'linux-x64-137')],
      [part('platform', 'linux-x64-141')],
      'binary interface of Node 137 -> 141',
    ],
    [
      'another machine, operating system and Node',
      [part('platform', 'linux-x64-137')],
      [part('platform', 'darwin-arm64-141')],
      'platform linux-x64-137 -> darwin-arm64-141',
    ],
    ['a part of a policy of its own', [part('zone', 'a')], [part('zone', 'b')], 'zone changed'],
    [
      'a file with a wicked name',
      [part('files', '1', [{ label: 'a\u001b[2J.csv', identity: 'a', kind: 'file' }])],
      [part('files', '2', [{ label: 'a\u001b[2J.csv', identity: 'b', kind: 'file' }])],
      'file a\\u001b[2J.csv changed',
    ],
    ['no difference', [part('zone', 'a')], [part('zone', 'a')], ''],
  ])('%s', (_what, before, after, text) => {
    expect(textOf(before, after)).toBe(text)
  })

  it.each([
    ['a'.repeat(40), 'b'.repeat(40), 'tree of src changed: aaaaaaaa -> bbbbbbbb'],
    ['a'.repeat(64), 'b'.repeat(64), 'tree of src changed: aaaaaaaa -> bbbbbbbb'],
    ['a'.repeat(40), 'a secret', 'tree of src changed'],
    [1, 2, 'tree of src changed'],
  ])('a part of another policy that goes from %s to %s tells hashes and nothing else', (before, after, text) => {
    expect(textOf([part('tree of src', before)], [part('tree of src', after)])).toBe(text)
    expect(textOf([], [part('tree of src', after)])).toBe('tree of src is new')
  })

  it('another cache policy', () => {
    expect(changesText(compareKeyTrees(tree([]), tree([], 'monthly')))).toBe('cache policy content -> monthly')
  })

  it.each([
    [['load'], true, 'input x changed (from load, which ran again)'],
    [['load'], false, 'input x changed (from load, reused)'],
    [['a', 'b', 'c', 'd'], true, 'input x changed (from a, b and 2 more, which ran again)'],
    [[], false, 'input x changed (data from outside)'],
  ])('an input from %j', (invocations, ranAgain, text) => {
    const changes = compareKeyTrees(tree([part('input:x', 'a')]), tree([part('input:x', 'b')]))
    expect(changesText(changes.map((change) => ({ ...change, source: { invocations, ranAgain } })))).toBe(text)
  })

  it('several differences has the most telling ones first, and counts the others', () => {
    const parts = (value: string): Parts =>
      ['platform', 'key', 'env:A', 'package:zod', 'captured:c', 'code', 'input:x', 'param:gamma'].map((label) =>
        part(label, value),
      )
    expect(textOf(parts('a'), parts('b'))).toBe(
      'parameter gamma "a" -> "b"; input x changed (a -> b); code changed; and 5 more',
    )
  })
})

describe('the reason', () => {
  const changes = compareKeyTrees(tree([part('param:gamma', 1)]), tree([part('param:gamma', 2)]))

  it.each<[ExecutionReason, string]>([
    [{ kind: 'first' }, 'no earlier entry'],
    [{ kind: 'changed', against: 'r.train' }, 'parameter gamma 1 -> 2 (against run nightly)'],
    [{ kind: 'entry-gone', against: 'r.train' }, 'entry gone (made by run nightly)'],
    [{ kind: 'output-gone', against: 'r.train', outputs: ['x', 'y'] }, 'output gone: x, y (made by run nightly)'],
    [{ kind: 'output-gone', against: 'r.train', outputs: ['output'] }, 'output gone (made by run nightly)'],
    [{ kind: 'refused', against: 'r.train', reason: 'entry expired' }, 'entry expired (made by run nightly)'],
    [
      { kind: 'refused', against: 'r.train', reason: 'its zone is closed' },
      'entry not accepted: its zone is closed (made by run nightly)',
    ],
    [{ kind: 'forced' }, 'forced (--force or --refresh)'],
  ])('%j is told', (reason, text) => {
    expect(reasonText(reason, { run: 'nightly', changes })).toBe(text)
  })

  it('tells that what differed is not known any more', () => {
    expect(reasonText({ kind: 'changed', against: 'r.train' }, { run: 'nightly', changes: [] })).toBe(
      'something that is no longer recorded differs (against run nightly)',
    )
  })
})

describe('comparing keys', () => {
  it('shows no value of an environment variable, a key function or a captured value that is not meant to be shown', () => {
    const parts = (secret: string): Parts => [
      part('env:TOKEN', secret),
      part('key', secret),
      part('captured:token', secret),
      part('files', secret),
      part('url:https://a.example', secret),
    ]
    const changes = compareKeyTrees(tree(parts('hunter2')), tree(parts('hunter3')))
    expect(changes).toHaveLength(5)
    expect(JSON.stringify(changes)).not.toContain('hunter')
  })

  it('takes values of unknown form as they are', () => {
    const of = (version: number): Parts => [part('param:x', { $unknown: version })]
    expect(textOf(of(1), of(2))).toBe('parameter x.$unknown 1 -> 2')
  })
})
