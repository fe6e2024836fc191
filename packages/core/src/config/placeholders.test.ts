import { describe, expect, it } from 'vitest'

import { parseConfigDocument } from './parse-document.ts'
import { fillPlaceholders, type FilledDocument } from './placeholders.ts'

const filled = (text: string, environment: NodeJS.ProcessEnv = { A: '1', B_C: 'two' }): FilledDocument =>
  fillPlaceholders(parseConfigDocument(text, 'run.yaml'), environment)

describe('fillPlaceholders', () => {
  it('fills them in wherever a text is a value, and knows where', () => {
    const { value, isFilled, wholes } = filled('a: ${env:A}\nb: [x, "${env:A}-${env:B_C}"]\n${env:A}: plain\nn: 5\n')
    expect(value).toEqual({ a: '1', b: ['x', '1-two'], '${env:A}': 'plain', n: 5 })
    expect(wholes).toEqual([{ path: ['a'], text: '1' }])
    expect([isFilled(['a']), isFilled(['b', 1]), isFilled(['b', 0]), isFilled(['n'])]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('fills nothing in what a variable says', () => {
    expect(filled('a: ${env:A}', { A: '${env:B}' }).value).toEqual({ a: '${env:B}' })
    expect(filled('a: ${env:A}', { A: '$& $1' }).value).toEqual({ a: '$& $1' })
  })

  it('leaves other dollars alone', () => {
    expect(filled('a: $A ${A} $${} {env:A} ${ env:A}').value).toEqual({ a: '$A ${A} $${} {env:A} ${ env:A}' })
  })

  it('takes an empty variable for set', () => {
    expect(filled('a: "[${env:A}]"', { A: '' }).value).toEqual({ a: '[]' })
  })

  it.each([
    ['${env:MISSING}', 'it is not set'],
    ['${env:}', 'no name of a variable'],
    ['${env:__proto__}', 'it is not set'],
    ['${env:a b}', 'no name of a variable'],
    ['${env:OPENAI_API_KEY}', 'it is a secret'],
    ['${env:token}', 'it is a secret'],
    ['${env:db_password}', 'it is a secret'],
  ])('refuses %s', (text, problem) => {
    const environment = Object.assign(Object.create(null), {
      OPENAI_API_KEY: 'k',
      token: 't',
      db_password: 'p',
    }) as NodeJS.ProcessEnv
    expect(() => filled(`\nx: { y: "${text}" }\n`, environment)).toThrow(
      expect.objectContaining({
        code: 'CAIRN_CONFIG_VARIABLE',
        details: expect.objectContaining({
          at: 'run.yaml:2:9',
          problem: expect.stringContaining(problem) as unknown,
        }) as unknown,
      }),
    )
  })
})
