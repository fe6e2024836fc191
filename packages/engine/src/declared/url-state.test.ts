import { contentOf, shownUrl, urlState } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { ServerFixture } from './outside.fixture.ts'

describe('urlState', () => {
  it('is the ETag, which HEAD tells', async () => {
    await using server = await ServerFixture.start((_request, response) =>
      response.setHeader('etag', '"v1"').end('body'),
    )
    expect(await urlState(`${server.origin}/a.csv`)).toBe('etag:"v1"')
    expect(server.asked).toEqual(['HEAD /a.csv'])
  })

  it('is the time of modification where there is no ETag', async () => {
    const modified = 'Wed, 21 Oct 2015 07:28:00 GMT'
    await using server = await ServerFixture.start((_request, response) =>
      response.setHeader('last-modified', modified).end('body'),
    )
    expect(await urlState(server.origin)).toBe(`modified:${modified}`)
  })

  it('is the content where the server tells nothing', async () => {
    await using server = await ServerFixture.start((_request, response) => response.end('body'))
    expect(await urlState(`${server.origin}/a?x=1#y`)).toBe(`sha256:${contentOf(Buffer.from('body')).digest}`)
    expect(server.asked).toEqual(['HEAD /a?x=1', 'GET /a?x=1'])
  })

  it.each([404, 405, 500, 501])('asks for the document where HEAD is answered with %i', async (status) => {
    await using server = await ServerFixture.start((request, response) => {
      response.statusCode = request.method === 'HEAD' ? status : 200
      response.setHeader('etag', '"v1"').end('body')
    })
    expect(await urlState(server.origin)).toBe('etag:"v1"')
  })

  it('goes where it is sent, and says who asks', async () => {
    const seen: (string | undefined)[] = []
    await using server = await ServerFixture.start((request, response) => {
      seen.push(request.headers.authorization)
      if (request.url === '/old') response.writeHead(302, { location: '/new' }).end()
      else response.setHeader('etag', request.url ?? '').end()
    })
    const url = new URL(`${server.origin}/old`)
    url.username = 'me'
    url.password = 'p@ss'
    expect(await urlState(url.href)).toBe('etag:/new')
    expect(seen[0]).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`)
  })

  it('fails with one clause that does not hold the URL', async () => {
    await using server = await ServerFixture.start((request, response) => {
      if (request.url === '/slow') return
      if (request.url === '/short' && request.method === 'GET') {
        response.writeHead(200, { 'content-length': '100' }).write('x')
        setImmediate(() => response.destroy())
      } else response.writeHead(request.url === '/short' ? 200 : 403).end()
    })
    const problem = (path: string): Promise<string> =>
      urlState(`${server.origin}${path}`, { timeoutMs: 100 }).then(String, (error: Error) => error.message)
    expect(await problem('/private?token=x')).toBe('it answers with status 403')
    expect(await problem('/slow')).toBe('there is no answer within 0.1 s')
    expect(await problem('/short')).toBe('its answer ends early')
    const closed = server.origin
    await server[Symbol.asyncDispose]()
    await expect(urlState(`${closed}/?token=x`)).rejects.toThrow(/^it cannot be reached \(ECONNREFUSED\)$/)
  })
})

describe('shownUrl', () => {
  it('leaves out user name, password, query and fragment', () => {
    expect(shownUrl('https://me:pw@example.org:8080/a/b.csv?token=x#part')).toBe('https://example.org:8080/a/b.csv')
  })
})
