import { randomUUID } from 'node:crypto'

import {
  artifactStore,
  assertObjectKey,
  assertObjectPrefix,
  bodyBlocks,
  cairnError,
  definePlugin,
  isObjectKey,
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
import { parseXml, XmlElement } from '@rgrove/parse-xml'
import ky, { isHTTPError, isTimeoutError, type KyInstance, type RetryOptions } from 'ky'
import { z } from 'zod'

/** Statuses of faults that may pass. */
const PASSING = [408, 429, 500, 502, 503, 504]
const LIST = { restype: 'container', comp: 'list' }

const blobStoreOptions = z.strictObject({
  /** The container: `https://<account>.blob.core.windows.net/<container>`. */
  url: z.url({ protocol: /^https?$/ }).regex(/^[^?#@]*[^/?#@]$/, 'A URL without user, query, fragment and last slash'),
  /** Comes before every key, so that a container can be shared: `team/`. */
  prefix: z
    .string()
    .max(100)
    .refine(
      (text) => text === '' || (text.endsWith('/') && isObjectKey(`${text}a`)),
      'A folder with a slash at its end',
    )
    .default(''),
  /** A shared access signature that may read, write, list and delete: `sv=…&sp=rwdl&sr=c&sig=…`. */
  sas: z.string().min(1).meta({ secret: true }),
  /** Objects are written and read in pieces of this size; about two of them are in memory. */
  blockBytes: z.int().min(65_536).max(104_857_600).default(4_194_304),
  /** False for a service that does not know `If-None-Match: *`: the store then lacks `ifAbsent`. */
  conditionalPut: z.boolean().default(true),
})

/** Options of the store, as a stack file has them. */
export type BlobStoreOptions = z.output<typeof blobStoreOptions>

interface Call extends OperationOptions {
  /** As an error says it: `put a/b`. */
  readonly does: string
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  /** Absent for the container itself. */
  readonly key?: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer> | string
  /** Error codes of the service that are answers, too. */
  readonly answers?: readonly string[]
}

interface Answer {
  readonly status: number
  /** Empty unless it is one of `answers`. */
  readonly error: string
  readonly headers: Headers
  readonly bytes: Uint8Array
}

/** An artifact store on Azure Blob Storage, or on whatever speaks its REST interface. */
export class BlobArtifactStore implements ArtifactStore {
  readonly name: string
  readonly type = 'blob'
  readonly capabilities: ArtifactStoreCapabilities
  readonly #options: BlobStoreOptions
  readonly #http: KyInstance

  constructor(name: string, options: BlobStoreOptions, retry: RetryOptions = {}) {
    this.name = name
    this.capabilities = options.conditionalPut ? { ifAbsent: true } : {}
    this.#options = options
    this.#http = ky.create({
      fetch: fetchWhole,
      headers: { 'x-ms-version': '2023-11-03' },
      // A service that leads elsewhere would hand the signature on.
      redirect: 'manual',
      retry: { limit: 5, statusCodes: PASSING, jitter: true, maxRetryAfter: 30_000, retryOnTimeout: true, ...retry },
      throwHttpErrors: (status) => PASSING.includes(status),
      timeout: 120_000,
    })
  }

  async check({ signal }: OperationOptions = {}): Promise<void> {
    await this.#send({ does: 'list its objects', method: 'GET', query: { ...LIST, maxresults: '1' }, signal })
  }

  /**
   * Without `conditionalPut` the look before the put is all that `ifAbsent` does, and the capability is not declared: of
   * two writers who both find nothing, both are told that they wrote. Each object is whole all the same, and what lies
   * under the digest of its content is the same whoever wrote it.
   */
  async put(key: string, body: ObjectBody, { ifAbsent = false, signal }: PutOptions = {}): Promise<PutResult> {
    const present = ifAbsent ? await this.stat(key, { signal }) : undefined
    if (present !== undefined) return { ...present, written: false }
    assertObjectKey(key)
    // Marks the object, so that a put whose answer was lost knows its own work when it is sent again.
    const writer = randomUUID()
    const condition = ifAbsent && this.#options.conditionalPut ? { 'if-none-match': '*' } : {}
    const headers = { 'x-ms-meta-writer': writer, ...condition }
    // The blocks of a put are gone once another one is committed: it was there first, and is replaced.
    const answers = ['InvalidBlockList', ...(ifAbsent ? ['BlobAlreadyExists', 'ConditionNotMet'] : [])]
    const call = { does: `put ${key}`, method: 'PUT', key, signal } as const
    const { answer, size } = await this.#upload(body, { ...call, headers, answers }, writer)
    if (answer.error === '') return { key, size, lastModifiedMs: modifiedMs(answer), written: true }
    const found = await this.#send({ ...call, method: 'HEAD' })
    return { ...infoOf(key, found), written: !ifAbsent || found.headers.get('x-ms-meta-writer') === writer }
  }

  async get(key: string, { range, signal }: GetOptions = {}): Promise<AsyncIterable<Uint8Array> | undefined> {
    assertObjectKey(key)
    const { start = 0, length = Number.POSITIVE_INFINITY } = range ?? {}
    const call: Call = { does: `read ${key}`, method: 'GET', key, signal }
    const first = await this.#part({ ...call, answers: ['BlobNotFound', 'InvalidRange'] }, start, start + length)
    return first.error === 'BlobNotFound' ? undefined : this.#parts(first, call, start, start + length)
  }

  async stat(key: string, { signal }: OperationOptions = {}): Promise<ObjectInfo | undefined> {
    assertObjectKey(key)
    const answer = await this.#send({ does: `look at ${key}`, method: 'HEAD', key, answers: ['BlobNotFound'], signal })
    return answer.error === '' ? infoOf(key, answer) : undefined
  }

  async *list(prefix: string, { signal }: OperationOptions = {}): AsyncIterable<ObjectInfo> {
    assertObjectPrefix(prefix)
    const within = this.#options.prefix
    let marker: string | undefined
    do {
      const query = { ...LIST, prefix: within + prefix, ...(marker && { marker }) }
      const { bytes } = await this.#send({ does: 'list its objects', method: 'GET', query, signal })
      const page = parseXml(Buffer.from(bytes).toString()).root
      for (const blob of childOf(page, 'Blobs')?.children ?? []) {
        signal?.throwIfAborted()
        const key = childOf(blob, 'Name')?.text.slice(within.length) ?? ''
        const properties = childOf(blob, 'Properties')
        const lastModifiedMs = Date.parse(childOf(properties, 'Last-Modified')?.text ?? '')
        // Others may keep what they like in the container.
        if (isObjectKey(key)) yield { key, size: Number(childOf(properties, 'Content-Length')?.text), lastModifiedMs }
      }
      marker = childOf(page, 'NextMarker')?.text
    } while (marker)
  }

  async delete(key: string, { signal }: OperationOptions = {}): Promise<void> {
    assertObjectKey(key)
    await this.#send({ does: `remove ${key}`, method: 'DELETE', key, answers: ['BlobNotFound'], signal })
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
      const blockid = Buffer.from(`${writer}-${String(ids.length).padStart(6, '0')}`).toString('base64')
      await this.#send({ ...call, query: { comp: 'block', blockid }, headers: {}, answers: [], body: block })
      ids.push(blockid)
    }
    for await (const next of bodyBlocks(body, { blockBytes: this.#options.blockBytes, signal: call.signal })) {
      if (size > 0) await putBlock()
      block = next
      size += next.length
    }
    if (ids.length === 0) {
      const headers = { ...call.headers, 'x-ms-blob-type': 'BlockBlob' }
      return { answer: await this.#send({ ...call, headers, body: block }), size }
    }
    await putBlock()
    const list = `<BlockList>${ids.map((id) => `<Latest>${id}</Latest>`).join('')}</BlockList>`
    return { answer: await this.#send({ ...call, query: { comp: 'blocklist' }, body: list }), size }
  }

  /** A piece of at most one block, whole in memory before it is handed on: what breaks off is read again. */
  async #part(call: Call, start: number, end: number): Promise<Answer> {
    const last = Math.max(start, Math.min(end, start + this.#options.blockBytes) - 1)
    const answer = await this.#send({ ...call, headers: { ...call.headers, range: `bytes=${start}-${last}` } })
    if (answer.error === '' && answer.status !== 206)
      throw this.#fault(call.does, 'it was asked for a part and sent all')
    return answer
  }

  async *#parts(first: Answer, call: Call, start: number, end: number): AsyncGenerator<Uint8Array> {
    const size = Number(first.headers.get('content-range')?.split('/')[1] ?? 0)
    // Of two objects, one after the other under a key, no mixture is made.
    const headers = { 'if-match': first.headers.get('etag') ?? '' }
    let part = first
    for (let at = start; at < Math.min(end, size); at += part.bytes.length) {
      if (at > start) part = await this.#part({ ...call, headers }, at, end)
      if (part.bytes.length === 0) throw this.#fault(call.does, `it sent nothing from byte ${at} on`)
      yield part.bytes
    }
  }

  async #send({ does, method, key, query, headers, body, answers = [], signal }: Call): Promise<Answer> {
    // Segments of a key hold characters that mean something in a URL, such as a plus.
    const { url, prefix, sas } = this.#options
    const path = key === undefined ? '' : `/${(prefix + key).split('/').map(encodeURIComponent).join('/')}`
    const target = `${url}${path}?${new URLSearchParams(query).toString()}&${sas}`
    const request = { method, headers: { ...headers, 'x-ms-client-request-id': randomUUID() }, body: body ?? null }
    const response = await this.#http(target, { ...request, signal: signal ?? null }).catch((error: unknown) => {
      signal?.throwIfAborted()
      throw this.#fault(does, reasonOf(error))
    })
    const error = response.headers.get('x-ms-error-code') ?? ''
    if (!response.ok && !answers.includes(error)) throw this.#fault(does, `${response.status} ${error}`)
    return { status: response.status, error, headers: response.headers, bytes: await response.bytes() }
  }

  #fault(operation: string, reason: string): CairnError {
    return cairnError('CAIRN_STORE_UNAVAILABLE', { store: this.#options.url, operation, reason: reason.trim() })
  }
}

/** Reads all of an answer, so that one that breaks off is asked for again. */
async function fetchWhole(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request)
  const bytes = await response.arrayBuffer()
  return new Response(bytes.byteLength > 0 ? bytes : null, response)
}

/** Not the words of the client: they show the URL, and with it the signature. */
function reasonOf(error: unknown): string {
  if (isHTTPError(error)) return `${error.response.status} ${error.response.headers.get('x-ms-error-code') ?? ''}`
  if (isTimeoutError(error)) return 'it did not answer in time'
  if (!(error instanceof Error)) return 'no answer'
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return 'code' in error ? String(error.code) : error.message
}

function infoOf(key: string, answer: Answer): ObjectInfo {
  return { key, size: Number(answer.headers.get('content-length')), lastModifiedMs: modifiedMs(answer) }
}

function modifiedMs({ headers }: Answer): number {
  return Date.parse(headers.get('last-modified') ?? '')
}

function childOf(parent: unknown, name: string): XmlElement | undefined {
  if (!(parent instanceof XmlElement)) return undefined
  return parent.children.filter((node) => node instanceof XmlElement).find((element) => element.name === name)
}

const plugin: Plugin = definePlugin({
  name: 'blob',
  components: [
    artifactStore<BlobStoreOptions>({
      options: async () => blobStoreOptions,
      requiresOptions: true,
      // Not `ifAbsent`: whether it is there is a matter of the options.
      provides: ['remote'],
      create: (options, { name }) => new BlobArtifactStore(name, options),
    }),
  ],
})

export default plugin
