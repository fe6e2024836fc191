import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import nodePath from 'node:path'

/** A folder with files, removed at the end of a test. */
export class FilesFixture implements Disposable {
  readonly dir: string = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-declared-'))

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [name, content] of Object.entries(files)) this.write(name, content)
  }

  path(name: string): string {
    return nodePath.join(this.dir, name)
  }

  write(name: string, content: string): void {
    mkdirSync(nodePath.dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), content)
  }

  /** Gives a file an older time of modification; that of its inode cannot be set. */
  age(name: string, seconds: number): void {
    const at = Date.now() / 1000 - seconds
    utimesSync(this.path(name), at, at)
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server on this machine that counts what it is asked. */
export class ServerFixture implements AsyncDisposable {
  answer: Answer
  readonly asked: string[] = []
  readonly #server: Server

  private constructor(answer: Answer) {
    this.answer = answer
    this.#server = createServer((request, response) => {
      this.asked.push(`${request.method} ${request.url}`)
      this.answer(request, response)
    })
  }

  static async start(answer: Answer): Promise<ServerFixture> {
    const fixture = new ServerFixture(answer)
    await new Promise<void>((resolve) => fixture.#server.listen(0, '127.0.0.1', resolve))
    return fixture
  }

  /** Without a slash at the end. */
  get origin(): string {
    // Sound: the server listens on a TCP port.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
