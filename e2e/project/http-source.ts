import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** What a URL gives. */
export interface Page {
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A web server on this machine whose pages a test changes. */
export class HttpSource implements AsyncDisposable {
  readonly pages = new Map<string, Page>()
  /** Method and path of each request, in order. */
  readonly requests: string[] = []
  readonly #server: Server = createServer((request, response) => this.#answer(request, response))

  async start(): Promise<this> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
    return this
  }

  /** The URL of a page. */
  url(path: string): string {
    // Sound: it listens on a port.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer({ method, url = '' }: IncomingMessage, response: ServerResponse): void {
    this.requests.push(`${method} ${url}`)
    const page = this.pages.get(url.split('?')[0] ?? '')
    response.writeHead(page === undefined ? 404 : 200, page?.headers)
    response.end(method === 'HEAD' ? undefined : page?.body)
  }
}
