import { describe, expect, it } from 'vitest'

import { parseConfigDocument } from './parse-document.ts'

function problemOf(text: string): string {
  try {
    parseConfigDocument(text, 'run.yaml')
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    expect(code).toBe('CAIRN_CONFIG_INVALID')
    return message
  }
  return 'none'
}

const valueOf = (text: string): unknown => parseConfigDocument(text, 'run.yaml').value

describe('parseConfigDocument', () => {
  it.each([
    ['a: 1\nb: [x, "2", true, null, 1.5]', { a: 1, b: ['x', '2', true, null, 1.5] }],
    ['', {}],
    ['# nothing yet\n', {}],
    ['a:\n', { a: null }],
    ['cache: off\nyes: no', { cache: 'off', yes: 'no' }],
    ['at: 2026-11-20\nzip: 01234\noct: 0o17', { at: '2026-11-20', zip: 1234, oct: 15 }],
    ['base: &b { x: 1 }\nother: *b', { base: { x: 1 }, other: { x: 1 } }],
    ['text: |\n  one\n  two\n', { text: 'one\ntwo\n' }],
    ['n: !!str 12', { n: '12' }],
    ['constructor: 1\ntoString: 2', { constructor: 1, toString: 2 }],
    ['{\n\t"a": {\n\t\t"b": "\\u00e9\\/\\ud83d\\ude00"\n\t}\n}\n', { a: { b: 'é/😀' } }],
    ['{"$schema": "x", "n": 1e3, "e": []}', { $schema: 'x', n: 1000, e: [] }],
    ['id: 12345678901234567890', { id: '12345678901234567890' }],
  ])('reads %j', (text, value) => {
    expect(valueOf(text)).toEqual(value)
  })

  it.each([
    ['a: 1\nb: 2\na: 3\n', 'run.yaml:3:1: "a" is given twice'],
    ['a: 1\n<<: { b: 2 }\n', 'run.yaml:2:1: merge keys (<<) are not supported'],
    ['x:\n  __proto__: { polluted: true }\n', 'run.yaml:2:3: a property cannot be named "__proto__"'],
    ['{"__proto__": 1}', 'run.yaml:1:2: a property cannot be named "__proto__"'],
    ['1: a\n', 'run.yaml:1:1: the name of a property is not text'],
    ['? [a, b]\n: c\n', 'the name of a property is not text'],
    ['a: *b\n', 'run.yaml:1:4: '],
    ['a: !!binary aGk=\n', 'run.yaml:1:4: Unresolved tag'],
    ['a: !own 1\n', 'run.yaml:1:4: Unresolved tag'],
    ['a: !!js/function "function () {}"\n', 'Unresolved tag'],
    ['a: &a [*a]\n', 'nested more than 40 levels deep'],
    ['a: 1\n---\nb: 2\n', 'run.yaml:2:1: '],
    ['a: [1, 2\n', 'run.yaml:2:1: '],
    ['a: "open\n', 'run.yaml:'],
    ['a: b: c\n', 'run.yaml:1:'],
    ['\tx: 1\n', 'run.yaml:1:'],
  ])('refuses %j with its place', (text, problem) => {
    expect(problemOf(text)).toContain(problem)
  })

  it('gives up on aliases that repeat one another', () => {
    const levels = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]`)
    expect(problemOf(['a0: &a0 [x]', ...levels].join('\n'))).toContain('it holds more than 20000 values')
  })

  it.each([
    ['lists', '['.repeat(100_000)],
    ['objects', '{a: '.repeat(100_000)],
    ['sequences', `${'- '.repeat(100_000)}x`],
  ])('refuses %s within one another without end', (_, text) => {
    expect(problemOf(text)).toMatch(/nested/)
  })

  it.each(['\n', '\r\n'])('says that a merge of git is not resolved (lines end with %j)', (end) => {
    const conflict = ['a:', '  b: 0', '<<<<<<< HEAD', '  c: 1', '=======', '  c: 2', '>>>>>>> other', ''].join(end)
    expect(problemOf(conflict)).toContain('run.yaml:3:1: a merge conflict of git starts here')
    expect(valueOf(['a: |', '  <<<<<<< HEAD', '  =======', '  >>>>>>> other'].join(end))).toHaveProperty('a')
    expect(problemOf(['<<<<<<< HEAD', 'a'].join(end))).not.toContain('conflict')
  })

  it('knows the place of values, of names, and of what is around what is not there', () => {
    const { place } = parseConfigDocument('a:\n  - x\n  - key: 5\n"b c": 7\n', 'run.yaml')
    expect(place(['a', 1, 'key'])).toBe('run.yaml:3:10')
    expect(place(['a', 1, 'key'], 'key')).toBe('run.yaml:3:5')
    expect(place(['a', 1, 'gone', 'deep'])).toBe('run.yaml:3:5')
    expect(place(['b c'])).toBe('run.yaml:4:8')
    expect(place([])).toBe('run.yaml:1:1')
  })

  it('changes no prototype', () => {
    const value = valueOf('constructor: { prototype: { polluted: true } }')
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect('polluted' in {}).toBe(false)
  })
})
