import { readdir, stat } from 'node:fs/promises'
import nodePath from 'node:path'

import type { ArtifactFile } from '../artifact/artifact-ref.ts'
import { byCodeUnit } from '../encoding/plain-data.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { materializer, type Materializer } from './materializer.ts'

const MOST_LISTED = 40

/**
 * A file of any size: the step returns its path, a reader gets the path of a copy.
 *
 * @param extension with the dot, `.parquet`; it is kept on the copy
 */
export function file(extension = ''): Materializer<string> {
  if (!/^(?:\.[A-Za-z0-9]{1,16}){0,3}$/.test(extension)) {
    const problem = `the extension ${JSON.stringify(extension)} is not like ".parquet"`
    throw cairnError('CAIRN_DECLARATION_INVALID', { where: 'file()', problem })
  }
  return materializer<string>({
    name: `file${extension}`,
    version: 1,
    write: async (path, files) => {
      await expectKind(path, 'file')
      await files.copy(`file${extension}`, path)
    },
    read: (files) => files.local(),
    check: () => undefined,
    metadata: (_path, [stored]) => ({ bytes: stored?.size ?? 0 }),
  })
}

/** A folder with all files below it: the step returns its path, a reader gets the path of a copy. */
export const directory: Materializer<string> = materializer<string>({
  name: 'directory',
  version: 1,
  mayBeEmpty: true,
  write: async (path, files) => {
    await expectKind(path, 'directory')
    for (const entry of await regularFiles(path)) await files.copy(entry, nodePath.join(path, entry))
  },
  read: (files) => files.directory(),
  metadata: (_path, files) => ({ files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) }),
  preview: (_path, files) => ({ kind: 'text', text: listing(files) }),
})

function listing(files: readonly ArtifactFile[]): string {
  const shown = files.slice(0, MOST_LISTED).map(({ path, size }) => `${path} (${size} bytes)`)
  const left = files.length - shown.length
  return [...shown, ...(left > 0 ? [`… ${left} more`] : [])].join('\n')
}

async function expectKind(path: unknown, kind: 'file' | 'directory'): Promise<void> {
  if (typeof path !== 'string') throw new TypeError(`it is ${typeof path}, not the path of a ${kind}`)
  const info = await stat(path).catch(() => undefined)
  if (info === undefined) throw new TypeError(`there is no ${kind} at ${path}`)
  if (kind === 'file' ? !info.isFile() : !info.isDirectory()) throw new TypeError(`${path} is not a ${kind}`)
}

/** Paths of all files, with forward slashes, in an order that does not depend on the platform. */
async function regularFiles(root: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    const path = nodePath.relative(root, nodePath.join(entry.parentPath, entry.name)).replaceAll(nodePath.sep, '/')
    if (entry.isFile()) found.push(path)
    else if (!entry.isDirectory()) throw new TypeError(`${path} is neither a file nor a folder`)
  }
  return found.toSorted(byCodeUnit)
}
