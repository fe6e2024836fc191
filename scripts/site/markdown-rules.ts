import { rewriteLink } from './rewrite-link.ts'

/** What is used of a token of markdown-it. */
export interface MarkdownToken {
  type: string
  content: string
  info: string
  children: MarkdownToken[] | null
  attrGet(name: string): string | null
  attrSet(name: string, value: string): void
}

/** What is used of markdown-it, in the form in which VitePress hands it over. */
export interface MarkdownParser {
  readonly core: {
    readonly ruler: { push(name: string, rule: (state: MarkdownState) => void): void }
  }
  readonly renderer: { readonly rules: Record<string, RenderRule | undefined> }
}

/** A document while it is parsed. */
export interface MarkdownState {
  readonly tokens: MarkdownToken[]
  readonly env: { readonly relativePath?: string }
  readonly Token: new (type: string, tag: string, nesting: -1 | 0 | 1) => MarkdownToken
}

type RenderRule = (tokens: MarkdownToken[], index: number, ...rest: readonly unknown[]) => string

/** What the rules need to know of the repository. */
export interface MarkdownPlaces {
  /** The root of the repository, absolute. */
  readonly root: string
  /** Codes of errors that have a page. */
  readonly codes: ReadonlySet<string>
}

const FILE_NAME = /^[\w@][\w@./-]*\.\w+$/

/** Makes pages of documents that are written for GitHub: links, error codes, names of files over their code. */
export function addMarkdownRules(parser: MarkdownParser, places: MarkdownPlaces): void {
  parser.core.ruler.push('cairn-links', (state) => adaptLinks(state, places))
  const { rules } = parser.renderer
  const { text, fence } = rules
  // Two braces are no expression of Vue, but text.
  rules['text'] = (tokens, index, ...rest) => (text?.(tokens, index, ...rest) ?? '').replaceAll('{{', '&#123;&#123;')
  rules['fence'] = (tokens, index, ...rest) => {
    const file = tokens[index]?.info.split(/\s+/).find((word) => FILE_NAME.test(word))
    const title = file === undefined ? '' : `<div class="file-name">${file}</div>`
    return `${title}${fence?.(tokens, index, ...rest) ?? ''}`
  }
}

/** Rewrites the links of a parsed document for the site, and makes links of codes of errors. */
export function adaptLinks(state: MarkdownState, places: MarkdownPlaces): void {
  const document = `docs/${(state.env.relativePath ?? '').replace(/index\.md$/, 'README.md')}`
  for (const block of state.tokens) {
    if (block.type !== 'inline' || block.children === null) continue
    let isLink = false
    block.children = block.children.flatMap((token) => {
      if (token.type === 'link_open') rewrite(token, { document, root: places.root })
      if (token.type === 'link_open' || token.type === 'link_close') isLink = token.type === 'link_open'
      const isCode = token.type === 'code_inline' && places.codes.has(token.content)
      if (!isCode || isLink || document === `docs/errors/${token.content}.md`) return [token]
      const open = new state.Token('link_open', 'a', 1)
      open.attrSet('href', `/errors/${token.content}.md`)
      return [open, token, new state.Token('link_close', 'a', -1)]
    })
  }
}

function rewrite(link: MarkdownToken, place: { readonly document: string; readonly root: string }): void {
  const href = link.attrGet('href')
  // What VitePress puts beside headings is a link of its own to its heading.
  if (href !== null && !href.startsWith('#')) link.attrSet('href', rewriteLink({ ...place, href }))
}
