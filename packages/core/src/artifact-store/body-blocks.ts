import { createReadStream } from 'node:fs'

import type { OperationOptions } from '../plugin/component.ts'
import type { ObjectBody } from './artifact-store.ts'

/** How a body is taken apart. */
export interface BodyBlocksOptions extends OperationOptions {
  /** Bytes of every block but the last, which may be shorter. @default all of the body is one block */
  readonly blockBytes?: number | undefined
}

/**
 * The content of a body in blocks of one size, for a store that sends or keeps it piece by piece; no block where it is
 * empty. A block is a copy, and no more is read ahead than one. An aborted signal rejects with its reason even while a
 * stream stands still; faults of the stream or file come as they are.
 *
 * @example
 * for await (const block of bodyBlocks(body, { blockBytes: 4_194_304, signal })) await send(block)
 */
export async function* bodyBlocks(
  body: ObjectBody,
  { blockBytes = Number.POSITIVE_INFINITY, signal }: BodyBlocksOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const chunk of untilAborted(streamOf(body), signal)) {
    for (let at = 0; at < chunk.length;) {
      // A copy: the source may use its memory again. Not `slice`: that of a Buffer shares its memory.
      const piece = new Uint8Array(chunk.subarray(at, at + blockBytes - size))
      chunks.push(piece)
      at += piece.length
      size += piece.length
      if (size < blockBytes) continue
      const block = joined(chunks)
      // Given up before, so that nobody holds both while a block is used.
      chunks = []
      size = 0
      yield block
    }
  }
  if (size > 0) yield joined(chunks)
}

/** All of a body in memory, as a copy; otherwise as `bodyBlocks`. */
export async function bodyBytes(body: ObjectBody, options: OperationOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  for await (const block of bodyBlocks(body, options)) return block
  return new Uint8Array(0)
}

function streamOf(body: ObjectBody): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (body instanceof Uint8Array) return [body]
  return 'file' in body ? createReadStream(body.file) : body
}

async function* untilAborted(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const source = Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]()
  try {
    for (;;) {
      signal?.throwIfAborted()
      const next = await beforeAbort(source.next(), signal)
      if (next.done === true) return
      yield next.value
    }
  } finally {
    // Not awaited: a source that stands still would never answer.
    void Promise.resolve(source.return?.()).catch(() => undefined)
  }
}

/** One promise for every read: a race against one that lives longer would keep all that was read. */
async function beforeAbort<T>(work: T | Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  // The read may have aborted it itself.
  if (signal?.aborted === true) abort()
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

function joined(chunks: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [first, ...others] = chunks
  return first !== undefined && others.length === 0 ? first : new Uint8Array(Buffer.concat(chunks))
}
