import { readdir, readFile } from 'node:fs/promises'

/** The pages lie in the built package; sources have those of the repository. */
const PAGES = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../../docs/errors/' : './error-pages/',
  import.meta.url,
)

/** The codes that have a page, by name. */
export async function errorCodes(): Promise<readonly string[]> {
  const files = await readdir(PAGES)
  return files.flatMap((file) => /^(CAIRN_\w+)\.md$/.exec(file)?.[1] ?? []).toSorted()
}

/** The page of a code: why it is thrown, examples, what to do; Markdown. */
export async function errorPage(code: string): Promise<string> {
  return readFile(new URL(`${code}.md`, PAGES), 'utf8')
}
