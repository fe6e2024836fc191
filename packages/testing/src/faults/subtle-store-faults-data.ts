import { closeSync, openSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'

import type { ArtifactStore, GetOptions, ObjectBody, ObjectInfo } from '@cairnml/core'

import { keyed } from '../fakes/artifact-store-faults-data.ts'
import { collectBytes, collectItems } from '../fixtures/bytes.ts'
import type { Faults } from './fault.ts'

const PIECE = 65_536

type Stream = AsyncIterable<Uint8Array>

const isStream = (body: ObjectBody): body is Stream => !(body instanceof Uint8Array) && !('file' in body)

/** Another stream of bytes than the store gives for a whole object. */
const reading =
  (change: (inner: ArtifactStore, key: string, bytes: Buffer) => Stream) =>
  (inner: ArtifactStore): Partial<ArtifactStore> => ({
    get: async (key, options: GetOptions = {}) => {
      const read = await inner.get(key, options)
      if (read === undefined || options.range !== undefined) return read
      return change(inner, key, await collectBytes(read))
    },
  })

/** Another body than the store is given. */
const taking =
  (change: (body: Stream) => Stream | Promise<Uint8Array>) =>
  (inner: ArtifactStore): Partial<ArtifactStore> => ({
    put: async (key, body, options) => inner.put(key, isStream(body) ? await change(body) : body, options),
  })

/** Other times than the store says. */
const timing = (inner: ArtifactStore, timeOf: (info: ObjectInfo) => number): Partial<ArtifactStore> => {
  const timed = <I extends ObjectInfo>(info: I): I => ({ ...info, lastModifiedMs: timeOf(info) })
  return {
    put: async (key, body, options) => timed(await inner.put(key, body, options)),
    stat: async (key, options) => {
      const info = await inner.stat(key, options)
      return info && timed(info)
    },
    async *list(prefix, options) {
      for await (const info of inner.list(prefix, options)) yield timed(info)
    },
  }
}

async function* pieces(bytes: Uint8Array): Stream {
  for (let at = 0; at < bytes.length; at += PIECE) {
    await setImmediate()
    yield bytes.subarray(at, at + PIECE)
  }
}

async function collected(body: Stream): Promise<Uint8Array> {
  if (!(body instanceof Readable)) return collectBytes(body)
  const found: Uint8Array[] = []
  await new Promise((resolve) => {
    body.on('data', (piece: Uint8Array) => found.push(piece))
    body.on('error', resolve)
    body.on('close', resolve)
  })
  return Buffer.concat(found)
}

/** What those who write a store get wrong although it works. */
export const SUBTLE_STORE_FAULTS: Faults<ArtifactStore> = {
  'asks for every piece of what is there now': {
    breaks: reading(async function* (inner, key, bytes) {
      for (let start = 0; start < bytes.length; start += PIECE) {
        const piece = await inner.get(key, { range: { start, length: PIECE } })
        if (piece === undefined) return
        yield* piece
      }
    }),
    noticedBy: 'readers in the middle > get the object that they began with, or an error, when it is replaced',
  },
  'forgets the signal once the answer began': {
    breaks: reading((_inner, _key, bytes) => pieces(bytes)),
    noticedBy: 'readers in the middle > get the reason of their signal when that is aborted',
  },
  'takes the end of a connection for the end of an object': {
    breaks: taking(collected),
    noticedBy: 'bodies that break > leave nothing of a Node stream that is destroyed before its end',
  },
  'takes a stream that fails at once for an empty one': {
    breaks: taking(async function* (body) {
      const source = body[Symbol.asyncIterator]()
      const first = await source.next().catch(() => undefined)
      if (first === undefined || first.done === true) return
      yield first.value
      yield* { [Symbol.asyncIterator]: () => source }
    }),
    noticedBy: 'bodies that break > leave nothing, wherever the stream fails',
  },
  'does not close what it stops reading': {
    breaks: taking((body) => ({
      [Symbol.asyncIterator]: () => {
        const source = body[Symbol.asyncIterator]()
        return { next: () => source.next() }
      },
    })),
    noticedBy: 'bodies that break > are closed when they are not read to the end',
  },
  'reads files whatever the signal says': {
    breaks: (inner) => ({
      put: (key, body, options) =>
        inner.put(key, body, body instanceof Uint8Array || isStream(body) ? options : { ifAbsent: options?.ifAbsent }),
    }),
    noticedBy: 'bodies that break > are not read at all under a signal that was aborted before',
  },
  'counts time in seconds': {
    breaks: (inner) => timing(inner, ({ lastModifiedMs }) => Math.floor(lastModifiedMs / 1000)),
    noticedBy: 'times > are those of the put, in milliseconds',
  },
  'keeps the time of the first put': {
    breaks: (inner) => {
      const times = new Map<string, number>()
      return timing(inner, ({ key, lastModifiedMs }) => {
        const first = times.get(key) ?? lastModifiedMs
        times.set(key, first)
        return first
      })
    },
    noticedBy: 'times > are those of the last put',
  },
  'lists page by page from a number': {
    breaks: (inner) => ({
      async *list(prefix, options) {
        for (let at = 0; ;) {
          const page = (await collectItems(inner.list(prefix, options))).slice(at, at + 1000)
          if (page.length === 0) return
          at += page.length
          for (const info of page) {
            options?.signal?.throwIfAborted()
            yield info
          }
        }
      },
    }),
    noticedBy: 'lists > gives more objects than fit on a page of any service, also while they are removed',
  },
  'takes letters that look alike for one': {
    breaks: keyed((key) => key.normalize('NFKC')),
    noticedBy: 'keys > refuses keys that could mean another place',
  },
  'reads every piece into the same memory': {
    breaks: reading(async function* (_inner, _key, bytes) {
      const memory = Buffer.alloc(PIECE)
      for (let at = 0; at < bytes.length; at += PIECE) yield memory.subarray(0, bytes.copy(memory, 0, at, at + PIECE))
    }),
    noticedBy: 'readers in the middle > get pieces that are theirs to keep',
  },
  'changes the pieces that it is given': {
    breaks: taking(async function* (body) {
      for await (const piece of body) {
        yield Buffer.from(piece)
        piece.fill(0)
      }
    }),
    noticedBy: 'bodies > leaves the bytes and pieces that it takes as they are',
  },
  'changes the bytes that it is given': {
    breaks: (inner) => ({
      put: async (key, body, options) => {
        const result = await inner.put(key, body, options)
        if (body instanceof Uint8Array) body.fill(0)
        return result
      },
    }),
    noticedBy: 'bodies > leaves the bytes and pieces that it takes as they are',
  },
  'lists nothing under a whole key': {
    breaks: (inner) => ({
      async *list(prefix, options) {
        for await (const info of inner.list(prefix, options)) if (info.key !== prefix) yield info
      },
    }),
    noticedBy: 'contract > says key, size and time in put, stat and list alike',
  },
  'leaves it to the garbage collection to close some files': {
    breaks: (inner) => {
      let count = 0
      return {
        get: async (key, options) => {
          // Few enough that the number of those that are open says nothing.
          if (count++ % 20 === 0) await open(import.meta.filename)
          return inner.get(key, options)
        },
      }
    },
    noticedBy: 'open files > are closed behind readers who stop early',
  },
  'leaves a file open behind who stops early': {
    breaks: (inner) => ({
      get: async (key, options) => {
        const read = await inner.get(key, options)
        if (read === undefined) return undefined
        const file = openSync(import.meta.filename, 'r')
        const source = read[Symbol.asyncIterator]()
        const next = async (): Promise<IteratorResult<Uint8Array>> => {
          const result = await source.next()
          if (result.done === true) closeSync(file)
          return result
        }
        return { [Symbol.asyncIterator]: () => ({ next }) }
      },
    }),
    noticedBy: 'open files > are closed behind readers who stop early',
  },
}
