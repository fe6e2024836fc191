import { hash } from 'node:crypto'

/** What a blob is put with. */
export interface BlobContent {
  readonly bytes: Buffer
  /** Values of `x-ms-meta-` headers. */
  readonly metadata: Readonly<Record<string, string>>
}

/** A blob as the service keeps it. */
export interface StoredBlob extends BlobContent {
  readonly name: string
  readonly etag: string
  /** As HTTP writes dates. */
  readonly modified: string
}

/** What a list is asked for. */
export interface ListQuery {
  readonly prefix: string
  readonly marker: string
  readonly most: number
}

/** The blobs of one container, in memory. */
export class BlobContainer {
  readonly #blobs = new Map<string, StoredBlob>()
  readonly #blocks = new Map<string, Map<string, Buffer>>()
  #changes = 0

  get(name: string): StoredBlob | undefined {
    return this.#blobs.get(name)
  }

  /** Puts a blob; all blocks but those that it is made of are lost, as they are with the real service. */
  put(name: string, content: BlobContent, ids: readonly string[] = []): StoredBlob {
    const etag = `"0x${hash('sha1', `${++this.#changes}`)
      .slice(0, 15)
      .toUpperCase()}"`
    const blob = { ...content, name, etag, modified: new Date().toUTCString() }
    this.#blobs.set(name, blob)
    const blocks = [...(this.#blocks.get(name) ?? [])].filter(([id]) => ids.includes(id))
    this.#blocks.set(name, new Map(blocks))
    return blob
  }

  stage(name: string, id: string, bytes: Buffer): void {
    const blocks = this.#blocks.get(name) ?? new Map<string, Buffer>()
    this.#blocks.set(name, blocks.set(id, bytes))
  }

  /** The bytes of these blocks, or `undefined` if one is not there. */
  blocks(name: string, ids: readonly string[]): Buffer | undefined {
    const blocks = ids.map((id) => this.#blocks.get(name)?.get(id)).filter((block) => block !== undefined)
    return blocks.length === ids.length ? Buffer.concat(blocks) : undefined
  }

  delete(name: string): boolean {
    this.#blocks.delete(name)
    return this.#blobs.delete(name)
  }

  /** A page as the service writes it: names in order, and where the next page begins. */
  page({ prefix, marker, most }: ListQuery): string {
    const names = [...this.#blobs.keys()].filter((name) => name.startsWith(prefix) && name >= marker).toSorted()
    const blobs = names.slice(0, most).map((name) => blobXml(this.#blobs.get(name)))
    const next = escaped(names[most] ?? '')
    return `<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Prefix>${escaped(prefix)}</Prefix><Blobs>${blobs.join('')}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`
  }
}

/** The value of `Content-MD5`. */
export function md5(bytes: Uint8Array): string {
  return hash('md5', bytes, 'base64')
}

function blobXml(blob: StoredBlob | undefined): string {
  if (blob === undefined) return ''
  const { name, modified, etag, bytes } = blob
  const properties = `<Last-Modified>${modified}</Last-Modified><Etag>${etag}</Etag><Content-Length>${bytes.length}</Content-Length><BlobType>BlockBlob</BlobType>`
  return `<Blob><Name>${escaped(name)}</Name><Properties>${properties}</Properties></Blob>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
