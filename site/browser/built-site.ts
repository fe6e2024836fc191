import { globSync, statSync } from 'node:fs'
import path from 'node:path'

import type { Browser, Page, Surroundings } from './chromium.ts'

const DIST = path.resolve(import.meta.dirname, '../dist')
const ORIGIN = 'http://site.invalid'
const BASE = process.env['SITE_BASE'] ?? '/'

/** Vue says so once it has gone through all of a page. */
const IS_ALIVE = `document.querySelector('#app')?.__vue_app__ !== undefined`

/** The pages of the built site, as paths from its root. */
export const PAGES: readonly string[] = globSync('**/*.html', { cwd: DIST })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file !== '404.html')
  .toSorted()

/** The built site in a browser: no server answers, its files do. */
export interface OpenSite extends AsyncDisposable {
  readonly page: Page
  /** Shows a page, and waits until its scripts have taken it over. */
  show(file: string): Promise<void>
  /** What went wrong since it was asked last: errors and warnings of scripts, files that are not there, other hosts. */
  problems(): readonly string[]
}

/** Opens the site in a window of its own. */
export async function openSite(browser: Browser, surroundings: Surroundings): Promise<OpenSite> {
  const context = await browser.newContext(surroundings)
  let problems: string[] = []
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    const file = url.origin === ORIGIN ? fileOf(url) : undefined
    if (file !== undefined) return route.fulfill({ path: file })
    problems.push(`asked for ${url.href}`)
    return url.origin === ORIGIN ? route.fulfill({ status: 404, body: '' }) : route.abort()
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text())
  })
  return {
    page,
    show: async (file) => {
      await page.goto(`${ORIGIN}${BASE}${file}`)
      await page.waitForFunction(IS_ALIVE)
    },
    problems: () => {
      const found = problems
      problems = []
      return found
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}

function fileOf({ pathname }: URL): string | undefined {
  if (!pathname.startsWith(BASE)) return undefined
  const place = decodeURIComponent(pathname.slice(BASE.length)).replace(/(?<=^|\/)$/, 'index.html')
  const file = path.join(DIST, place)
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : undefined
}
