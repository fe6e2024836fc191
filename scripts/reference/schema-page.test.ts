import { describe, expect, it } from 'vitest'

import { schemaPage, valueText } from './schema-page.ts'

describe('valueText', () => {
  it.each([
    [{ type: 'string', pattern: '.' }, 'text'],
    [{ type: 'string', pattern: '^a|b$' }, 'text like `^a|b$`'],
    [{ type: 'integer', minimum: 1 }, 'whole number, at least 1'],
    [{ type: 'array', items: { enum: ['a', 'b'] } }, 'list of `a`, `b`'],
    [{ anyOf: [{ type: 'boolean' }, { type: 'string' }, { type: 'string' }] }, '`true`, `false` or text'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'number, by name'],
    [{ type: 'object', additionalProperties: false }, 'properties'],
    [{}, 'anything'],
  ])('says what %j takes', (schema, text) => {
    expect(valueText(schema)).toBe(text)
  })
})

describe('schemaPage', () => {
  it('has a row for each property at any depth', () => {
    const step = {
      type: 'object',
      properties: { retry: { type: 'object', properties: { attempts: { type: 'integer' } } } },
    }
    const schema = {
      type: 'object',
      properties: { steps: { type: 'object', additionalProperties: step, description: 'By name.' } },
    }
    const page = schemaPage([{ title: 'A file', about: 'What it is.', schema }])
    expect(page.split('\n').filter((line) => line.startsWith('| `'))).toEqual([
      '| `steps` | properties, by name | By name. |',
      '| `steps.<name>.retry` | properties |  |',
      '| `steps.<name>.retry.attempts` | whole number |  |',
    ])
  })
})
