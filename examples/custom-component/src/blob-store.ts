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
  type GetOptions,
  type ObjectBody,
  type ObjectInfo,
  type OperationOptions,
  type PutOptions,
  type PutResult,
} from 'cairnml/plugin'
import { parseXml, XmlElement } from '@rgrove/parse-xml'
import ky, { isHTTPError, isTimeoutError, type KyInstance, type Options } from 'ky'
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
    .regex(/^([\w=+-]+\/)*$/, 'Folders, each with a slash at its end')
    .default(''),
  /** A shared access signature that may read, write, list and delete: `sv=…&sp=rwdl&sr=c&sig=…`. */
  sas: z.string().min(1).meta({ secret: true }),
  /** Objects are written and read in pieces of this size; about four of them are in memory. */
  blockBytes: z.int().min(65_536).max(104_857_600).default(2_097_152),
  /** False for a service that does not know `If-None-Match: *`: the store then lacks `ifAbsent`. */
  conditionalPut: z.boolean().default(true),
})

/** Options of the store, as a stack file has them. */
export type BlobStoreOptions = z.output<typeof blobStoreOptions>

/** A request as the client takes it, and what is said of it here. */
interface Call extends Omit<Options, 'signal'>, OperationOptions {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  /** Absent for the list of the container. */
  readonly key?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Error codes of the service that are answers, too. */
  readonly answers?: readonly string[]
}

interface Span extends Call {
  /** The first byte that is not read. */
  readonly end: number
}

/** An artifact store on Azure Blob Storage, or on whatever speaks its REST interface. */
export class BlobArtifactStore implements ArtifactStore {
  readonly name: string
  readonly type = 'blob'
  readonly capabilities: ArtifactStore['capabilities']
  readonly #options: BlobStoreOptions
  readonly #http: KyInstance

  /** @param http settings of the client that are other than here */
  constructor(name: string, options: BlobStoreOptions, http: Options = {}) {
    this.name = name
    this.capabilities = options.conditionalPut ? { ifAbsent: true } : {}
    this.#options = options
    const retry = { limit: 5, statusCodes: PASSING, jitter: true, maxRetryAfter: 30_000, retryOnTimeout: true }
    const throwHttpErrors = (status: number): boolean => PASSING.includes(status)
    const headers = { 'x-ms-version': '2023-11-03' }
    // Redirected, the client would hand the signature on to another service.
    const defaults = {
      fetch: fetchWhole,
      headers,
      redirect: 'manual',
      retry,
      throwHttpErrors,
      timeout: 120_000,
    } as const
    this.#http = ky.create(defaults).extend(http)
  }

  async check({ signal }: OperationOptions = {}): Promise<void> {
    await this.#send({ method: 'GET', searchParams: { ...LIST, maxresults: 1 }, signal })
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
    // The blocks of a put are gone once another put has ended: this one was first, and is replaced.
    const answers = ['InvalidBlockList', ...(ifAbsent ? ['BlobAlreadyExists', 'ConditionNotMet'] : [])]
    const [answer, size] = await this.#upload(body, { method: 'PUT', key, headers, answers, signal }, writer)
    const isDone = errorOf(answer) === ''
    const found = isDone ? answer : await this.#send({ method: 'HEAD', key, signal })
    const isOurs = isDone || !ifAbsent || found.headers.get('x-ms-meta-writer') === writer
    return { ...infoOf(key, found), ...(isOurs && { size }), written: isOurs }
  }

  async get(key: string, { range, signal }: GetOptions = {}): Promise<AsyncIterable<Uint8Array> | undefined> {
    assertObjectKey(key)
    const { start = 0, length = Number.POSITIVE_INFINITY } = range ?? {}
    const span: Span = { method: 'GET', key, end: start + length, signal }
    const first = await this.#part({ ...span, answers: ['BlobNotFound', 'InvalidRange'] }, start)
    return errorOf(first) === 'BlobNotFound' ? undefined : this.#parts(span, start, first)
  }

  async stat(key: string, { signal }: OperationOptions = {}): Promise<ObjectInfo | undefined> {
    assertObjectKey(key)
    const answer = await this.#send({ method: 'HEAD', key, answers: ['BlobNotFound'], signal })
    return answer.ok ? infoOf(key, answer) : undefined
  }

  async *list(prefix: string, { signal }: OperationOptions = {}): AsyncIterable<ObjectInfo> {
    assertObjectPrefix(prefix)
    const within = this.#options.prefix
    let marker: string | undefined
    do {
      const searchParams = { ...LIST, prefix: within + prefix, ...(marker && { marker }) }
      const page = parseXml(await (await this.#send({ method: 'GET', searchParams, signal })).text()).root
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
    await this.#send({ method: 'DELETE', key, answers: ['BlobNotFound'], signal })
  }

  /** One request for a small body; for a larger one a request for each block, and one that makes an object of them. */
  async #upload(body: ObjectBody, call: Call, writer: string): Promise<readonly [Response, number]> {
    const { key = '', signal } = call
    const ids: string[] = []
    let size = 0
    let block: Uint8Array<ArrayBuffer> = new Uint8Array(0)
    const putBlock = async (): Promise<void> => {
      const blockid = Buffer.from(`${writer}-${String(ids.length).padStart(6, '0')}`).toString('base64')
      await this.#send({ method: 'PUT', key, searchParams: { comp: 'block', blockid }, body: block, signal })
      ids.push(blockid)
    }
    for await (const next of bodyBlocks(body, { blockBytes: this.#options.blockBytes, signal })) {
      if (size > 0) await putBlock()
      block = next
      size += next.length
    }
    if (ids.length === 0) {
      const headers = { ...call.headers, 'x-ms-blob-type': 'BlockBlob' }
      return [await this.#send({ ...call, headers, body: block }), size]
    }
    await putBlock()
    const list = `<BlockList>${ids.map((id) => `<Latest>${id}</Latest>`).join('')}</BlockList>`
    return [await this.#send({ ...call, searchParams: { comp: 'blocklist' }, body: list }), size]
  }

  /** A piece of at most one block, whole in memory before it is handed on: what breaks off is read again. */
  async #part({ end, ...call }: Span, start: number): Promise<Response> {
    const last = Math.max(start, Math.min(end, start + this.#options.blockBytes) - 1)
    const answer = await this.#send({ ...call, headers: { ...call.headers, range: `bytes=${start}-${last}` } })
    if (answer.ok && answer.status !== 206) throw this.#fault(call, 'all came where a part was asked for')
    return answer
  }

  async *#parts(span: Span, start: number, first: Response): AsyncGenerator<Uint8Array> {
    const size = Number(first.headers.get('content-range')?.split('/')[1] ?? 0)
    // Of two objects, one after the other under a key, no mixture is made.
    const headers = { 'if-match': first.headers.get('etag') ?? '' }
    for (let at = start; at < Math.min(span.end, size);) {
      const part = at === start ? first : await this.#part({ ...span, headers }, at)
      const bytes = await part.bytes()
      if (bytes.length === 0) throw this.#fault(span, `nothing came from byte ${at} on`)
      yield bytes
      at += bytes.length
    }
  }

  async #send({ key, answers = [], signal, ...request }: Call): Promise<Response> {
    const { url, prefix, sas } = this.#options
    // Segments of a key hold characters that mean something in a URL, such as a plus.
    const path = key === undefined ? '' : `/${(prefix + key).split('/').map(encodeURIComponent).join('/')}`
    const target = `${url}${path}?${sas.replace(/^\?/, '')}`
    const answer = await this.#http(target, { ...request, signal: signal ?? null }).catch((error: unknown) => {
      signal?.throwIfAborted()
      throw this.#fault({ ...request, key }, reasonOf(error))
    })
    if (answer.ok || answers.includes(errorOf(answer))) return answer
    throw this.#fault({ ...request, key }, `${answer.status} ${errorOf(answer)}`)
  }

  #fault({ method, key = 'the list of objects' }: Call, reason: string): Error {
    const operation = `${method} ${key}`
    return cairnError('CAIRN_STORE_UNAVAILABLE', { store: this.#options.url, operation, reason: reason.trim() })
  }
}

/** Reads all of an answer, so that one that breaks off is asked for again. */
async function fetchWhole(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request)
  const bytes = await response.bytes()
  // As a stream: made of bytes, a response would keep them for as long as it is kept.
  return new Response(bytes.length > 0 ? ReadableStream.from([bytes]) : null, response)
}

/** Not the words of the client: they show the URL, and with it the signature. */
function reasonOf(error: unknown): string {
  if (isHTTPError(error)) return `${error.response.status} ${errorOf(error.response)}`
  if (isTimeoutError(error)) return 'it did not answer in time'
  if (!(error instanceof Error)) return 'no answer'
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return 'code' in error ? String(error.code) : error.message
}

function errorOf({ headers }: Response): string {
  return headers.get('x-ms-error-code') ?? ''
}

function infoOf(key: string, { headers }: Response): ObjectInfo {
  const lastModifiedMs = Date.parse(headers.get('last-modified') ?? '')
  return { key, size: Number(headers.get('content-length')), lastModifiedMs }
}

function childOf(parent: unknown, name: string): XmlElement | undefined {
  if (!(parent instanceof XmlElement)) return undefined
  return parent.children.filter((node) => node instanceof XmlElement).find((element) => element.name === name)
}

export default definePlugin({
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
