import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

import type { ArtifactStore, ObjectBody, ObjectInfo } from '../artifact-store/artifact-store.ts'
import { cairnError, isCairnError } from '../errors/cairn-error.ts'
import type { OperationOptions } from '../plugin/component.ts'

const READ_CHUNK = 1024 * 1024

/**
 * Content that is there already is written again when it is older than this. Who cleans up goes by its age: it may just
 * have found that nothing refers to it any more, and the manifest that is about to refer to it is not written yet.
 */
const RENEW_AFTER_MS = 10 * 60 * 1000

/** Content by its digest. */
export interface Content {
  /** sha256 as hex. */
  readonly digest: string
  /** Bytes. */
  readonly size: number
}

/** Digest and size of bytes in memory. */
export function contentOf(bytes: Uint8Array): Content {
  return { digest: hash('sha256', bytes), size: bytes.length }
}

/** Digest and size of a file, read in pieces. */
export async function contentOfFile(file: string, options: OperationOptions = {}): Promise<Content> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: READ_CHUNK, signal: options.signal })) {
    digest.update(chunk as Buffer)
  }
  return { digest: digest.digest('hex'), size: (await stat(file)).size }
}

/** Stores content under its key unless it is there already, whole and new enough to be safe from being cleaned up. */
export async function putContent(
  store: ArtifactStore,
  key: string,
  content: Content & OperationOptions & { readonly body: ObjectBody },
): Promise<void> {
  const { signal } = content
  const present = await store.stat(key, { signal })
  // What is there is not trusted by its size alone: writing a damaged object again is how it heals.
  const isSame = present?.size === content.size && isFresh(present)
  if (isSame && (await isIntact(store, key, content))) return
  await store.put(key, content.body, { signal })
}

/** Whether an object was put so lately that nobody cleans it up before a manifest refers to it. */
export function isFresh({ lastModifiedMs }: ObjectInfo): boolean {
  return Date.now() - lastModifiedMs < RENEW_AFTER_MS
}

/** Whether an object is there and has the content that it should. */
export async function isIntact(
  store: ArtifactStore,
  key: string,
  content: Content & OperationOptions,
): Promise<boolean> {
  try {
    for await (const _chunk of streamContent(store, key, content));
    return true
  } catch (error) {
    if (isCairnError(error, 'CAIRN_ARTIFACT_CORRUPT') || isCairnError(error, 'CAIRN_ARTIFACT_MISSING')) return false
    throw error
  }
}

/** All bytes of an object, or `undefined` where there is none. */
export async function readWhole(
  store: ArtifactStore,
  key: string,
  options: OperationOptions = {},
): Promise<Uint8Array | undefined> {
  const stream = await store.get(key, options)
  if (stream === undefined) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? only : new Uint8Array(Buffer.concat(chunks))
}

/** The error of an object that a record refers to and that is not there. */
export async function missingObject(store: ArtifactStore, key: string): Promise<Error> {
  const obstacle = await store.obstacle?.(key)
  return cairnError('CAIRN_ARTIFACT_MISSING', { key, store: store.name, obstacle })
}

/**
 * All bytes of an object that was stored by its digest.
 *
 * @throws CAIRN_ARTIFACT_MISSING, CAIRN_ARTIFACT_CORRUPT
 */
export async function readContent(
  store: ArtifactStore,
  key: string,
  expected: Content & OperationOptions,
): Promise<Uint8Array> {
  const bytes = await readWhole(store, key, { signal: expected.signal })
  if (bytes === undefined) throw await missingObject(store, key)
  checkContent(expected, contentOf(bytes), { key, store: store.name })
  return bytes
}

/** The bytes of such an object piece by piece; damage is noticed at the end. */
export async function* streamContent(
  store: ArtifactStore,
  key: string,
  expected: Content & OperationOptions,
): AsyncIterable<Uint8Array> {
  const stream = await store.get(key, { signal: expected.signal })
  if (stream === undefined) throw await missingObject(store, key)
  const digest = createHash('sha256')
  let size = 0
  for await (const chunk of stream) {
    digest.update(chunk)
    size += chunk.length
    yield chunk
  }
  checkContent(expected, { digest: digest.digest('hex'), size }, { key, store: store.name })
}

function checkContent(expected: Content, found: Content, at: { readonly key: string; readonly store: string }): void {
  if (found.size !== expected.size) {
    const problem = `it has ${found.size} bytes instead of ${expected.size}`
    throw cairnError('CAIRN_ARTIFACT_CORRUPT', { ...at, problem })
  }
  if (found.digest !== expected.digest) {
    throw cairnError('CAIRN_ARTIFACT_CORRUPT', { ...at, problem: 'its content has another digest' })
  }
}
