import fc from 'fast-check'
import { expect, it } from 'vitest'

import { csvText } from './csv.ts'

it('quotes what needs it, and leaves the rest', () => {
  expect(
    csvText([
      ['a', 1.5, true, undefined],
      ['a,b', 'say "x"', 'two\nlines', ' pad'],
    ]),
  ).toBe('a,1.5,true,\n"a,b","say ""x""","two\nlines"," pad"\n')
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('keeps the text %j from being a formula', (text) => {
  expect(csvText([[text]]).replace(/^"/, '')).toMatch(/^'/)
})

it('leaves negative numbers numbers', () => {
  expect(csvText([[-1, -0.5]])).toBe('-1,-0.5\n')
})

it('gives every text back to a reader, apart from the apostrophe', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { maxLength: 4 }), (rows) => {
      const read = readCsv(csvText(rows)).map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, '')))
      expect(read).toEqual(rows.map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, ''))))
    }),
  )
})

/** A reader of RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (let at = 0; at < text.length;) {
    const quoted = /"((?:[^"]|"")*)"/y
    const bare = /[^,\n]*/y
    quoted.lastIndex = bare.lastIndex = at
    const found = quoted.exec(text)
    const value = found === null ? (bare.exec(text)?.[0] ?? '') : (found[1] ?? '').replaceAll('""', '"')
    row.push(value)
    at += found === null ? value.length : found[0].length
    if (text[at] === '\n') {
      rows.push(row)
      row = []
    }
    at += 1
  }
  return rows
}
