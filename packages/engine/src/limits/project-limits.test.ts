import { describe, expect, it } from 'vitest'

import { assertWithinLimits, limitsOf } from './project-limits.ts'
import type { PlannedInvocation } from '../plan/plan.ts'

const asking = (resources: PlannedInvocation['options']['resources']): PlannedInvocation => {
  // Sound: nothing else of an invocation is looked at.
  return { id: 'ask', options: { resources } } as unknown as PlannedInvocation
}
const exceeded = (limit: string): unknown =>
  expect.objectContaining({ code: 'CAIRN_LIMIT_EXCEEDED', details: expect.objectContaining({ limit }) as unknown })

describe('assertWithinLimits', () => {
  it('refuses what could never start', () => {
    expect(() => assertWithinLimits([asking({ openai: 9 })], { openai: 8 })).toThrow(exceeded('openai'))
    expect(() => assertWithinLimits([asking({ openai: 9 })], { openai: 10, 'openai/s': 8 })).toThrow(
      exceeded('openai/s'),
    )
  })

  it('lets pass what fits, is not limited, or is no amount', () => {
    const fitting = [asking({ openai: 8 }), asking({ other: 99 }), asking({ memory: '4Gi' }), asking(undefined)]
    expect(() => assertWithinLimits(fitting, { openai: 8 })).not.toThrow()
  })
})

describe('limitsOf', () => {
  it('are the same for all runs of a project, and those of another project are others', () => {
    const own = limitsOf('/a/cairn.yaml', { openai: 1 })
    expect(own).toBeDefined()
    expect(limitsOf('/a/cairn.yaml', { openai: 2 })).toBe(own)
    expect(limitsOf('/b/cairn.yaml', { openai: 1 })).not.toBe(own)
  })

  it('are none where nothing is limited', () => {
    expect(limitsOf(undefined, {})).toBeUndefined()
    expect(limitsOf('/c/cairn.yaml', {})).toBeUndefined()
  })
})
