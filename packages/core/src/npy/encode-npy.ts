import { cairnError, type CairnError } from '../errors/cairn-error.ts'
import { firstNonBoolean } from './boolean-bytes.ts'
import { IS_LITTLE_ENDIAN_HOST, swapByteOrder } from './byte-order.ts'
import { BOOL_DTYPE, DTYPE_BY_ARRAY, type NpyDtype } from './dtypes-data.ts'
import { elementCount } from './element-count.ts'
import { writeHeader } from './header-write.ts'
import type { NdArray, TypedArray } from './nd-array.ts'

/** How to write an array. */
export interface EncodeNpyOptions {
  /** Writes a `Uint8Array` of 0 and 1 as NumPy's booleans. @default the dtype of the typed array */
  readonly dtype?: 'bool' | undefined
}

/**
 * The array as a `.npy` file: little-endian, row-major, byte for byte what `numpy.save` of NumPy 1.24 and later writes.
 * Every bit of the elements is kept, also of NaN and -0. The bytes share no memory with the array.
 *
 * NumPy itself has at most 64 axes, before 2.0 at most 32.
 *
 * @throws CAIRN_NPY_DTYPE for another kind of typed array, such as `Uint8ClampedArray`
 * @throws CAIRN_VALUE_UNSTORABLE when shape and data disagree, or `dtype: 'bool'` meets anything but 0 and 1
 */
export function encodeNpy(array: NdArray, options: EncodeNpyOptions = {}): Uint8Array<ArrayBuffer> {
  const { shape, data } = array
  const dtype = options.dtype === 'bool' ? boolDtype(data) : arrayDtype(data)
  const count = elementCount(shape)
  if (count === undefined) throw unstorable('an axis of its shape, or their product, is not a whole number below 2^53')
  if (count !== data.length) throw unstorable(`its shape takes ${count} elements, its data have ${data.length}`)
  const header = writeHeader(dtype.descr, shape)
  if (header === undefined) throw unstorable(`${shape.length} axes are too many`)
  const bytes = new Uint8Array(header.byteLength + data.byteLength)
  bytes.set(header)
  bytes.set(bytesOf(data), header.byteLength)
  if (!IS_LITTLE_ENDIAN_HOST) swapByteOrder(bytes.subarray(header.byteLength), dtype.itemBytes)
  return bytes
}

function arrayDtype(data: TypedArray): NpyDtype {
  const name = data[Symbol.toStringTag]
  if (Object.hasOwn(DTYPE_BY_ARRAY, name)) return DTYPE_BY_ARRAY[name]
  throw cairnError('CAIRN_NPY_DTYPE', { dtype: String(name) })
}

function boolDtype(data: TypedArray): NpyDtype {
  if (data[Symbol.toStringTag] !== 'Uint8Array') {
    throw unstorable(`dtype "bool" needs a Uint8Array, not ${data[Symbol.toStringTag]}`)
  }
  const index = firstNonBoolean(bytesOf(data))
  if (index >= 0) throw unstorable(`element ${index} is ${data[index]}, dtype "bool" has only 0 and 1`)
  return BOOL_DTYPE
}

function bytesOf(data: TypedArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

function unstorable(reason: string): CairnError {
  return cairnError('CAIRN_VALUE_UNSTORABLE', { where: 'The array', type: '.npy', reason })
}
