import { describe, expect, it } from 'vitest'

import { markdownBlocks } from './markdown-blocks.ts'

describe('markdownBlocks', () => {
  it('gives language, words, code and the line of the code', () => {
    const [block] = markdownBlocks('# Title\n\n```ts main.ts no-check\nconst a = 1\nconst b = 2\n```\n')
    expect(block).toMatchObject({ language: 'ts', words: ['main.ts', 'no-check'], line: 4 })
    expect(block?.code).toBe('const a = 1\nconst b = 2')
  })

  it('keeps shorter fences inside a longer one', () => {
    const blocks = markdownBlocks('````md\n```ts\nx\n```\n````\n\n```sh\nls\n```')
    expect(blocks.map(({ code }) => code)).toEqual(['```ts\nx\n```', 'ls'])
  })

  it('takes the indentation of the fence off the code', () => {
    const [block] = markdownBlocks('1. Write\n\n   ```ts\n   if (a) {\n     b()\n   }\n   ```\n')
    expect(block?.code).toBe('if (a) {\n  b()\n}')
  })

  it('reads the comment right before a block as its prelude', () => {
    const text = "<!-- snippet\nimport { a } from 'a'\n-->\n```ts\na()\n```\n\nprose\n\n```ts\nb()\n```"
    expect(markdownBlocks(text).map(({ prelude }) => prelude)).toEqual(["import { a } from 'a'", ''])
  })

  it('sees headings between blocks, and no headings in code', () => {
    const text = '```sh\n# comment\n```\n\n```text\nout\n```\n\n## Next\n\n```text\nother\n```'
    expect(markdownBlocks(text).map(({ startsSection }) => startsSection)).toEqual([false, false, true])
  })

  it('ends an open block with the document', () => {
    expect(markdownBlocks('```ts\na').map(({ code }) => code)).toEqual(['a'])
  })

  it('reads Windows line ends', () => {
    expect(markdownBlocks('```ts\r\na\r\nb\r\n```\r\n').map(({ code }) => code)).toEqual(['a\nb'])
  })
})
