import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { packageSpecifiers } from './plugin-specifier.ts'

describe('packageSpecifiers', () => {
  it.each([
    ['s3', ['@cairnml/plugin-s3', 'cairnml-plugin-s3']],
    ['s3@2', ['@cairnml/plugin-s3@2', 'cairnml-plugin-s3@2']],
    ['@acme/stores', ['@acme/stores']],
    ['@acme/stores@^1.2.0', ['@acme/stores@^1.2.0']],
    ['cairnml-plugin-s3', ['cairnml-plugin-s3']],
    ['./s3.tgz', ['./s3.tgz']],
    ['s3.tgz', ['s3.tgz']],
    ['../stores', ['../stores']],
    ['/stores', ['/stores']],
    ['file:stores', ['file:stores']],
    ['https://example.org/s3.tgz', ['https://example.org/s3.tgz']],
    ['github:acme/stores', ['github:acme/stores']],
    ['acme/stores', ['acme/stores']],
  ])('of %s are %j', (given, expected) => {
    expect(packageSpecifiers(given)).toEqual(expected)
  })

  it.each(['', '--registry=http://example.org', '-g', 'a\0b'])('are none of %j', (given) => {
    expect(() => packageSpecifiers(given)).toThrow(expect.objectContaining({ code: 'CAIRN_NAME_INVALID' }))
  })

  it('never begin as an option does', () => {
    fc.assert(
      fc.property(fc.string(), (given) => {
        const specifiers = ((): readonly string[] => {
          try {
            return packageSpecifiers(given)
          } catch {
            return []
          }
        })()
        expect(specifiers.filter((specifier) => specifier.startsWith('-'))).toEqual([])
      }),
    )
  })
})
