import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A group of the site's sidebar, in the form that VitePress takes. */
export interface SidebarGroup {
  readonly text: string
  readonly items: readonly SidebarItem[]
}

/** A link of the sidebar. */
export interface SidebarItem {
  readonly text: string
  /** From the root of the site, with the ending `.md` left out. */
  readonly link: string
}

const LINK = /\[([^\]]+)\]\((\w[\w./-]*\.md)\)/g

/**
 * The sidebars of the site: the tables of contents that readers see on GitHub, too. Pages that the first one does not
 * list come last, so that none is out of reach.
 */
export function sidebars(docs: string): Readonly<Record<string, readonly SidebarGroup[]>> {
  const listed = groups(readFileSync(path.join(docs, 'README.md'), 'utf8'), '/')
  const known = new Set(listed.flatMap(({ items }) => items.map(({ link }) => link)))
  const others = globSync('*.md', { cwd: docs })
    .toSorted()
    .map((file) => ({ text: titleOf(path.join(docs, file)), link: linkTo('/', file) }))
    .filter(({ link }) => link !== '/' && !known.has(link))
  return {
    '/': others.length === 0 ? listed : [...listed, { text: 'More', items: others }],
    '/errors/': [
      { text: 'Cairn', items: [{ text: 'Documentation', link: '/' }] },
      ...groups(readFileSync(path.join(docs, 'errors/README.md'), 'utf8'), '/errors/'),
    ],
  }
}

/** The links below each heading of the second level; a heading without links is left out. */
export function groups(markdown: string, base: string): readonly SidebarGroup[] {
  const [, ...sections] = markdown.split(/^## /m)
  return sections
    .map((section) => ({
      text: section.slice(0, section.indexOf('\n')).trim(),
      items: Array.from(section.matchAll(LINK), ([, text = '', file = '']) => ({ text, link: linkTo(base, file) })),
    }))
    .filter(({ items }) => items.length > 0)
}

function linkTo(base: string, file: string): string {
  return `${base}${file.replace(/(?:README)?\.md$/, '')}`
}

function titleOf(file: string): string {
  return /^# (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? path.basename(file, '.md')
}
