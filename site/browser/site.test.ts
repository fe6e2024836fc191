import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openSite, PAGES } from './built-site.ts'
import { installedChromium, startChromium, type Browser, type Page } from './chromium.ts'

const WIDE = { viewport: { width: 1280, height: 900 } }
const NARROW = { width: 375, height: 800 }

const program = installedChromium()
if (program === undefined) {
  console.log('No Chromium or Chrome here (CAIRN_TEST_BROWSER names one): the site is not looked at in a browser.')
}

/** Links to headings that lead to none, in the page as its scripts have left it. */
const DEAD_ANCHORS = `[...document.querySelectorAll('a[href*="#"]')]
  .filter((link) => link.pathname === location.pathname && link.hash !== '')
  .map((link) => decodeURIComponent(link.hash.slice(1)))
  .filter((id) => document.getElementById(id) === null)`

/** What the sidebar, the navigation and the text of a page link to on the site, each once. */
const LINKS = `[...new Set([...document.querySelectorAll('a[href]')]
  .filter((link) => link.origin === location.origin)
  .map((link) => link.getAttribute('href')))]`

/** Blocks of code in a language with highlighting in which everything has one colour. */
const PLAIN_BLOCKS = `[...document.querySelectorAll('div.language-ts code, div.language-yaml code')]
  .filter((code) => new Set([...code.querySelectorAll('span span')].map((one) => getComputedStyle(one).color)).size < 2)
  .map((code) => code.textContent)`

/** What is found on a page that is as it has to be. */
const GOOD = { titles: [expect.stringMatching(/\w/)], anchors: [], plain: [], overflow: 0, problems: [] }

describe.skipIf(program === undefined)('the site in a browser', { timeout: 300_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium(program ?? '')
  }, 60_000)

  afterAll(() => browser.close())

  it('shows every page without an error, in narrow windows, too, with highlighted code and no dead links', async () => {
    await using site = await openSite(browser, WIDE)
    expect(PAGES.length).toBeGreaterThan(100)

    for (const file of PAGES) {
      await site.show(file)
      const found = {
        file,
        titles: await site.page.locator('main h1').allTextContents(),
        anchors: await site.page.evaluate(DEAD_ANCHORS),
        plain: await site.page.evaluate(PLAIN_BLOCKS),
        overflow: await overflow(site.page),
        problems: site.problems(),
      }
      expect(found).toEqual({ ...GOOD, file })
    }
  })

  it('leads from page to page by every link of its own without asking for what is not there', async () => {
    await using site = await openSite(browser, WIDE)
    await site.show('index.html')
    const links = await site.page.evaluate<readonly string[]>(LINKS)
    expect(links.length).toBeGreaterThan(20)

    for (const link of links) {
      await site.show('index.html')
      await site.page.evaluate(
        `document.querySelector('a[href=' + JSON.stringify(${JSON.stringify(link)}) + ']').click()`,
      )
      await site.page.locator('main h1').first().waitFor()
      expect({ link, problems: site.problems() }).toEqual({ link, problems: [] })
      expect(await site.page.locator('.NotFound').allTextContents()).toEqual([])
    }
  })

  it('finds slots by its search, and goes there', async () => {
    await using site = await openSite(browser, WIDE)
    await site.show('index.html')
    await site.page.keyboard.press('Control+k')
    await site.page.locator('.VPLocalSearchBox input').waitFor()
    await site.page.keyboard.type('slots')
    await site.page.locator('.VPLocalSearchBox .result').first().waitFor()

    const [first = ''] = await site.page.locator('.VPLocalSearchBox .result').allTextContents()
    expect(first).toContain('Slots')
    await site.page.keyboard.press('Enter')
    await site.page.locator('h1#slots').waitFor()
    expect(site.page.url()).toContain('/slots.html')
    expect(site.problems()).toEqual([])
  })

  it('is dark where the system is', async () => {
    const background = 'getComputedStyle(document.body).backgroundColor'
    await using light = await openSite(browser, { ...WIDE, colorScheme: 'light' })
    await using dark = await openSite(browser, { ...WIDE, colorScheme: 'dark' })
    await light.show('slots.html')
    await dark.show('slots.html')

    expect(await light.page.evaluate(background)).toBe('rgb(255, 255, 255)')
    expect(await dark.page.evaluate(background)).toBe('rgb(27, 27, 31)')
    expect(await dark.page.evaluate(PLAIN_BLOCKS)).toEqual([])
  })
})

/** By how many pixels a page is wider than a narrow window. */
async function overflow(page: Page): Promise<number> {
  await page.setViewportSize(NARROW)
  const found = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  await page.setViewportSize(WIDE.viewport)
  return found
}
