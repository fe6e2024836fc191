import { Buffer } from 'node:buffer'
import { DATA_ALIGNMENT_BYTES, MAGIC, MAX_HEADER_BYTES } from './header-layout.ts'

// NumPy leaves room for the longest first axis (21 digits), so that appending rows can rewrite the header in place.
const GROWTH_AXIS_DIGITS = 21

/**
 * Everything of a `.npy` file before its data, in row-major order, byte for byte as `numpy.save` writes it.
 * Version 1.0, or 2.0 when the header is longer than 65535 bytes; `undefined` when it is longer than 1 MiB.
 *
 * @param descr the type string, for example `<f8`
 * @param shape whole numbers from 0 to 2^53 - 1
 */
export function writeHeader(descr: string, shape: readonly number[]): Uint8Array | undefined {
  const first = shape[0]
  const growth = first === undefined ? '' : ' '.repeat(GROWTH_AXIS_DIGITS - String(first).length)
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${pythonTuple(shape)}, }${growth}`
  return framed(dict, 1) ?? framed(dict, 2)
}

function pythonTuple(items: readonly number[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
}

function framed(dict: string, version: 1 | 2): Uint8Array | undefined {
  const start = version === 1 ? 10 : 12
  const unpadded = start + dict.length + 1
  // A header that would end at the boundary gets a whole block of padding, as NumPy does it.
  const total = unpadded + DATA_ALIGNMENT_BYTES - (unpadded % DATA_ALIGNMENT_BYTES)
  const length = total - start
  if (length > (version === 1 ? 0xffff : MAX_HEADER_BYTES)) return undefined
  const bytes = new Uint8Array(total).fill(0x20)
  bytes.set([...MAGIC, version, 0])
  const view = new DataView(bytes.buffer)
  if (version === 1) view.setUint16(8, length, true)
  else view.setUint32(8, length, true)
  bytes.set(Buffer.from(dict, 'latin1'), start)
  bytes[total - 1] = 0x0a
  return bytes
}
