import type { IncomingHttpHeaders } from 'node:http'

import { md5, type BlobContainer, type BlobContent, type StoredBlob } from './container.ts'

/** A request whose sender is known. */
export interface BlobRequest {
  readonly method: string
  /** Of the blob; empty for the container. */
  readonly name: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly conditionalPut: boolean
  readonly pageSize: number
}

/** What is answered; a HEAD leaves the bytes out. */
export interface BlobAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

/** Carries a request out. */
export function answerTo(container: BlobContainer, request: BlobRequest): BlobAnswer {
  if (request.name === '') return ofContainer(container, request)
  if (request.method === 'PUT') return putAnswer(container, request)
  const blob = container.get(request.name)
  if (blob === undefined) return errorAnswer(404, 'BlobNotFound')
  if (request.method !== 'DELETE') return readAnswer(blob, request)
  container.delete(request.name)
  return { status: 202, headers: {}, bytes: Buffer.alloc(0) }
}

/** A fault as the service says it. */
export function errorAnswer(status: number, code: string): BlobAnswer {
  const bytes = Buffer.from(`<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`)
  return { status, headers: { 'x-ms-error-code': code, 'content-type': 'application/xml' }, bytes }
}

function ofContainer(container: BlobContainer, { method, query, pageSize }: BlobRequest): BlobAnswer {
  if (method === 'HEAD') return { status: 200, headers: {}, bytes: Buffer.alloc(0) }
  if (query.get('comp') !== 'list') return errorAnswer(400, 'InvalidQueryParameterValue')
  const most = Math.min(pageSize, Number(query.get('maxresults') ?? pageSize))
  const page = container.page({ prefix: query.get('prefix') ?? '', marker: query.get('marker') ?? '', most })
  return { status: 200, headers: { 'content-type': 'application/xml' }, bytes: Buffer.from(page) }
}

function putAnswer(container: BlobContainer, request: BlobRequest): BlobAnswer {
  const { name, query, headers, body } = request
  const sum = headers['content-md5']
  if (sum !== undefined && sum !== md5(body)) return errorAnswer(400, 'Md5Mismatch')
  if (query.get('comp') === 'block') {
    container.stage(name, query.get('blockid') ?? '', body)
    return { status: 201, headers: {}, bytes: Buffer.alloc(0) }
  }
  if (request.conditionalPut && headers['if-none-match'] === '*' && container.get(name) !== undefined) {
    return errorAnswer(409, 'BlobAlreadyExists')
  }
  const ids = query.get('comp') === 'blocklist' ? blockList(body) : undefined
  if (ids === undefined && headers['x-ms-blob-type'] !== 'BlockBlob') return errorAnswer(400, 'InvalidHeaderValue')
  const bytes = ids === undefined ? body : container.blocks(name, ids)
  if (bytes === undefined) return errorAnswer(400, 'InvalidBlockList')
  const blob = container.put(name, { bytes, metadata: metadataIn(headers) }, ids)
  return { status: 201, headers: { etag: blob.etag, 'last-modified': blob.modified }, bytes: Buffer.alloc(0) }
}

/** Ids of blocks. `Latest` is one that waits, else one that the blob is made of already. */
function blockList(body: Buffer): readonly string[] {
  return [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(([, id = '']) => id)
}

function metadataIn(headers: IncomingHttpHeaders): BlobContent['metadata'] {
  const named = Object.entries(headers).filter(([name]) => name.startsWith('x-ms-meta-'))
  return Object.fromEntries(named.map(([name, value]) => [name, String(value)]))
}

function readAnswer(blob: StoredBlob, { method, headers }: BlobRequest): BlobAnswer {
  const { bytes, etag, modified, metadata } = blob
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag) return errorAnswer(412, 'ConditionNotMet')
  const common = {
    ...metadata,
    etag,
    'last-modified': modified,
    'accept-ranges': 'bytes',
    'x-ms-blob-type': 'BlockBlob',
  }
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? []
  if (first === undefined || method === 'HEAD') {
    return { status: 200, headers: { ...common, 'content-md5': md5(bytes) }, bytes }
  }
  const start = Number(first)
  const part = bytes.subarray(start, last === '' ? undefined : Number(last) + 1)
  if (start >= bytes.length) return errorAnswer(416, 'InvalidRange')
  const range = `bytes ${start}-${start + part.length - 1}/${bytes.length}`
  return { status: 206, headers: { ...common, 'content-range': range }, bytes: part }
}
