import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isCairnError } from '../errors/cairn-error.ts'
import { assertName, foldName, nameProblem } from './name.ts'

describe('nameProblem', () => {
  it.each([
    'a',
    'A',
    '7',
    'svc_trainer',
    'svc-trainer',
    'v1.2.3',
    'x'.repeat(100),
    'console',
    'auxiliary',
    'com10',
    'nul_',
  ])('accepts %s', (name) => {
    expect(nameProblem(name)).toBeUndefined()
  })

  it.each(['CON', 'con', 'Prn', 'AUX', 'nul', 'COM0', 'com9', 'LPT1', 'nul.txt', 'con.tar.gz', 'Com1.x'])(
    'refuses the device name %s',
    (name) => {
      expect(nameProblem(name)).toBe('it is a reserved device name on Windows')
    },
  )

  it.each([
    ['', 'it is empty'],
    ['x'.repeat(101), 'it has 101 characters, at most 100 are allowed'],
    ['a.', 'it ends in a dot'],
    [undefined, 'it is undefined, not a string'],
    [null, 'it is null, not a string'],
    [7, 'it is number, not a string'],
  ])('says why %j is refused', (name, problem) => {
    expect(nameProblem(name)).toBe(problem)
  })

  it.each(['.a', '_a', '-a', ' a', 'a b', 'a/b', 'a\\b', '..', 'a\n', 'é', 'a\u0000', '__proto__', 'ａ', 'a:b'])(
    'refuses the characters of %j',
    (name) => {
      expect(nameProblem(name)).toBe('it holds a character that is not allowed, or starts with one')
    },
  )

  it('accepts only names that work as a file name everywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 110 }), (name) => {
        if (nameProblem(name) === undefined) {
          expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,98}[A-Za-z0-9_-]?$/)
          expect(name.split('.')[0]).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)$/i)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('accepts every name of the allowed characters that is no device and ends in no dot', () => {
    const names = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,98}[A-Za-z0-9_-]$/)
    fc.assert(
      fc.property(names, (name) => {
        fc.pre(!/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name))
        expect(nameProblem(name)).toBeUndefined()
      }),
    )
  })
})

describe('assertName', () => {
  it('says which kind of name was refused and why', () => {
    const refused = (): void => assertName('step', 'my step')
    expect(refused).toThrow('The step name "my step" cannot be used: it holds a character that is not allowed')
  })

  it.each([undefined, null, 7, {}, [], Symbol('s'), Object.create(null), () => 'a'])(
    'refuses a value that is no string with the same code',
    (name) => {
      let caught: unknown
      try {
        assertName('step', name)
      } catch (error) {
        caught = error
      }
      expect(isCairnError(caught, 'CAIRN_NAME_INVALID')).toBe(true)
    },
  )
})

describe('foldName', () => {
  it('makes names equal that differ in case only', () => {
    expect(foldName('SVC_Trainer')).toBe(foldName('svc_trainer'))
  })
})
