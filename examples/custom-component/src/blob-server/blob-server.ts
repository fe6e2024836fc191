import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

import { answerTo, errorAnswer, type BlobAnswer } from './answers.ts'
import { BlobContainer } from './container.ts'
import { FaultChoice, type Fault, type FaultPlan } from './faults.ts'

/** How the server is. */
export interface BlobServerOptions {
  /** What a request has to have in its query. */
  readonly sas: string
  /** @default one that is free */
  readonly port?: number | undefined
  /** @default none */
  readonly faults?: FaultPlan | undefined
  /** False: `If-None-Match: *` is not looked at, as with some services that call themselves compatible. @default true */
  readonly conditionalPut?: boolean | undefined
  /** Most blobs in one page of a list. @default 5000 */
  readonly pageSize?: number | undefined
}

/** A blob service in memory that speaks the REST interface of Azure Blob Storage, as far as the store needs it. */
export class BlobServer implements AsyncDisposable {
  /** The account, which holds containers. */
  readonly url: string
  /** What went wrong on purpose. */
  readonly failures: Fault[] = []
  /** Methods and paths of all requests, with their queries. */
  readonly requests: string[] = []
  readonly #server: Server
  readonly #containers = new Map<string, BlobContainer>()
  readonly #options: BlobServerOptions
  readonly #faults: FaultChoice | undefined

  private constructor(server: Server, options: BlobServerOptions) {
    this.#server = server
    this.#options = options
    this.#faults = options.faults && new FaultChoice(options.faults)
    // Sound: a server that listens on a port has such an address.
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/devstore`
  }

  /** Starts one on this machine. */
  static async start(options: BlobServerOptions): Promise<BlobServer> {
    const server = createServer({ keepAliveTimeout: 60_000 })
    server.listen(options.port ?? 0, '127.0.0.1')
    await once(server, 'listening')
    const blobs = new BlobServer(server, options)
    server.on('request', (request, response) => {
      // A client that went away is no fault of the server.
      blobs.#serve(request, response).catch(() => response.destroy())
    })
    return blobs
  }

  /** Makes an empty container; gives what a stack names as `url`. */
  createContainer(name: string): string {
    this.#containers.set(name, new BlobContainer())
    return `${this.url}/${name}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#server.listening) return
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    this.requests.push(`${request.method} ${url.pathname}${url.search}`)
    const fault = this.#faults?.next(`${request.method} ${request.url}`)
    if (fault !== undefined) this.failures.push(fault)
    if (fault === 'reset before') return void request.socket.destroy()
    if (fault === 'slow') await delay(20)
    const body = await buffer(request)
    const answer = fault === 'busy' ? busy(this.#options.faults?.retryAfterSeconds) : this.#answer(request, url, body)
    if (fault === 'reset after') return void request.socket.destroy()
    response.writeHead(answer.status, {
      'content-length': answer.bytes.length,
      'x-ms-version': '2023-11-03',
      ...answer.headers,
    })
    if (fault === 'torn body' && answer.bytes.length > 1) {
      response.write(answer.bytes.subarray(0, answer.bytes.length / 2), () => request.socket.destroy())
    } else response.end(request.method === 'HEAD' ? undefined : answer.bytes)
  }

  #answer(request: IncomingMessage, url: URL, body: Buffer): BlobAnswer {
    const { sas, conditionalPut = true, pageSize = 5000 } = this.#options
    if (![...new URLSearchParams(sas)].every(([name, value]) => url.searchParams.get(name) === value))
      return errorAnswer(403, 'AuthenticationFailed')
    const [, account, named = '', ...name] = url.pathname.split('/').map(decodeURIComponent)
    const container = account === 'devstore' ? this.#containers.get(named) : undefined
    if (container === undefined) return errorAnswer(404, 'ContainerNotFound')
    return answerTo(container, {
      method: request.method ?? '',
      name: name.join('/'),
      query: url.searchParams,
      headers: request.headers,
      body,
      conditionalPut,
      pageSize,
    })
  }
}

function busy(retryAfterSeconds = 0): BlobAnswer {
  const answer = errorAnswer(503, 'ServerBusy')
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } }
}
