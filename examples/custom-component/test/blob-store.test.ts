import { isCairnError, type ObjectInfo } from 'cairnml/plugin'
import { describe, expect, it, onTestFinished } from 'vitest'

import { BlobServer, type BlobServerOptions } from '../src/blob-server/blob-server.ts'
import type { Fault } from '../src/blob-server/faults.ts'
import plugin, { BlobArtifactStore, type BlobStoreOptions } from '../src/blob-store.ts'

const token = 'open sesame'
const blockBytes = 65_536

interface Opened {
  readonly server: BlobServer
  readonly url: string
  readonly store: BlobArtifactStore
  /** Milliseconds of all waits; none is really waited for. */
  readonly waits: readonly number[]
}

async function open(server: Partial<BlobServerOptions> = {}, options: Partial<BlobStoreOptions> = {}): Promise<Opened> {
  const waits: number[] = []
  const started = await BlobServer.start({ token, ...server })
  onTestFinished(() => started[Symbol.asyncDispose]())
  const url = started.createContainer('cairn')
  const wait = async (ms: number): Promise<void> => void waits.push(ms)
  const store = new BlobArtifactStore('mine', { url, token, blockBytes, ...options }, wait)
  return { server: started, url, store, waits }
}

const always = (fault: Fault, retryAfterSeconds?: number): Partial<BlobServerOptions> => {
  return { faults: { faults: [fault], percent: 100, seed: 1, retryAfterSeconds } }
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
  return isCairnError(error) ? `${error.code} ${error.message} ${JSON.stringify(error.details)}` : String(error)
}

describe('a request that fails', () => {
  it('is sent again after the time that the service asks for', async () => {
    const opened = await open(always('busy', 7))
    await opened.store.put('a', Buffer.from('one'))
    expect(opened.waits).toEqual([7000, 7000, 7000])
  })

  it('is sent again after longer and longer times where the service says none', async () => {
    const opened = await open(always('reset before'))
    await opened.store.stat('a')
    expect(opened.waits).toHaveLength(3)
    expect(opened.waits.toSorted((a, b) => a - b)).toEqual(opened.waits)
  })

  it('is a fault of the store in the end, which does not tell the token', async () => {
    const { server, waits, store } = await open()
    await server[Symbol.asyncDispose]()
    const fault = await faultOf(store.put('a', Buffer.from('one')))
    expect(fault).toMatch(
      /^CAIRN_STORE_UNAVAILABLE The store http:.* could not PUT a: ECONNREFUSED, 6 times in a row\./,
    )
    expect(fault).not.toContain(token)
    expect(waits).toHaveLength(5)
  })

  it('is not sent again where that would not help, and the token of others is refused', async () => {
    const opened = await open({}, { token: 'wrong' })
    const fault = await faultOf(opened.store.check())
    expect(fault).toContain('could not find its container: 403 AuthenticationFailed.')
    expect(opened.waits).toEqual([])
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
    const headers = { authorization: `Bearer ${token}`, 'x-ms-blob-type': 'BlockBlob' }
    for (const name of ['a%20b', 'a%26amp%3B%3Cx%3E', 'a//b', 'a%2F..%2Fb', 'ä']) {
      await fetch(`${opened.url}/${name}`, { method: 'PUT', headers, body: 'theirs' })
    }
    for (const key of ['a+b', 'a/=b', 'z']) await opened.store.put(key, Buffer.from(key))
    const listed: ObjectInfo[] = []
    for await (const info of opened.store.list('')) listed.push(info)
    expect(listed.map(({ key }) => key)).toEqual(['a+b', 'a/=b', 'z'])
  })
})

describe('the options', () => {
  it.each([
    [{ url: 'https://acme.blob.core.windows.net/ml', token: 'x' }, true],
    [{ url: 'http://127.0.0.1:1/a/b', token: 'x', blockBytes: 65_536, conditionalPut: false }, true],
    [{ url: 'file:///etc/passwd', token: 'x' }, false],
    [{ url: 'https://a/b?sig=secret', token: 'x' }, false],
    [{ url: 'https://me:secret@a/b', token: 'x' }, false],
    [{ url: 'https://a/b' }, false],
    [{ url: 'https://a/b', token: 'x', blockbytes: 1 }, false],
  ])('%j are taken: %s', async (options, isTaken) => {
    const schema = await plugin.components[0]?.options?.()
    const result = await schema?.['~standard'].validate(options)
    expect(result !== undefined && result.issues === undefined).toBe(isTaken)
  })
})
