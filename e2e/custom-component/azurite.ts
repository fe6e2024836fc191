import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

import type { RunningCommand, TemporaryProject } from '../project/temporary-project.ts'

const PROGRAM = 'node_modules/azurite/dist/src/blob/main.js'
const VERSION = '2023-11-03'
/** They are the same everywhere, and written in its documentation. */
const ACCOUNT = 'devstoreaccount1'
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='
const MOST_MS = 600_000

/** Microsoft's emulator of Azure Blob Storage, installed in a project; what it holds is gone with it. */
export class Azurite implements AsyncDisposable {
  /** The account, which holds containers. */
  readonly url: string
  /** A shared access signature for all that is in the account. */
  readonly sas: string = sharedAccessSignature()
  readonly #command: RunningCommand

  private constructor(command: RunningCommand, port: number) {
    this.#command = command
    this.url = `http://127.0.0.1:${port}/${ACCOUNT}`
  }

  /** @throws Error if it cannot be started */
  static async start(project: TemporaryProject): Promise<Azurite> {
    const port = await freePort()
    const options = ['--inMemoryPersistence', '--disableTelemetry', '--silent', '--blobPort', String(port)]
    const command = project.execute([process.execPath, PROGRAM, ...options], { timeoutMs: MOST_MS })
    await command.process.printed('successfully listens')
    return new Azurite(command, port)
  }

  /** Makes an empty container; gives what a stack names as `url`. */
  async createContainer(name: string): Promise<string> {
    const url = `${this.url}/${name}`
    const { status } = await fetch(`${url}?restype=container&${this.sas}`, {
      method: 'PUT',
      headers: { 'x-ms-version': VERSION },
    })
    if (status !== 201) throw new Error(`The container ${name} could not be made: ${status}`)
    return url
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#command.process.kill('SIGKILL')
    await this.#command.ended
  }
}

function sharedAccessSignature(): string {
  const signed = { sv: VERSION, ss: 'b', srt: 'sco', sp: 'rwdlc', se: '2099-01-01T00:00:00Z' }
  const { sp, ss, srt, se, sv } = signed
  const text = [ACCOUNT, sp, ss, srt, '', se, '', '', sv, '', ''].join('\n')
  const sig = createHmac('sha256', Buffer.from(KEY, 'base64')).update(text).digest('base64')
  return new URLSearchParams({ ...signed, sig }).toString()
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Sound: a server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
