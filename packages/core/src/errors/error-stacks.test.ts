import { describe, expect, it } from 'vitest'

import { errorStacks } from './error-stacks.ts'

describe('errorStacks', () => {
  it('gives the stack of an error and of its causes', () => {
    const stacks = errorStacks(new Error('above', { cause: new RangeError('below') }))

    expect(stacks).toMatch(/^Error: above\n +at [^]*\nCaused by: RangeError: below\n +at /)
  })

  it('takes the record of an error for a cause', () => {
    const cause = { code: 'RangeError', message: 'below', stack: 'RangeError: below\n    at step.ts:1:1' }

    expect(errorStacks(new Error('above', { cause }))).toMatch(/\nCaused by: RangeError: below\n {4}at step\.ts:1:1$/)
  })

  it('says the message where there is no stack', () => {
    expect(errorStacks(new Error('above', { cause: { message: 'below' } }))).toMatch(/\nCaused by: below$/)
  })

  it.each([undefined, null, 'text', 5])('gives nothing for %s', (thrown) => {
    expect(errorStacks(thrown)).toBe('')
  })

  it('ends where causes go round in a circle', () => {
    const error = new Error('again')
    error.cause = error

    expect(errorStacks(error).split('Caused by: ').length).toBeLessThan(30)
  })
})
