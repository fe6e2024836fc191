/** Carries what the body of an object threw, or the reason of an abort, past everything that faults of the store meet. */
export class BodyFailure extends Error {
  readonly reason: unknown

  constructor(reason: unknown) {
    super('The body of an object could not be read to its end.')
    this.reason = reason
  }
}

/** The pieces of a body until the signal is aborted, even while the body stands still. */
export async function* passThrough(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await withSignal(pieces.next(), signal)
      if (next.done === true) return
      yield next.value
    }
  } finally {
    // Not awaited: a body that stands still would never answer.
    void Promise.resolve(pieces.return?.()).catch(() => {})
  }
}

/** Waits for work on behalf of the body, but no longer than the signal allows. */
export async function withSignal<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  { isStoreWork = false }: { readonly isStoreWork?: boolean } = {},
): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(new BodyFailure(signal?.reason))
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  const wrapped = isStoreWork ? work : work.catch((error: unknown) => Promise.reject(new BodyFailure(error)))
  try {
    return await Promise.race([wrapped, aborted.promise])
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}
