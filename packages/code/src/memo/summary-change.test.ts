import { describe, expect, it } from 'vitest'

import { summarizeFile } from '../summary/summarize-file.ts'
import { summaryChange, type SummaryChange } from './summary-change.ts'

function change(before: string, after: string, file = 'a.ts'): SummaryChange | undefined {
  return summaryChange(summarizeFile(file, Buffer.from(before)), summarizeFile(file, Buffer.from(after)))
}

describe('the change of a summary', () => {
  it.each([
    ['a literal', 'export const a = 1', 'export const a = 22'],
    ['an operator', 'export const f = (x) => x + 1', 'export const f = (x) => x - 1'],
    ['a comment', 'export const a = 1', '/* one */\n\nexport const a = 1'],
    ['a type', 'export const a = 1', `import type { T } from './t.ts'\nexport const a: T = 1`],
  ])('keeps the shape for %s', (_, before, after) => {
    expect(change(before, after)).toBeDefined()
  })

  it.each([
    ['a name', 'export const a = 1', 'export const b = 1'],
    ['an import', `import { a } from './a.ts'`, `import { a } from './b.ts'`],
    ['what is imported', `import { hash } from './a.ts'`, `import { line as hash } from './a.ts'`],
    ['what is exported', 'const a = 1, b = 2; export { a as hash }', 'const a = 1, b = 2; export { b as hash }'],
    ['the order of exports', 'const a = 1; export { a as b, a as c }', 'const a = 1; export { a as c, a as b }'],
    ['a reference', 'export const f = () => at', 'export const f = () => line'],
    ['a member', `import * as n from './n.ts'\nn.hash()`, `import * as n from './n.ts'\nn.range()`],
    ['a call', 'export const f = () => g', 'export const f = () => g()'],
    ['a declaration', 'export const a = 1', 'export let a = 1'],
    ['a variable of the environment', 'export const a = process.env.A', 'export const a = process.env.B'],
    ['a step', 'export const a = 1', `import { step } from 'cairnml'\nexport const a = step({ name: 'a' })`],
    [
      'the name of a step',
      `import { step } from 'c'\nstep({ name: 'a' }).implement(f)`,
      `import { step } from 'c'\nstep({ name: 'b' }).implement(f)`,
    ],
  ])('is of another shape for %s', (_, before, after) => {
    expect(change(before, after)).toBeUndefined()
  })

  it('says where lines are', () => {
    const found = change('f()\n\ng(); h()\n', '\nf()\ng()\nh()\n')
    expect(found?.movesLines).toBe(true)
    expect(found?.lines.get(1)).toBe(2)
    expect(found?.lines.get(3)).toBeUndefined()
    expect(change('f(1)', 'f(2)')?.movesLines).toBe(false)
  })

  it('keeps the shape for data', () => {
    expect(change('{ "a": 1 }', '[]', 'a.json')).toBeDefined()
  })
})
