import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { BUNDLE_FILE, type CodeBundle } from './code-bundle.ts'

/**
 * Writes a bundle into a folder of its own below another one, named by its digest: at once, so that nobody ever sees
 * half of it. One that is there already is left alone.
 *
 * @returns the `file:` URL to import
 */
export async function writeBundle(bundle: CodeBundle, folder: string): Promise<string> {
  const target = join(folder, bundle.digest)
  const url = pathToFileURL(join(target, BUNDLE_FILE)).href
  if (await exists(target)) return url
  const draft = join(folder, `.${bundle.digest}.${randomUUID()}`)
  try {
    await writeFiles(bundle, draft)
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Another process may have been faster: the name says that it wrote the same.
    if (!(await exists(target))) throw error
  }
  return url
}

async function writeFiles({ code, map, assets }: CodeBundle, folder: string): Promise<void> {
  const files = [{ path: BUNDLE_FILE, bytes: code }, { path: `${BUNDLE_FILE}.map`, bytes: map }, ...assets]
  for (const { path, bytes } of files) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
