import { firstNonBoolean } from './boolean-bytes.ts'
import { IS_LITTLE_ENDIAN_HOST, swapByteOrder } from './byte-order.ts'
import { BOOL_DTYPE } from './dtypes-data.ts'
import { elementCount } from './element-count.ts'
import { MAX_HEADER_BYTES } from './header-layout.ts'
import { parseHeader, type NpyHeader } from './header-parse.ts'
import type { NdArray } from './nd-array.ts'
import { npyInvalid } from './npy-invalid.ts'
import { toRowMajor } from './row-major.ts'

/**
 * Reads a whole `.npy` file: versions 1.0 to 3.0, either byte order, either memory order. Elements come back in
 * row-major order in the typed array of their width, bit for bit; float16 in a `Float16Array`, booleans in a
 * `Uint8Array` of 0 and 1 (any other byte counts as true, as in NumPy).
 *
 * The data are a view of `bytes` when they can be: right byte and memory order, an aligned start, and `bytes` more
 * than half of its buffer, so that neither Node's pool nor a large buffer stays alive for a small array. Otherwise they
 * are a copy. `bytes` itself is never written to.
 *
 * @throws CAIRN_NPY_INVALID when the bytes are not exactly one well-formed file
 * @throws CAIRN_NPY_DTYPE when the elements are strings, objects, complex, structured or otherwise not supported
 */
export function decodeNpy(bytes: Uint8Array): NdArray {
  const header = parseHeader(bytes)
  const { dtype, shape } = header
  const count = checkedCount(bytes.byteLength, header)
  let data = new Uint8Array(bytes.buffer, bytes.byteOffset + header.dataOffset, count * dtype.itemBytes)
  const isSwapped = dtype.itemBytes > 1 && header.isBigEndian === IS_LITTLE_ENDIAN_HOST
  const isShareable = data.byteOffset % dtype.itemBytes === 0 && bytes.byteLength * 2 > bytes.buffer.byteLength
  if (isSwapped || !isShareable) data = data.slice()
  if (isSwapped) swapByteOrder(data, dtype.itemBytes)
  if (header.isFortranOrder && count > 0) data = toRowMajor(data, shape, dtype.itemBytes)
  if (dtype === BOOL_DTYPE && firstNonBoolean(data) >= 0) data = data.map((byte) => (byte === 0 ? 0 : 1))
  return { shape, data: dtype.view(data.buffer, data.byteOffset, count) }
}

/** How many bytes from the start of a file are enough for `inspectNpy`. */
export const NPY_HEAD_BYTES: number = 12 + MAX_HEADER_BYTES

/**
 * What a `.npy` file holds, told from its start and its size in bytes: the shape, and an empty array of its elements.
 *
 * @throws CAIRN_NPY_INVALID, CAIRN_NPY_DTYPE, as `decodeNpy` would
 */
export function inspectNpy(head: Uint8Array, fileBytes: number): NdArray {
  const header = parseHeader(head)
  checkedCount(fileBytes, header)
  return { shape: header.shape, data: header.dtype.view(new ArrayBuffer(0), 0, 0) }
}

/** The number of elements, when they take exactly the bytes after the header. */
function checkedCount(fileBytes: number, header: NpyHeader): number {
  const count = elementCount(header.shape)
  if (count === undefined) throw npyInvalid('its shape has more elements than can exist')
  const available = fileBytes - header.dataOffset
  const needed = count * header.dtype.itemBytes
  if (available < needed) {
    throw npyInvalid(`its shape takes ${needed} bytes of data, there are ${available}`, fileBytes)
  }
  if (available > needed) {
    throw npyInvalid(`${available - needed} bytes follow the data`, header.dataOffset + needed)
  }
  return count
}
