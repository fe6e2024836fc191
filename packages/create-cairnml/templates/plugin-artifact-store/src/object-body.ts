import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

import type { ObjectBody } from '@cairnml/core'

/** Writes a body to a new file. The reason of an aborted signal arrives as it is. */
export async function writeBody(file: string, body: ObjectBody, signal: AbortSignal | undefined): Promise<void> {
  await using handle = await open(file, 'wx')
  const chunks = chunksOf(body)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await beforeAbort(chunks.next(), signal)
      if (next.done === true) return
      await handle.writeFile(next.value)
    }
  } finally {
    // Not awaited: a stream that stands still would never answer.
    void Promise.resolve(chunks.return?.()).catch(() => undefined)
  }
}

function chunksOf(body: ObjectBody): AsyncIterable<Uint8Array> {
  if (body instanceof Uint8Array) return once(body)
  return 'file' in body ? createReadStream(body.file) : body
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
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
