import { describe, expect, it } from 'vitest'

import { reachedPackages } from './reached-packages.ts'

const piece = (label: string): { label: string; identity: string; kind: string } => ({
  label,
  identity: label,
  kind: 'package',
})

describe('reachedPackages', () => {
  it('names what a step reaches with its versions, and not what lies below it', () => {
    const parts = [
      { label: 'code', value: 'a' },
      { label: 'package:@scope/a', value: 'x', detail: [piece('@scope/a@1.0.0'), piece('@scope/ab@2.0.0')] },
      { label: 'package:zod', value: ['x', 'y'], detail: [piece('zod@4.1.0'), piece('zod@3.0.0'), piece('b@1.0.0')] },
      { label: 'package:bare', value: 'x' },
    ]
    expect(reachedPackages({ policy: 'content', parts })).toEqual([
      { name: '@scope/a', version: '1.0.0' },
      { name: 'zod', version: '4.1.0' },
      { name: 'zod', version: '3.0.0' },
    ])
    expect(reachedPackages(undefined)).toEqual([])
  })
})
