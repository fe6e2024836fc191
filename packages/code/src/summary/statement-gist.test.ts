import { describe, expect, it } from 'vitest'

import { summarizeModule } from './summarize-module.ts'

const gistsOf = (text: string): readonly (string | undefined)[] =>
  summarizeModule({ file: 'a.ts', text }).units.map(({ gist }) => gist)

describe('what a statement does, in a few words', () => {
  it.each([
    [`registry.set('a', 1)`, 'registry.set(…)'],
    [`await main()`, 'main(…)'],
    [`new Patcher(list).go()`, 'Patcher.go(…)'],
    [`new Patcher(list)`, 'new Patcher(…)'],
    [`models?.a?.reset()`, 'models.a.reset(…)'],
    [`limits.rows = 5`, 'limits.rows = …'],
    [`(globalThis as any).x ??= 1`, 'globalThis.x ??= …'],
    [`table[key].w += 1`, 'table[…].w += …'],
    [`count++`, 'count++'],
    [`delete table.a`, 'delete table.a'],
    [`for (const x of list) x.w = 1`, 'for (…)'],
    [`while (more()) next()`, 'while (…)'],
    [`if (a) b()`, 'if (…)'],
    [`try { a() } catch {}`, 'try {…}'],
    [`switch (a) { default: b() }`, 'switch (…)'],
    [`{ a() }`, '{…}'],
    [`;[1].forEach(f)`, undefined],
    [`a && b()`, undefined],
  ])('%s', (text, gist) => expect(gistsOf(text)).toEqual([gist]))

  it('tells statements of one file apart, and says nothing of declarations', () => {
    expect(gistsOf('const a = f()\nf(1)\ng()\nf(2)')).toEqual([undefined, 'f(…)', 'g(…)', 'f(…) #2'])
  })
})
