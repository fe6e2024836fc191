import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A built site, and what it was built from. */
export interface BuiltSite {
  /** Absolute: the folder with the HTML. */
  readonly site: string
  /** Absolute: the folder with the Markdown. */
  readonly docs: string
  /** Where the site is put below its host, with a slash at both ends. */
  readonly base: string
}

interface Page {
  readonly name: string
  readonly title: string
  readonly anchors: ReadonlySet<string>
  readonly links: readonly string[]
}

/** What is wrong with a built site, one line each: missing pages, titles that two pages have, links that lead nowhere. */
export function siteProblems({ site, docs, base }: BuiltSite): readonly string[] {
  const files = globSync('**/*.*', { cwd: site }).map(slashes).toSorted()
  const pages = files.filter((file) => file.endsWith('.html')).map((name) => readPage(name, site))
  const missing = globSync(['*.md', 'errors/*.md'], { cwd: docs })
    .map((file) =>
      slashes(file)
        .replace(/README\.md$/, 'index.md')
        .replace(/md$/, 'html'),
    )
    .filter((page) => !files.includes(page))
    .map((page) => `${page} was not built.`)
  const dead = pages.flatMap(({ name, links }) =>
    links
      .filter((link) => !leadsSomewhere({ link, name, base, pages, files }))
      .map((link) => `${name} links to ${link}, which is not there.`),
  )
  return [...missing, ...sameTitles(pages), ...dead]
}

function sameTitles(pages: readonly Page[]): readonly string[] {
  return pages
    .map((page) => ({ page, having: pages.filter(({ title }) => title === page.title) }))
    .filter(({ page, having }) => page.title === '' || (having.length > 1 && having[0] === page))
    .map(({ page, having }) => `The title "${page.title}" is that of ${having.map(({ name }) => name).join(', ')}.`)
}

interface FoundLink {
  readonly link: string
  /** The page that it is on. */
  readonly name: string
  readonly base: string
  readonly pages: readonly Page[]
  readonly files: readonly string[]
}

function leadsSomewhere({ link, name, base, pages, files }: FoundLink): boolean {
  const host = 'http://site.invalid'
  const url = new URL(link, `${host}${base}${name}`)
  if (url.origin !== host) return true
  if (!url.pathname.startsWith(base)) return false
  const place = decodeURIComponent(url.pathname.slice(base.length)).replace(/(?<=^|\/)$/, 'index.html')
  const anchor = decodeURIComponent(url.hash.slice(1))
  if (anchor === '') return files.includes(place)
  return pages.find((page) => page.name === place)?.anchors.has(anchor) === true
}

function readPage(name: string, site: string): Page {
  // Comments of documents and code of the theme's scripts hold no links.
  const html = readFileSync(path.join(site, name), 'utf8')
    .replace(/<!--[^]*?-->/g, '')
    .replace(/(<script[^>]*>)[^]*?<\/script>/g, '$1')
  return {
    name,
    title: /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '',
    anchors: new Set(Array.from(html.matchAll(/\sid="([^"]*)"/g), ([, id = '']) => decoded(id))),
    links: Array.from(html.matchAll(/\s(?:href|src)="([^"]*)"/g), ([, link = '']) => decoded(link)),
  }
}

function decoded(attribute: string): string {
  return attribute.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')
}

function slashes(file: string): string {
  return file.replaceAll('\\', '/')
}
