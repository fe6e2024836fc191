import { globSync } from 'node:fs'
import path from 'node:path'

import { sidebars } from '../../scripts/site/contents.ts'
import { headingAnchor } from '../../scripts/site/heading-anchor.ts'
import { addMarkdownRules, type MarkdownParser } from '../../scripts/site/markdown-rules.ts'

// VitePress runs a bundle of this file, which keeps the place of the original.
const root = path.resolve(import.meta.dirname, '../..')
const docs = path.join(root, 'docs')
const codes = new Set(globSync('CAIRN_*.md', { cwd: path.join(docs, 'errors') }).map((file) => file.slice(0, -3)))

/** The part of a plugin's context that is used here. */
interface Resolver {
  resolve(id: string, importer: string, options: object): Promise<unknown>
}

type ResolveArguments = [id: string, importer: string | undefined, options: object]

/** Pages lie outside of this folder, so what their code imports would be looked for beside them. */
function resolveId(this: Resolver, ...[id, importer, options]: ResolveArguments): unknown {
  if (!/^vue(?:\/|$)/.test(id) || importer?.startsWith(docs) !== true) return undefined
  return this.resolve(id, path.join(root, 'site/package.json'), { ...options, skipSelf: true })
}

const STYLE = `
.vp-doc .file-name { margin: 16px 0 -10px; font: 13px var(--vp-font-family-mono); color: var(--vp-c-text-2); }
.VPDoc.has-aside .content-container { max-width: 784px !important; }
.vp-doc [class*='language-'] code { font-size: 13px; }
.vp-doc .file-name + div[class*='language-'] { margin-top: 12px; }
`

// Without JavaScript there is no button that opens the sidebar of a narrow window, and no search.
const STYLE_WITHOUT_SCRIPTS = `<style>
.VPNavBarSearch, .VPNavBarHamburger, .VPLocalNav, .VPSwitchAppearance { display: none !important; }
@media (max-width: 959px) {
  .VPSidebar { position: static !important; opacity: 1 !important; transform: none !important; max-width: none !important; width: auto !important; }
}
</style>`

export default {
  title: 'Cairn',
  titleTemplate: ':title | Cairn',
  description: 'Typed, cached pipelines for machine-learning and data work in TypeScript',
  lang: 'en',
  /** Where the site is put below its host, with a slash at both ends. */
  base: process.env['SITE_BASE'] ?? '/',
  srcDir: '../docs',
  outDir: 'dist',
  cacheDir: './node_modules/.vitepress',
  rewrites: { 'README.md': 'index.md', 'errors/README.md': 'errors/index.md' },
  head: [
    ['link', { rel: 'icon', href: 'data:,' }],
    ['style', {}, STYLE],
    ['noscript', {}, STYLE_WITHOUT_SCRIPTS],
  ],
  markdown: {
    // Braces at the end of a paragraph are text here, as they are on GitHub.
    attrs: { disable: true },
    anchor: { slugify: headingAnchor },
    config: (parser: MarkdownParser) => addMarkdownRules(parser, { root, codes }),
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: sidebars(docs),
    nav: [
      { text: 'Start', link: '/getting-started' },
      { text: 'Caching', link: '/cache-policy' },
      { text: 'Reference', link: '/reference' },
      { text: 'Errors', link: '/errors/' },
    ],
    socialLinks: [{ icon: 'github', link: 'https://github.com/cairnml/cairn' }],
    editLink: { pattern: 'https://github.com/cairnml/cairn/edit/main/docs/:path', text: 'Edit this page' },
  },
  vite: { plugins: [{ name: 'vue-of-this-folder', enforce: 'pre', resolveId }] },
}
