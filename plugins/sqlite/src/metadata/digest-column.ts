const SHA256 = /^[0-9a-f]{64}$/

/** A digest as it is stored: a sha256 in its 32 bytes, anything else as text. */
export function packDigest(digest: string): Uint8Array | string {
  return SHA256.test(digest) ? Buffer.from(digest, 'hex') : digest
}

/** The digest as it was before `packDigest`. */
export function unpackDigest(stored: Uint8Array | string): string {
  if (typeof stored === 'string') return stored
  return Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength).toString('hex')
}
