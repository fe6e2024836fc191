import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { REFUSAL_KINDS } from './refusal-kinds-data.ts'
import { refusalOf, refusalPage } from './refusal.ts'

const PAGE = readFileSync(new URL('../../../../docs/not-cached.md', import.meta.url), 'utf8')
const SECTIONS = PAGE.split(/^## /m)
  .slice(1)
  .map((text) => ({ title: text.slice(0, text.indexOf('\n')), text }))

/** The anchor that a heading has on the page. */
function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-')
}

describe('kinds of reasons for which a step is not cached', () => {
  it('have a section each on the page, in the same order, with the kind as its anchor', () => {
    expect(SECTIONS.map(({ title }) => title)).toEqual(REFUSAL_KINDS.map(({ title }) => title))
    expect(SECTIONS.map(({ title }) => anchorOf(title))).toEqual(REFUSAL_KINDS.map(({ kind }) => kind))
    expect(refusalPage('code-from-text')).toBe('docs/not-cached.md#code-from-text')
  })

  it.each(REFUSAL_KINDS)('$kind is shown there by a reason, the remedy and code', ({ kind, title, remedy }) => {
    const text = SECTIONS.find((section) => section.title === title)?.text ?? ''
    const [, quote = ''] = /^> (.+)$/m.exec(text) ?? []
    expect(refusalOf(quote)).toEqual({ kind, remedy })
    expect(text.replaceAll(/\s+/g, ' ')).toContain(` ${remedy} `)
    expect(text).toContain('\n```')
    const said = text.matchAll(/^Step \w+(?: is not cached)?: (.+)\.$/gm)
    for (const [, reason = ''] of said) expect(refusalOf(reason.replace(/; its result is .*$/, ''))?.kind).toBe(kind)
  })

  it.each(REFUSAL_KINDS)('$kind has a remedy of one sentence, and a name of words', ({ kind, remedy }) => {
    expect(kind).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
    expect(remedy).toMatch(/^[A-Z][^]*[^.]\.$/)
    expect(remedy).not.toMatch(/[.!?] [A-Z]/)
  })

  it('differ in name and remedy', () => {
    for (const field of ['kind', 'remedy'] as const) {
      expect(new Set(REFUSAL_KINDS.map((one) => one[field])).size).toBe(REFUSAL_KINDS.length)
    }
  })
})

describe('the kind of a reason', () => {
  it('is the same with a place and without', () => {
    expect(refusalOf('it calls eval (src/train.ts:3)')).toEqual(refusalOf('it calls eval'))
    expect(refusalOf('it calls eval')?.kind).toBe('code-from-text')
  })

  it('of code that a step captures is that of the code, where that has one', () => {
    expect(refusalOf('the code of k is not known: it calls eval (src/a.ts:1) (src/b.ts:2)')?.kind).toBe(
      'code-from-text',
    )
    expect(refusalOf('the code of k is not known: it comes from an npm package')?.kind).toBe('captured-function')
  })

  it.each(['the moon is full', 'its cache is off', 'somebody says that it calls eval', ''])(
    'is not known of a reason that Cairn does not give: %j',
    (reason) => {
      expect(refusalOf(reason)).toBeUndefined()
    },
  )
})
