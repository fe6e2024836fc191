import { readdir, readFile } from 'node:fs/promises'

/** Files by their path, with forward slashes. */
export type Files = ReadonlyMap<string, string>

const TEMPLATES = new URL('../templates/', import.meta.url)
/** npm leaves such files out of packages, and tools give them a meaning in the midst of one. */
const RENAMED: Readonly<Record<string, string>> = { _gitignore: '.gitignore', '_package.json': 'package.json' }

/** The files of a template, as they are in the package. */
export async function templateFiles(name: string): Promise<Files> {
  const folder = new URL(`${name}/`, TEMPLATES)
  const paths = (await pathsBelow(folder)).toSorted()
  const files = paths.map(async (path): Promise<readonly [string, string]> => {
    return [RENAMED[path] ?? path, await readFile(new URL(path, folder), 'utf8')]
  })
  return new Map(await Promise.all(files))
}

/** Folder by folder: what Yarn puts in the place of folders, in archives, does not say in which one a nested file is. */
async function pathsBelow(folder: URL): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const paths = entries.map(async (entry) => {
    if (!entry.isDirectory()) return [entry.name]
    const inner = await pathsBelow(new URL(`${entry.name}/`, folder))
    return inner.map((path) => `${entry.name}/${path}`)
  })
  return (await Promise.all(paths)).flat()
}
