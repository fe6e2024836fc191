import { hash } from 'node:crypto'

/** Bytes that tell by themselves whether they are whole: their own digest, then random content. */
export function checkedBody(content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(hash('sha256', content)), content])
}

/** Whether such bytes are whole. */
export function isWhole(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 64)).toString() === hash('sha256', bytes.subarray(64))
}
