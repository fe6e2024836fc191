import { createReadStream } from 'node:fs'

import type { ObjectBody } from 'cairnml/plugin'

/** The content of a body in blocks of one size, but for the last; no more is read ahead than one block. */
export async function* blocksOf(
  body: ObjectBody,
  blockBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (body instanceof Uint8Array) {
    for (let at = 0; at < body.length; at += blockBytes) yield new Uint8Array(body.subarray(at, at + blockBytes))
    return
  }
  const stream: AsyncIterable<Uint8Array> = 'file' in body ? createReadStream(body.file) : body
  const source = stream[Symbol.asyncIterator]()
  let chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const next = await beforeAbort(source.next(), signal)
      if (next.done === true) break
      // A copy: the source may use its memory again.
      chunks.push(new Uint8Array(next.value))
      size += next.value.length
      if (size < blockBytes) continue
      const bytes = new Uint8Array(Buffer.concat(chunks))
      const whole = size - (size % blockBytes)
      for (let at = 0; at < whole; at += blockBytes) yield bytes.slice(at, at + blockBytes)
      chunks = [bytes.slice(whole)]
      size -= whole
    }
    if (size > 0) yield new Uint8Array(Buffer.concat(chunks))
  } finally {
    // Not awaited: a source that stands still would never answer.
    void Promise.resolve(source.return?.()).catch(() => undefined)
  }
}

async function beforeAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}
