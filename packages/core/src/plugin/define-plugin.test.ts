import { describe, expect, it } from 'vitest'

import { definePlugin } from './define-plugin.ts'

describe('definePlugin', () => {
  it('gives back what it was given and refuses a bad name', () => {
    const given = { name: 'mine', components: [] }
    expect(definePlugin(given)).toBe(given)
    expect(() => definePlugin({ name: 'my plugin', components: [] })).toThrow(
      expect.objectContaining({ code: 'CAIRN_NAME_INVALID' }),
    )
  })
})
