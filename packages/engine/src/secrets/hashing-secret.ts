import { randomBytes, randomUUID } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import nodePath from 'node:path'

import { makeLocalFolder, type CacheIndex } from '@cairnml/core'

const BYTES = 32
const known = new WeakMap<CacheIndex, Promise<Uint8Array>>()

/**
 * The secret under which values of environment variables are hashed, so that a digest in a key tree cannot be guessed
 * back. It belongs to the cache index, and whoever shares that shares it; with an index that keeps none it lies in the
 * project's folder for local state, and keys with variables are this folder's own.
 */
export function hashingSecret(index: CacheIndex, cairnDir: string): Promise<Uint8Array> {
  const secret = known.get(index) ?? index.secret?.() ?? Promise.resolve().then(() => localSecret(cairnDir))
  known.set(index, secret)
  secret.catch(() => known.delete(index))
  return secret
}

function localSecret(cairnDir: string): Uint8Array {
  const file = nodePath.join(cairnDir, 'hashing-secret')
  const temporary = `${file}.${randomUUID()}.tmp`
  const there = readSecret(file)
  if (there !== undefined) return there
  makeLocalFolder(cairnDir, cairnDir)
  writeFileSync(temporary, randomBytes(BYTES).toString('hex'), { mode: 0o600 })
  try {
    // A link fails where another process was first, and never shows half a file.
    linkSync(temporary, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(temporary, { force: true })
  }
  const made = readSecret(file)
  if (made === undefined) throw new Error(`The file ${file} does not hold a secret of ${BYTES} bytes. Remove it.`)
  return made
}

function readSecret(file: string): Uint8Array | undefined {
  try {
    const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
    return secret.length === BYTES ? secret : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
