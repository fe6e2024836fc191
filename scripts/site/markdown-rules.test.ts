import { describe, expect, it } from 'vitest'

import { ROOT } from '../repository/repository.ts'
import { adaptLinks, type MarkdownToken } from './markdown-rules.ts'

class Token implements MarkdownToken {
  type: string
  content = ''
  info = ''
  children: MarkdownToken[] | null = null
  readonly #attributes = new Map<string, string>()

  constructor(type: string) {
    this.type = type
  }

  attrGet(name: string): string | null {
    return this.#attributes.get(name) ?? null
  }

  attrSet(name: string, value: string): void {
    this.#attributes.set(name, value)
  }
}

const places = { root: ROOT, codes: new Set(['CAIRN_INPUT_TYPE']) }

const code = (content: string): MarkdownToken => Object.assign(new Token('code_inline'), { content })

const link = (href: string, ...inside: readonly MarkdownToken[]): readonly MarkdownToken[] => {
  const open = new Token('link_open')
  open.attrSet('href', href)
  return [open, ...inside, new Token('link_close')]
}

/** What is left of one paragraph: links by their targets, other tokens by their text. */
function adapted(relativePath: string, children: readonly MarkdownToken[]): readonly (string | null)[] {
  const block = Object.assign(new Token('inline'), { children: [...children] })
  adaptLinks({ tokens: [block], env: { relativePath }, Token }, places)
  return block.children
    .filter(({ type }) => type !== 'link_close')
    .map((token) => (token.type === 'link_open' ? token.attrGet('href') : token.content))
}

describe('adaptLinks', () => {
  it('makes a code of an error a link to its page', () => {
    expect(adapted('reference.md', [code('CAIRN_INPUT_TYPE')])).toEqual([
      '/errors/CAIRN_INPUT_TYPE.md',
      'CAIRN_INPUT_TYPE',
    ])
  })

  it('leaves other code, code in links and a page’s own code alone', () => {
    expect(adapted('reference.md', [code('CAIRN_DIR')])).toEqual(['CAIRN_DIR'])
    expect(adapted('reference.md', link('#here', code('CAIRN_INPUT_TYPE')))).toEqual(['#here', 'CAIRN_INPUT_TYPE'])
    expect(adapted('errors/CAIRN_INPUT_TYPE.md', [code('CAIRN_INPUT_TYPE')])).toEqual(['CAIRN_INPUT_TYPE'])
  })

  it('reads links from the place of the document', () => {
    expect(adapted('errors/CAIRN_INPUT_TYPE.md', link('../README.md'))).toEqual(['../index.md'])
    expect(adapted('index.md', link('../README.md'))).toEqual(['https://github.com/cairnml/cairn/blob/main/README.md'])
  })
})
