import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { inspect } from 'node:util'

import { isCairnError, type ObjectInfo } from 'cairnml/plugin'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

import { BlobServer, type BlobServerOptions } from '../src/blob-server/blob-server.ts'
import type { Fault } from '../src/blob-server/faults.ts'
import plugin, { BlobArtifactStore, type BlobStoreOptions } from '../src/blob-store.ts'

const sas = 'sv=2023-11-03&sr=c&sig=open+sesame'
const blockBytes = 65_536
const OPTIONS = { sas, prefix: '', blockBytes, conditionalPut: true }

interface Opened {
  readonly server: BlobServer
  readonly url: string
  readonly store: BlobArtifactStore
}

async function open(server: Partial<BlobServerOptions> = {}, options: Partial<BlobStoreOptions> = {}): Promise<Opened> {
  const started = await BlobServer.start({ sas, ...server })
  onTestFinished(() => started[Symbol.asyncDispose]())
  const url = started.createContainer('cairn')
  return {
    server: started,
    url,
    store: new BlobArtifactStore('mine', { ...OPTIONS, url, ...options }, { retry: { delay: () => 0 } }),
  }
}

const always = (fault: Fault, retryAfterSeconds?: number): Partial<BlobServerOptions> => {
  return { faults: { faults: [fault], percent: 100, seed: 1, retryAfterSeconds } }
}

async function listening(server: Server): Promise<AddressInfo> {
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // Sound: a server that listens on a port has such an address.
  return server.address() as AddressInfo
}

async function contentOf(store: BlobArtifactStore, key: string): Promise<string> {
  const chunks = await Array.fromAsync((await store.get(key)) ?? [])
  return Buffer.concat(chunks).toString()
}

async function faultOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return isCairnError(error) ? `${error.code} ${inspect(error)}` : String(error)
}

describe('a request that fails', () => {
  it('is sent again after the time that the service asks for', async () => {
    const { server, store } = await open(always('busy', 1))
    const start = performance.now()
    await store.stat('a')
    expect(server.failures).toEqual(['busy', 'busy', 'busy'])
    expect(performance.now() - start).toBeGreaterThan(2900)
  })

  it('is not waited for once it is aborted', async () => {
    const { server, store } = await open(always('busy', 600))
    const controller = new AbortController()
    const work = store.stat('a', { signal: controller.signal })
    await vi.waitUntil(() => server.failures.length > 0, { timeout: 20_000 })
    controller.abort('cancelled')
    await expect(work).rejects.toBe('cancelled')
  })

  it('without an answer is sent again, and given up in the end', async () => {
    let requests = 0
    const { port } = await listening(createHttpServer(() => requests++))
    const url = `http://127.0.0.1:${port}/a/b`
    const store = new BlobArtifactStore('mine', { ...OPTIONS, url }, { timeout: 20, retry: { delay: () => 0 } })
    expect(await faultOf(store.stat('a'))).toContain('could not HEAD a: it did not answer in time.')
    expect(requests).toBe(6)
  })

  it('that leads elsewhere is not followed', async () => {
    const other = await open()
    const server = createHttpServer((_request, response) => {
      response.writeHead(307, { location: `${other.url}/a?${sas}` }).end()
    })
    const { port } = await listening(server)
    const store = new BlobArtifactStore('mine', { ...OPTIONS, url: `http://127.0.0.1:${port}/a/b` })
    expect(await faultOf(store.get('a'))).toContain('could not GET a: 307.')
    expect(other.server.requests).toEqual([])
  })

  it('is cut off by an abort, connection and all', async () => {
    const silent = createServer()
    const { port } = await listening(silent)
    const store = new BlobArtifactStore('mine', { ...OPTIONS, url: `http://127.0.0.1:${port}/a/b` })
    const controller = new AbortController()
    const work = store.put('a', Buffer.alloc(10_000), { signal: controller.signal })
    const [socket] = (await once(silent, 'connection')) as [Socket]
    const closed = once(socket.resume(), 'close')
    controller.abort('cancelled')
    await expect(work).rejects.toBe('cancelled')
    await closed
  })

  it('is a fault of the store in the end, which shows the signature nowhere', async () => {
    const { server, store } = await open()
    await server[Symbol.asyncDispose]()
    const fault = await faultOf(store.put('a', Buffer.from('one')))
    expect(fault).toMatch(/^CAIRN_STORE_UNAVAILABLE [^]*The store http:.* could not PUT a: ECONNREFUSED\./)
    expect(fault).not.toContain('sesame')
  })

  it.each([
    ['403 AuthenticationFailed', 'cairn', 'sv=2023-11-03&sr=c&sig=wrong+sesame'],
    ['404 ContainerNotFound', 'nowhere', sas],
  ])('with %s is sent once, and does not say that there is no object', async (reason, container, given) => {
    const { server } = await open()
    const store = new BlobArtifactStore('mine', { ...OPTIONS, url: `${server.url}/${container}`, sas: given })
    const all = [
      () => store.stat('a'),
      () => store.get('a'),
      () => store.put('a', Buffer.from('one')),
      () => store.check(),
    ]
    for (const work of all) {
      const fault = await faultOf(work())
      expect(fault).toContain(`: ${reason}.`)
      expect(fault).not.toContain('sesame')
    }
    expect(server.requests).toHaveLength(all.length)
  })
})

describe('a put', () => {
  it('whose answer is lost knows its own work when it is sent again', async () => {
    const opened = await open(always('reset after'))
    const { written } = await opened.store.put('a', Buffer.from('one'), { ifAbsent: true })
    expect(written).toBe(true)
    expect(opened.server.failures).toContain('reset after')
  })

  it('takes from a stream no more than it can send on', async () => {
    const opened = await open()
    const most: number[] = []
    async function* body(): AsyncGenerator<Uint8Array> {
      for (let taken = 0; taken < 64; taken++) {
        most.push(taken - opened.server.requests.filter((request) => request.includes('comp=block')).length)
        yield Buffer.alloc(blockBytes, taken)
      }
    }
    expect((await opened.store.put('a', body())).size).toBe(64 * blockBytes)
    expect(Math.max(...most)).toBe(1)
  })

  it('in blocks that is overtaken by another one is as good as replaced', async () => {
    const opened = await open()
    const bodies = ['a', 'b', 'c'].map((letter) => Buffer.alloc(4 * blockBytes, letter))
    const results = await Promise.all(bodies.map((body) => opened.store.put('large', body)))
    const found = await contentOf(opened.store, 'large')
    expect(results.map(({ written }) => written)).toEqual([true, true, true])
    expect(bodies.map(String)).toContain(found)
  })

  it('without conditional put may tell two writers that they wrote, and leaves one whole object', async () => {
    const opened = await open({ conditionalPut: false }, { conditionalPut: false })
    const bothLooked = Promise.withResolvers<void>()
    let looked = 0
    async function* body(): AsyncGenerator<Uint8Array> {
      if (++looked === 2) bothLooked.resolve()
      await bothLooked.promise
      yield Buffer.from('the same')
    }
    const puts = await Promise.all([1, 2].map(() => opened.store.put('a', body(), { ifAbsent: true })))
    expect(puts.map(({ written }) => written)).toEqual([true, true])
    expect(await contentOf(opened.store, 'a')).toBe('the same')
    expect(opened.store.capabilities).toEqual({})
  })
})

describe('a list', () => {
  it('leaves out what others keep in the container', async () => {
    const opened = await open({ pageSize: 2 })
    const headers = { 'x-ms-blob-type': 'BlockBlob' }
    for (const name of ['a%20b', 'a%26amp%3B%3Cx%3E', 'a//b', 'a%2F..%2Fb', 'ä']) {
      await fetch(`${opened.url}/${name}?${sas}`, { method: 'PUT', headers, body: 'theirs' })
    }
    for (const key of ['a+b', 'a/=b', 'z']) await opened.store.put(key, Buffer.from(key))
    const listed: ObjectInfo[] = []
    for await (const info of opened.store.list('')) listed.push(info)
    expect(listed.map(({ key }) => key)).toEqual(['a+b', 'a/=b', 'z'])
  })
})

describe('the options', () => {
  it.each([
    [{ url: 'https://acme.blob.core.windows.net/ml', sas: 'x' }, true],
    [{ url: 'http://127.0.0.1:1/a/b', sas: 'x', blockBytes: 65_536, conditionalPut: false }, true],
    [{ url: 'file:///etc/passwd', sas: 'x' }, false],
    [{ url: 'https://a/b?sig=secret', sas: 'x' }, false],
    [{ url: 'https://me:secret@a/b', sas: 'x' }, false],
    [{ url: 'https://a/b' }, false],
    [{ url: 'https://a/b', sas: 'x', blockbytes: 1 }, false],
  ])('%j are taken: %s', async (options, isTaken) => {
    const schema = await plugin.components[0]?.options?.()
    const result = await schema?.['~standard'].validate(options)
    expect(result !== undefined && result.issues === undefined).toBe(isTaken)
  })
})
