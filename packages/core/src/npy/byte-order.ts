import { Buffer } from 'node:buffer'

/** Whether typed arrays of this machine keep the least significant byte first. */
export const IS_LITTLE_ENDIAN_HOST: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** Reverses the bytes of every element, in place. The length is a multiple of `itemBytes`. */
export function swapByteOrder(bytes: Uint8Array, itemBytes: 1 | 2 | 4 | 8): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (itemBytes === 2) view.swap16()
  else if (itemBytes === 4) view.swap32()
  else if (itemBytes === 8) view.swap64()
}
