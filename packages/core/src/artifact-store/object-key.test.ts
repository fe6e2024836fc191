import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { assertObjectKey, assertObjectPrefix } from './object-key.ts'

const refused = expect.objectContaining({ code: 'CAIRN_STORE_KEY_INVALID' }) as unknown

describe('assertObjectKey', () => {
  it.each(['a', 'blobs/sha256/ab/abcd', 'a.b_c-d=e+f', '.hidden', '...', 'x'.repeat(900)])('accepts %s', (key) => {
    expect(() => assertObjectKey(key)).not.toThrow()
  })

  it.each([
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    'a/../b',
    'a/.',
    './a',
    'a\\b',
    'a b',
    'a:b',
    'a%2e',
    'é',
    'a\u0000',
    'a\n',
    'x'.repeat(901),
    undefined as never,
    5 as never,
    null as never,
  ])('refuses %j', (key) => {
    expect(() => assertObjectKey(key)).toThrow(refused)
  })

  it('accepts nothing that leads out of a folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', '%', ':', '\u0000') }), (key) => {
        try {
          assertObjectKey(key)
        } catch {
          return
        }
        expect(new URL(key, 'file:///root/store/').pathname.startsWith('/root/store/')).toBe(true)
        expect(key.split('/')).not.toContain('..')
      }),
      { numRuns: 2000 },
    )
  })
})

describe('assertObjectPrefix', () => {
  it.each(['', 'a', 'blobs/', 'blobs/sha', 'cache/z/key/'])('accepts %j', (prefix) => {
    expect(() => assertObjectPrefix(prefix)).not.toThrow()
  })

  it.each(['/', '..', '../', 'a//', '/a', 'a/../'])('refuses %j', (prefix) => {
    expect(() => assertObjectPrefix(prefix)).toThrow(refused)
  })
})
