import { hash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'

import {
  artifactStore,
  assertObjectKey,
  assertObjectPrefix,
  cairnError,
  definePlugin,
  type ArtifactStore,
  type ArtifactStoreCapabilities,
  type CairnError,
  type GetOptions,
  type ObjectBody,
  type ObjectInfo,
  type OperationOptions,
  type Plugin,
  type PutOptions,
  type PutResult,
} from 'cairnml/plugin'
import { z } from 'zod'

import { readBlobList } from './blob-list.ts'
import { blocksOf } from './body-blocks.ts'

const API_VERSION = '2023-11-03'
const ATTEMPTS = 6
const WORTH_ANOTHER_TRY = new Set([408, 429, 500, 502, 503, 504])
const LONGEST_WAIT_MS = 30_000
const REQUEST_MS = 120_000

/** Options of the store, as a stack file has them. */
export interface BlobStoreOptions {
  /** The container: `https://<account>.blob.core.windows.net/<container>`. */
  readonly url: string
  readonly token: string
  /** Objects are written and read in pieces of this size; about two of them are in memory. @default 4 MiB */
  readonly blockBytes?: number | undefined
  /** False for a service that does not know `If-None-Match: *`: the store then lacks `ifAbsent`. @default true */
  readonly conditionalPut?: boolean | undefined
}

interface Call extends OperationOptions {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  /** Absent for the container itself. */
  readonly key?: string | undefined
  readonly query?: Readonly<Record<string, string>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: Uint8Array<ArrayBuffer> | undefined
}

interface Answer {
  /** 0 where there was none. */
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  /** What to say of it if it is a fault. */
  readonly reason: string
}

/** Waits between two attempts. */
export type Wait = (ms: number, signal: AbortSignal | undefined) => Promise<void>

/** What is known of a blob without reading it. */
interface FoundBlob {
  readonly info: ObjectInfo
  /** Who put it, where that was this store. */
  readonly writer: string | null
}

/** Which bytes are asked for: `end` is the first one behind them. */
interface Span extends OperationOptions {
  readonly key: string
  readonly start: number
  readonly end: number
  /** Of the object that the part has to belong to. */
  readonly etag?: string | undefined
}

/** A part of an object, and what is needed to read on. */
interface Part {
  readonly bytes: Uint8Array
  readonly etag: string
  /** Size of the whole object. */
  readonly total: number
}

/** An artifact store on Azure Blob Storage, or on whatever speaks its REST interface. */
export class BlobArtifactStore implements ArtifactStore {
  readonly name: string
  readonly type = 'blob'
  readonly capabilities: ArtifactStoreCapabilities
  readonly #options: Required<{ [K in keyof BlobStoreOptions]: NonNullable<BlobStoreOptions[K]> }>
  readonly #wait: Wait

  constructor(name: string, options: BlobStoreOptions, wait: Wait = waitFor) {
    this.name = name
    this.#options = {
      url: options.url.replace(/\/+$/, ''),
      token: options.token,
      blockBytes: options.blockBytes ?? 4 * 1024 * 1024,
      conditionalPut: options.conditionalPut ?? true,
    }
    this.capabilities = this.#options.conditionalPut ? { ifAbsent: true } : {}
    this.#wait = wait
  }

  async check({ signal }: OperationOptions = {}): Promise<void> {
    const answer = await this.#send({ method: 'HEAD', query: { restype: 'container' }, signal })
    if (answer.status !== 200) throw this.#fault('find its container', answer.reason)
  }

  /**
   * Without `conditionalPut` the look before the put is all that `ifAbsent` does, and the capability is not declared: of
   * two writers who both find nothing, both are told that they wrote. Each object is whole all the same, and what lies
   * under the digest of its content is the same whoever wrote it.
   */
  async put(key: string, body: ObjectBody, { ifAbsent = false, signal }: PutOptions = {}): Promise<PutResult> {
    assertObjectKey(key)
    const present = ifAbsent ? await this.#head(key, signal) : undefined
    if (present !== undefined) return { ...present.info, written: false }
    // Marks the object, so that a put whose answer was lost knows its own work when it is tried again.
    const writer = randomUUID()
    const condition = ifAbsent && this.#options.conditionalPut ? { 'if-none-match': '*' } : {}
    const headers = { 'x-ms-meta-writer': writer, ...condition }
    const { answer, size } = await this.#upload(body, { method: 'PUT', key, headers, signal }, writer)
    if (answer.status === 201) return { key, size, lastModifiedMs: modified(answer), written: true }
    // The blocks of a put are gone once another one is committed: ours came first, and was replaced.
    const wasReplaced = answer.headers.get('x-ms-error-code') === 'InvalidBlockList'
    if (!wasReplaced && answer.status !== 409 && answer.status !== 412) throw this.#fault(`put ${key}`, answer.reason)
    const found = await this.#head(key, signal)
    if (found === undefined) throw this.#fault(`put ${key}`, 'another process put and removed it at the same time')
    if (wasReplaced) return { key, size, lastModifiedMs: found.info.lastModifiedMs, written: true }
    return { ...found.info, written: found.writer === writer }
  }

  async get(key: string, { range, signal }: GetOptions = {}): Promise<AsyncIterable<Uint8Array> | undefined> {
    assertObjectKey(key)
    const { start = 0, length = Number.POSITIVE_INFINITY } = range ?? {}
    if (length === 0) return (await this.#head(key, signal)) ? Readable.from([]) : undefined
    const span = { key, start, end: start + length, signal }
    const first = await this.#part(span)
    return first && this.#parts(first, span)
  }

  async stat(key: string, { signal }: OperationOptions = {}): Promise<ObjectInfo | undefined> {
    assertObjectKey(key)
    return (await this.#head(key, signal))?.info
  }

  async *list(prefix: string, { signal }: OperationOptions = {}): AsyncIterable<ObjectInfo> {
    assertObjectPrefix(prefix)
    const query = { restype: 'container', comp: 'list', prefix, maxresults: '1000' }
    let marker = ''
    do {
      const answer = await this.#send({ method: 'GET', query: marker === '' ? query : { ...query, marker }, signal })
      if (answer.status !== 200) throw this.#fault('list its objects', answer.reason)
      const page = readBlobList(Buffer.from(answer.bytes).toString())
      for (const info of page.objects) {
        signal?.throwIfAborted()
        yield info
      }
      marker = page.next
    } while (marker !== '')
  }

  async delete(key: string, { signal }: OperationOptions = {}): Promise<void> {
    assertObjectKey(key)
    const answer = await this.#send({ method: 'DELETE', key, signal })
    if (answer.status !== 202 && answer.status !== 404) throw this.#fault(`remove ${key}`, answer.reason)
  }

  /** One request for a small body; for a larger one a request for each block, and one that makes an object of them. */
  async #upload(
    body: ObjectBody,
    call: Call,
    writer: string,
  ): Promise<{ readonly answer: Answer; readonly size: number }> {
    const ids: string[] = []
    let size = 0
    let block: Uint8Array<ArrayBuffer> = new Uint8Array(0)
    const putBlock = async (): Promise<void> => {
      const id = Buffer.from(`${writer}-${String(ids.length).padStart(6, '0')}`).toString('base64')
      const headers = { 'content-md5': hash('md5', block, 'base64') }
      const answer = await this.#send({ ...call, query: { comp: 'block', blockid: id }, headers, body: block })
      if (answer.status !== 201) throw this.#fault(`put a block of ${call.key}`, answer.reason)
      ids.push(id)
    }
    for await (const next of blocksOf(body, this.#options.blockBytes, call.signal)) {
      if (block.length > 0) await putBlock()
      block = next
      size += next.length
    }
    if (ids.length === 0) {
      const headers = { ...call.headers, 'content-md5': hash('md5', block, 'base64'), 'x-ms-blob-type': 'BlockBlob' }
      return { answer: await this.#send({ ...call, headers, body: block }), size }
    }
    await putBlock()
    const xml = ['<BlockList>', ...ids.map((id) => `<Latest>${id}</Latest>`), '</BlockList>'].join('')
    const answer = await this.#send({ ...call, query: { comp: 'blocklist' }, body: new Uint8Array(Buffer.from(xml)) })
    return { answer, size }
  }

  async #head(key: string, signal: AbortSignal | undefined): Promise<FoundBlob | undefined> {
    const answer = await this.#send({ method: 'HEAD', key, signal })
    if (answer.status === 404) return undefined
    if (answer.status !== 200) throw this.#fault(`look at ${key}`, answer.reason)
    const size = Number(answer.headers.get('content-length'))
    return { info: { key, size, lastModifiedMs: modified(answer) }, writer: answer.headers.get('x-ms-meta-writer') }
  }

  /** A part of at most one block, whole in memory before it is handed on: what breaks off is read again. */
  async #part({ key, start, end, etag, signal }: Span): Promise<Part | undefined> {
    const last = Math.min(end, start + this.#options.blockBytes) - 1
    const headers = { range: `bytes=${start}-${last}`, ...(etag === undefined ? {} : { 'if-match': etag }) }
    const answer = await this.#send({ method: 'GET', key, headers, signal })
    if (answer.status === 404) return undefined
    // The range begins behind the end.
    if (answer.status === 416) return { bytes: new Uint8Array(0), etag: '', total: 0 }
    if (answer.status === 412) throw this.#fault(`read ${key}`, 'it was replaced while it was read')
    if (answer.status !== 206 || answer.bytes.length === 0) throw this.#fault(`read ${key}`, answer.reason)
    const total = Number(answer.headers.get('content-range')?.split('/').at(-1))
    return { bytes: answer.bytes, etag: answer.headers.get('etag') ?? '', total }
  }

  async *#parts(first: Part, span: Span): AsyncGenerator<Uint8Array> {
    const end = Math.min(span.end, first.total)
    let part: Part | undefined = first
    for (let start = span.start; start < end; start += part.bytes.length) {
      if (start > span.start) part = await this.#part({ ...span, start, etag: first.etag })
      if (part === undefined) throw this.#fault(`read ${span.key}`, 'it was removed while it was read')
      yield part.bytes
    }
  }

  /** Sends a request until it is answered with something else than a passing fault. */
  async #send(call: Call): Promise<Answer> {
    const id = randomUUID()
    for (let attempt = 1; ; attempt++) {
      call.signal?.throwIfAborted()
      const answer = await this.#sendOnce(call, id)
      if (answer.status !== 0 && !WORTH_ANOTHER_TRY.has(answer.status)) return answer
      if (attempt === ATTEMPTS) {
        const operation = `${call.method} ${call.key ?? 'its container'}`
        throw this.#fault(operation, `${answer.reason}, ${attempt} times in a row`)
      }
      await this.#wait(pauseMs(attempt, answer.headers.get('retry-after')), call.signal)
    }
  }

  async #sendOnce({ method, key, query, headers, body, signal }: Call, id: string): Promise<Answer> {
    const { url, token } = this.#options
    // Segments of a key hold characters that mean something in a URL, such as a plus.
    const path = key === undefined ? '' : `/${key.split('/').map(encodeURIComponent).join('/')}`
    const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`
    const common = { authorization: `Bearer ${token}`, 'x-ms-version': API_VERSION, 'x-ms-client-request-id': id }
    const timeout = AbortSignal.timeout(REQUEST_MS)
    try {
      const response = await fetch(`${url}${path}${search}`, {
        method,
        headers: { ...common, ...headers },
        body: body ?? null,
        // A service that leads elsewhere would be handed the token.
        redirect: 'error',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      })
      const bytes = new Uint8Array(await response.arrayBuffer())
      const reason = [response.status, response.headers.get('x-ms-error-code')].filter(Boolean).join(' ')
      return { status: response.status, headers: response.headers, bytes, reason }
    } catch (error) {
      signal?.throwIfAborted()
      return { status: 0, headers: new Headers(), bytes: new Uint8Array(0), reason: networkReason(error) }
    }
  }

  #fault(operation: string, reason: string): CairnError {
    return cairnError('CAIRN_STORE_UNAVAILABLE', { store: this.#options.url, operation, reason })
  }
}

async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => signal?.throwIfAborted())
}

/** What the service asks for, else twice as long each time; a random part keeps many clients from coming back at once. */
function pauseMs(attempt: number, retryAfter: string | null): number {
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter)
  const asked = Number.isNaN(seconds) ? Date.parse(retryAfter ?? '') - Date.now() : seconds * 1000
  const pause = Number.isNaN(asked) ? 100 * 2 ** attempt * (0.5 + Math.random() / 2) : asked
  return Math.min(Math.max(pause, 0), LONGEST_WAIT_MS)
}

/** The innermost cause: `fetch failed` says nothing. */
function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  if (error.cause instanceof Error) return networkReason(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}

function modified({ headers }: Answer): number {
  return Date.parse(headers.get('last-modified') ?? '')
}

const plugin: Plugin = definePlugin({
  name: 'blob',
  components: [
    artifactStore<BlobStoreOptions>({
      options: async () =>
        z.strictObject({
          url: z.url({ protocol: /^https?$/ }).regex(/^[^?#@]*$/, 'A URL without user, query and fragment'),
          token: z.string().min(1).meta({ secret: true }),
          blockBytes: z.int().min(65_536).max(104_857_600).optional(),
          conditionalPut: z.boolean().optional(),
        }),
      requiresOptions: true,
      // Not `ifAbsent`: whether it is there is a matter of the options.
      provides: ['remote'],
      create: (options, { name }) => new BlobArtifactStore(name, options),
    }),
  ],
})

export default plugin
