import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** What is said by a page on its console. */
export interface ConsoleMessage {
  type(): string
  text(): string
}

/** What is used of a page of playwright-core. */
export interface Page {
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> }
  goto(url: string): Promise<unknown>
  evaluate<Result>(script: string): Promise<Result>
  locator(selector: string): Locator
  setViewportSize(size: Surroundings['viewport']): Promise<void>
  /** Waits until an expression is true. */
  waitForFunction(script: string): Promise<unknown>
  on(event: 'console', listener: (message: ConsoleMessage) => void): void
  on(event: 'pageerror', listener: (error: Error) => void): void
  url(): string
}

/** What is used of places on a page. */
export interface Locator {
  allTextContents(): Promise<readonly string[]>
  first(): Locator
  waitFor(): Promise<void>
}

/** A request of a page, to be answered. */
export interface Route {
  request(): { url(): string }
  abort(): Promise<void>
  fulfill(answer: { readonly path: string } | { readonly status: number; readonly body: string }): Promise<void>
}

/** How a page sees the world. */
export interface Surroundings {
  readonly viewport: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
}

/** Pages that share cookies and storage. */
export interface BrowserContext {
  route(pattern: string, answer: (route: Route) => Promise<void>): Promise<void>
  newPage(): Promise<Page>
  close(): Promise<void>
}

/** A browser that was started. */
export interface Browser {
  newContext(surroundings: Surroundings): Promise<BrowserContext>
  close(): Promise<void>
}

interface Playwright {
  readonly chromium: {
    launch(options: { readonly executablePath: string; readonly args: readonly string[] }): Promise<Browser>
  }
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** The browser of this machine: the one that `CAIRN_TEST_BROWSER` names, else a Chromium or Chrome on the PATH. */
export function installedChromium(): string | undefined {
  const named = process.env['CAIRN_TEST_BROWSER']
  if (named !== undefined && named !== '') return named
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return [...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))), ...PLACES].find(isProgram)
}

/** Starts a browser without a window. */
export async function startChromium(executablePath: string): Promise<Browser> {
  // Sound: it is what the pinned version offers. Its own types are there only once the site has been built.
  const { chromium } = createRequire(import.meta.url)('playwright-core') as Playwright
  // Containers that run as root have no sandbox, and the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
