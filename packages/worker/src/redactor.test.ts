import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Redactor } from './redactor.ts'

const hide = (text: string, ...secrets: readonly string[]): string =>
  new Redactor(Object.fromEntries(secrets.map((secret, at) => [String(at), secret]))).text(text)

describe('Redactor', () => {
  it.each([
    ['nothing here', ['secret'], 'nothing here'],
    ['a secret, secret', ['secret'], 'a ***, ***'],
    ['prefixed', ['pre', 'prefixed'], '***'],
    ['$& $1 (.*)', ['$&', '(.*)'], '*** $1 ***'],
    ['{"p":"a\\"b\\\\c"}', ['a"b\\c'], '{"p":"***"}'],
    ['https://x/?q=a%26b%20c', ['a&b c'], 'https://x/?q=***'],
    ['sec\nret and sec\r\n  ret', ['secret'], '*** and ***'],
    ['wrapped sec\\\nret', ['secret'], 'wrapped ***'],
    ['trailing: secret.', ['secret\n'], 'trailing: ***.'],
    ['emoji 🔑🔑🔑🔑!', ['🔑🔑🔑🔑'], 'emoji ***!'],
  ])('makes of %j with %j: %j', (text, secrets, expected) => {
    expect(hide(text, ...secrets)).toBe(expected)
  })

  it('hides the lines of a long secret on their own', () => {
    const pem = '-----BEGIN KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END KEY-----\n'
    expect(hide('found MIIEvQIBADAN here', pem)).toBe('found *** here')
    expect(hide(JSON.stringify({ pem }), pem)).toBe('{"pem":"***"}')
    expect(hide(pem, pem)).toBe('***')
  })

  it('hides a short value where it stands alone, not inside of words', () => {
    expect(hide('pin=42, 420, a42, _42_ (42)', '42')).toBe('pin=***, 420, a42, _42_ (***)')
  })

  it('changes nothing where there are no secrets', () => {
    const json = { a: ['x'] }
    const redactor = new Redactor({})
    expect(redactor.json(json)).toBe(json)
    expect(redactor.text('x')).toBe('x')
  })

  it('hides what types say of outputs, and keeps their identity', () => {
    const redactor = new Redactor({ KEY: 'sk-12345' })
    const ref = { kind: 'file', path: 'value.json', digest: 'd', size: 1, type: 'json@1' } as const
    const told = { ...ref, metadata: { by: 'sk-12345' }, preview: { kind: 'text', text: 'sk-12345' } as const }
    expect(redactor.outputs({ a: ref, b: told })).toEqual({
      a: ref,
      b: { ...ref, metadata: { by: '***' }, preview: { kind: 'text', text: '***' } },
    })
  })

  it('leaves no secret of four or more characters in any text', () => {
    const secret = fc
      .string({ minLength: 4, maxLength: 20, unit: 'grapheme' })
      .filter((value) => value.trim().length >= 4)
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        const characters = Array.from(value)
        const wrapped = `${characters.slice(0, 2).join('')}\n${characters.slice(2).join('')}`
        for (const form of [value, JSON.stringify(value), wrapped]) {
          fc.pre(!'***'.includes(value) && !value.includes('*'))
          expect(hide(`${before}${form}${after}`, value)).not.toContain(value)
        }
        expect(hide(wrapped, value).replace('\n', '')).not.toContain(value)
      }),
    )
  })
})
