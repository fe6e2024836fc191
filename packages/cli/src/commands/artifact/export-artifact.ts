import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { link, lstat, mkdir, rm, stat, unlink } from 'node:fs/promises'
import nodePath from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { StoredArtifact } from '@cairnml/client'
import { assertArtifactPath, cairnError, isCairnError } from '@cairnml/core'
import { moveFile } from '@cairnml/core/files'

/** How an artifact is exported. */
export interface ExportOptions {
  /** Replaces what is there. */
  readonly force: boolean
}

/**
 * Copies the files of an artifact to a path: all of them or none, beside it first, then under the name. One file becomes
 * a file (in a folder that is there, under its own name), several a folder, the items of a collection `0`, `1`, ...
 *
 * @returns the path that was written
 * @throws CAIRN_EXPORT_FAILED, CAIRN_ARTIFACT_MISSING, CAIRN_ARTIFACT_CORRUPT
 */
export async function exportArtifact(artifact: StoredArtifact, to: string, { force }: ExportOptions): Promise<string> {
  const isFile = artifact.artifact.kind === 'file'
  const target = await targetOf(artifact, to)
  if (!force) await assertFree(target)
  const folder = nodePath.dirname(target)
  const beside = nodePath.join(folder, `.${nodePath.basename(target).slice(0, 100)}.${randomUUID()}.tmp`)
  try {
    await mkdir(folder, { recursive: true })
    if (isFile) await writeFile(artifact, undefined, beside)
    else await writeFolder(artifact, beside)
    await (force ? replace(beside, target) : place(beside, target, isFile))
  } catch (error) {
    await rm(beside, { recursive: true, force: true })
    if (isCairnError(error)) throw error
    throw failed(target, error instanceof Error ? error.message : String(error), error)
  }
  return target
}

async function targetOf({ artifact }: StoredArtifact, to: string): Promise<string> {
  const path = nodePath.resolve(to)
  const info = await stat(path).catch(() => undefined)
  if (artifact.kind !== 'file' || info?.isDirectory() !== true) return path
  assertArtifactPath(artifact.path)
  return nodePath.join(path, nodePath.posix.basename(artifact.path))
}

async function writeFolder(artifact: StoredArtifact, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const items = await artifact.items()
  const digits = String(Math.max(0, items.length - 1)).length
  for (const [at, item] of items.entries()) {
    const name = String(at).padStart(digits, '0')
    if (item.artifact.kind !== 'file') await writeFolder(item, nodePath.join(folder, name))
    else {
      assertArtifactPath(item.artifact.path)
      await writeFile(item, undefined, nodePath.join(folder, `${name}${nodePath.posix.extname(item.artifact.path)}`))
    }
  }
  for (const { path } of await artifact.files()) {
    assertArtifactPath(path)
    const file = nodePath.join(folder, ...path.split('/'))
    await mkdir(nodePath.dirname(file), { recursive: true })
    await writeFile(artifact, path, file)
  }
}

function writeFile(artifact: StoredArtifact, path: string | undefined, file: string): Promise<void> {
  return pipeline(artifact.stream(path), createWriteStream(file, { flags: 'wx' }))
}

async function assertFree(target: string): Promise<void> {
  const info = await lstat(target).catch(() => undefined)
  if (info !== undefined) throw failed(target, 'something is there already')
}

/** A link fails where something has come up in the meantime; a rename would replace it. */
async function place(beside: string, target: string, isFile: boolean): Promise<void> {
  if (isFile) {
    try {
      await link(beside, target)
      return await unlink(beside)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw failed(target, 'something is there already', error)
      // Not every file system has links.
    }
  }
  await assertFree(target)
  await moveFile(beside, target)
}

/** A folder cannot be renamed over another one, so what is there goes aside first, and away at the end. */
async function replace(beside: string, target: string): Promise<void> {
  const aside = `${beside}.old`
  const wasThere = (await lstat(target).catch(() => undefined)) !== undefined
  if (wasThere) await moveFile(target, aside)
  try {
    await moveFile(beside, target)
  } catch (error) {
    if (wasThere) await moveFile(aside, target)
    throw error
  }
  if (wasThere) await rm(aside, { recursive: true, force: true })
}

function failed(path: string, problem: string, cause?: unknown): Error {
  return cairnError('CAIRN_EXPORT_FAILED', { path, problem }, cause === undefined ? {} : { cause })
}
