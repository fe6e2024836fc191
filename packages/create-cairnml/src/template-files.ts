import { readdir, readFile } from 'node:fs/promises'
import nodePath from 'node:path'
import { fileURLToPath } from 'node:url'

/** Files by their path, with forward slashes. */
export type Files = ReadonlyMap<string, string>

const TEMPLATES = new URL('../templates/', import.meta.url)
/** npm leaves such files out of packages, and tools give them a meaning in the midst of one. */
const RENAMED: Readonly<Record<string, string>> = { _gitignore: '.gitignore', '_package.json': 'package.json' }

/** The files of a template, as they are in the package. */
export async function templateFiles(name: string): Promise<Files> {
  const folder = new URL(`${name}/`, TEMPLATES)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => nodePath.relative(fileURLToPath(folder), nodePath.join(entry.parentPath, entry.name)))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
  const files = paths.map(async (path): Promise<readonly [string, string]> => {
    return [RENAMED[path] ?? path, await readFile(new URL(path, folder), 'utf8')]
  })
  return new Map(await Promise.all(files))
}
