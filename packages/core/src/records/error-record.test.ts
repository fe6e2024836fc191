import { describe, expect, it } from 'vitest'

import { cairnError } from '../errors/cairn-error.ts'
import { errorRecord } from './error-record.ts'

describe('errorRecord', () => {
  it('keeps code, message, hint and stack of a Cairn error', () => {
    const error = cairnError('CAIRN_OUTPUT_MISSING', { step: 'load', output: 'y' })
    expect(errorRecord(error)).toEqual({
      code: error.code,
      message: error.message,
      hint: error.hint,
      stack: error.stack,
    })
  })

  it.each([
    ['its own code', Object.assign(new Error('no file'), { code: 'ENOENT' }), 'ENOENT'],
    ['its class', new RangeError('too large'), 'RangeError'],
    ['its class where the code is no text', Object.assign(new TypeError('bad'), { code: 5 }), 'TypeError'],
    ['its class where the code is empty', Object.assign(new Error('bad'), { code: '' }), 'Error'],
    ['Error where it has no name', Object.assign(new Error('bad'), { name: '' }), 'Error'],
  ])('names any other error by %s', (_name, error, code) => {
    expect(errorRecord(error)).toMatchObject({ code, message: error.message })
  })

  it.each([
    ['text', 'text'],
    [5, '5 was thrown'],
    [null, 'null was thrown'],
    [undefined, 'undefined was thrown'],
    [{ reason: 'x' }, '{"reason":"x"} was thrown'],
    [Symbol('s'), 'Symbol(s) was thrown'],
    [1n, 'A value of type bigint was thrown'],
  ])('records that %s was thrown', (thrown, message) => {
    expect(errorRecord(thrown)).toEqual({ code: 'THROWN', message })
  })

  it('keeps after how many seconds an error asks to be tried again', () => {
    const after = (retryAfter: unknown): unknown =>
      errorRecord(Object.assign(new Error('busy'), { retryAfter })).retryAfter
    expect(after(30)).toBe(30)
    expect(after(0)).toBe(0)
    for (const none of ['30', -1, Number.NaN, Number.POSITIVE_INFINITY, undefined]) expect(after(none)).toBeUndefined()
  })

  it('is JSON', () => {
    const record = errorRecord(new Error('x', { cause: { cyclic: new Map() } }))
    expect(JSON.parse(JSON.stringify(record))).toEqual(record)
  })
})
