import type { KeyTree } from '@cairnml/core'
import { compareKeyTrees } from '@cairnml/core/explain'
import { describe, expect, it } from 'vitest'

import { weightOf, type ChangeWeight } from './change-weight.ts'

function weights(label: string, policies: readonly [string, string] = ['p', 'p']): readonly ChangeWeight[] {
  const tree = (value: string, policy: string): KeyTree => ({ policy, parts: [{ label, value }] })
  return compareKeyTrees(tree('a', policies[0]), tree('b', policies[1])).map(weightOf)
}

describe('weightOf', () => {
  it.each<[string, ChangeWeight]>([
    ['code', 'code'],
    ['codeVersion', 'code'],
    ['port:input:x', 'code'],
    ['port:output:y', 'code'],
    ['captured:rate', 'code'],
    ['package:left-pad', 'code'],
    ['param:gamma', 'content'],
    ['input:x', 'content'],
    ['env:REGION', 'content'],
    ['platform', 'content'],
    ['files', 'content'],
    ['url:https://example.org/a', 'content'],
    ['key', 'content'],
    ['anything else', 'content'],
    ['output:model', 'form'],
  ])('takes a change of %s for one of %s', (label, weight) => expect(weights(label)).toEqual([weight]))

  it('takes another policy for another form', () => {
    expect(weights('code', ['p', 'q'])).toEqual(['form', 'code'])
  })
})
