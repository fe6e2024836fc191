import { describe, expect, it } from 'vitest'

import { sortableId } from './sortable-id.ts'

describe('sortableId', () => {
  it('is 32 hex digits that start with the milliseconds', () => {
    const future = Date.now() + 1_000_000
    const id = sortableId(future)
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(Number.parseInt(id.slice(0, 12), 16)).toBe(future)
  })

  it('gives different ids that sort in the order of their making, also when the clock goes back', () => {
    const now = Date.now()
    const ids = Array.from({ length: 10_000 }, (_, turn) => sortableId(turn % 2 === 0 ? now : now - 5000))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
  })
})
