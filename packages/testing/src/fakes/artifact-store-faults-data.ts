import { assertObjectKey, type ArtifactStore, type ByteRange, type ObjectBody, type ObjectInfo } from '@cairnml/core'

import { collectBytes, collectItems } from '../fixtures/bytes.ts'
import type { ArtifactStoreFault, ArtifactStoreMethods } from './artifact-store-faults.ts'

/** What a service gives at a time. */
const PAGE = 1000

const bytesOf = async (inner: ArtifactStore, key: string): Promise<Buffer | undefined> => {
  const stored = await inner.get(key)
  return stored === undefined ? undefined : collectBytes(stored)
}

const giving = (bytes: Uint8Array): AsyncIterable<Uint8Array> =>
  (async function* () {
    yield bytes
  })()

/** Another list than the store gives. */
const listing =
  (change: (infos: readonly ObjectInfo[], prefix: string) => readonly ObjectInfo[]) =>
  (inner: ArtifactStore): Partial<ArtifactStoreMethods> => ({
    async *list(prefix) {
      yield* change(await collectItems(inner.list('')), prefix)
    },
  })

const startingWith = (infos: readonly ObjectInfo[], prefix: string): readonly ObjectInfo[] =>
  infos.filter(({ key }) => key.startsWith(prefix))

/** Another description than the store gives. */
const describing =
  (change: (info: ObjectInfo) => ObjectInfo | undefined) =>
  (inner: ArtifactStore): Partial<ArtifactStoreMethods> => ({
    stat: async (key, options) => {
      const info = await inner.stat(key, options)
      return info && change(info)
    },
  })

/** Another range than was asked for. */
const ranging =
  (change: (range: ByteRange) => ByteRange | undefined) =>
  (inner: ArtifactStore): Partial<ArtifactStoreMethods> => ({
    get: (key, options = {}) => inner.get(key, { ...options, range: options.range && change(options.range) }),
  })

/** Other keys than were asked for. */
export const keyed =
  (change: (key: string) => string): ((inner: ArtifactStore) => Partial<ArtifactStoreMethods>) =>
  (inner: ArtifactStore): Partial<ArtifactStoreMethods> => ({
    put: async (key, body, options) => ({ ...(await inner.put(change(key), body, options)), key }),
    get: (key, options) => inner.get(change(key), options),
    stat: async (key, options) => {
      const info = await inner.stat(change(key), options)
      return info && { ...info, key }
    },
    delete: (key, options) => inner.delete(change(key), options),
  })

function safeKey(key: string): string {
  try {
    assertObjectKey(key)
    return key
  } catch {
    return `odd/x${Buffer.from(key).toString('hex').slice(0, 800)}`
  }
}

/** Gives another body than is stored, where it has one. */
const reading =
  (other: (key: string, stored: () => Promise<Buffer | undefined>) => Promise<Uint8Array | undefined>) =>
  (inner: ArtifactStore): Partial<ArtifactStoreMethods> => ({
    get: async (key, options = {}) => {
      if (options.range !== undefined) return inner.get(key, options)
      options.signal?.throwIfAborted()
      const bytes = await other(key, () => bytesOf(inner, key))
      return bytes === undefined ? undefined : giving(bytes)
    },
  })

/** How each fault shows. */
export const BROKEN_METHODS: {
  readonly [fault in ArtifactStoreFault]: (inner: ArtifactStore) => Partial<ArtifactStoreMethods>
} = {
  'loses writes': (inner) => ({
    put: async (key, body, options) => {
      const before = await inner.stat(key)
      const result = await inner.put(key, body, options)
      if (before === undefined) await inner.delete(key)
      return result
    },
  }),
  'tears writes': (inner) => ({
    put: async (key, body, options) => {
      const result = await inner.put(key, body, options)
      const bytes = (await bytesOf(inner, key)) ?? new Uint8Array(0)
      await inner.put(key, bytes.subarray(0, Math.ceil(bytes.length / 2)))
      return result
    },
  }),
  'shows what failed': (inner) => ({
    put: async (key, body, options) => {
      try {
        return await inner.put(key, body, options)
      } catch (error) {
        await inner.put(key, new Uint8Array(1))
        throw error
      }
    },
  }),
  'shows writes late': (inner) => {
    const late = new Set<string>()
    return {
      put: async (key, body, options) => {
        const result = await inner.put(key, body, options)
        late.add(key)
        return result
      },
      get: async (key, options) => (late.delete(key) ? undefined : inner.get(key, options)),
    }
  },
  'keeps the buffer of its caller': (inner) => {
    const kept = new Map<string, ObjectBody>()
    const read = reading(async (key, stored) => {
      const body = kept.get(key)
      return body instanceof Uint8Array ? body : stored()
    })
    return {
      ...read(inner),
      put: async (key, body, options) => {
        const result = await inner.put(key, body, options)
        kept.set(key, body)
        return result
      },
    }
  },
  'lends its own buffer': (inner) => {
    const lent = new Map<string, Uint8Array>()
    return reading(async (key, stored) => {
      const bytes = await stored()
      const before = lent.get(key)
      if (bytes === undefined || before?.length === bytes.length) return before
      lent.set(key, bytes)
      return bytes
    })(inner)
  },
  'reads what was there before': (inner) => {
    const before = new Map<string, Uint8Array>()
    return {
      ...reading(async (key, stored) => before.get(key) ?? stored())(inner),
      put: async (key, body, options) => {
        const old = await bytesOf(inner, key)
        const result = await inner.put(key, body, options)
        if (old !== undefined) before.set(key, old)
        return result
      },
    }
  },
  'remembers what it read': (inner) => {
    const read = new Map<string, Uint8Array>()
    return reading(async (key, stored) => {
      const bytes = read.get(key) ?? (await stored())
      if (bytes !== undefined) read.set(key, bytes)
      return bytes
    })(inner)
  },
  'waits for a stream that stands still': (inner) => ({
    put: async (key, body, options) => {
      const isStream = !(body instanceof Uint8Array) && !('file' in body)
      return inner.put(key, isStream ? await collectBytes(body) : body, options)
    },
  }),
  'lies about sizes': describing((info) => ({ ...info, size: info.size + 1 })),
  'lies about times': describing((info) => ({ ...info, lastModifiedMs: info.lastModifiedMs - 3_600_000 })),
  'denies what is there': describing(() => undefined),
  'ignores ifAbsent': (inner) => ({
    put: (key, body, options) => inner.put(key, body, { ...options, ifAbsent: false }),
  }),
  'ignores signals': (inner) => ({
    put: (key, body, options) => inner.put(key, body, { ifAbsent: options?.ifAbsent }),
    get: (key, options) => inner.get(key, { range: options?.range }),
    stat: (key) => inner.stat(key),
    list: (prefix) => inner.list(prefix),
    delete: (key) => inner.delete(key),
  }),
  'ignores ranges': ranging(() => undefined),
  'is off by one in ranges': ranging(({ start, length }) => ({ start, length: length && length + 1 })),
  'takes any key': keyed(safeKey),
  'ignores case': keyed((key) => key.toLowerCase()),
  'lists in any order': listing((infos, prefix) => startingWith(infos, prefix).toReversed()),
  'lists whole segments only': listing((infos, prefix) =>
    startingWith(infos, prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`),
  ),
  'lists by any part of a key': listing((infos, prefix) => infos.filter(({ key }) => key.includes(prefix))),
  'lists one page only': listing((infos, prefix) => startingWith(infos, prefix).slice(0, PAGE)),
  'repeats across pages': listing((infos, prefix) =>
    startingWith(infos, prefix).flatMap((info, at) => (at > 0 && at % PAGE === 0 ? [info, info] : [info])),
  ),
  'keeps what was deleted': (inner) => ({ delete: async (key, options) => void (await inner.stat(key, options)) }),
  'deletes all that starts alike': (inner) => ({
    delete: async (key, options) => {
      await inner.delete(key, options)
      for (const info of await collectItems(inner.list(key))) await inner.delete(info.key)
    },
  }),
}
