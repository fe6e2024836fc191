import type { TypedArray } from './nd-array.ts'

/** One element type of the `.npy` format. */
export interface NpyDtype {
  /** Kind and width as in NumPy's type strings, without byte order: `f8`. */
  readonly code: string
  /** The type string that `numpy.save` writes on a little-endian machine: `<f8`. */
  readonly descr: string
  readonly itemBytes: 1 | 2 | 4 | 8
  /** A view of `length` elements; `byteOffset` is a multiple of `itemBytes`. */
  readonly view: (buffer: ArrayBufferLike, byteOffset: number, length: number) => TypedArray
}

/** NumPy's booleans: one byte each, 0 or 1, held in a `Uint8Array`. */
export const BOOL_DTYPE: NpyDtype = {
  code: 'b1',
  descr: '|b1',
  itemBytes: 1,
  view: (buffer, offset, length) => new Uint8Array(buffer, offset, length),
}

/** The dtype of each typed array, by the name of the typed array. */
export const DTYPE_BY_ARRAY: Readonly<Record<TypedArray[typeof Symbol.toStringTag], NpyDtype>> = {
  Int8Array: {
    code: 'i1',
    descr: '|i1',
    itemBytes: 1,
    view: (buffer, offset, length) => new Int8Array(buffer, offset, length),
  },
  Uint8Array: {
    code: 'u1',
    descr: '|u1',
    itemBytes: 1,
    view: (buffer, offset, length) => new Uint8Array(buffer, offset, length),
  },
  Int16Array: {
    code: 'i2',
    descr: '<i2',
    itemBytes: 2,
    view: (buffer, offset, length) => new Int16Array(buffer, offset, length),
  },
  Uint16Array: {
    code: 'u2',
    descr: '<u2',
    itemBytes: 2,
    view: (buffer, offset, length) => new Uint16Array(buffer, offset, length),
  },
  Int32Array: {
    code: 'i4',
    descr: '<i4',
    itemBytes: 4,
    view: (buffer, offset, length) => new Int32Array(buffer, offset, length),
  },
  Uint32Array: {
    code: 'u4',
    descr: '<u4',
    itemBytes: 4,
    view: (buffer, offset, length) => new Uint32Array(buffer, offset, length),
  },
  BigInt64Array: {
    code: 'i8',
    descr: '<i8',
    itemBytes: 8,
    view: (buffer, offset, length) => new BigInt64Array(buffer, offset, length),
  },
  BigUint64Array: {
    code: 'u8',
    descr: '<u8',
    itemBytes: 8,
    view: (buffer, offset, length) => new BigUint64Array(buffer, offset, length),
  },
  Float16Array: {
    code: 'f2',
    descr: '<f2',
    itemBytes: 2,
    view: (buffer, offset, length) => new Float16Array(buffer, offset, length),
  },
  Float32Array: {
    code: 'f4',
    descr: '<f4',
    itemBytes: 4,
    view: (buffer, offset, length) => new Float32Array(buffer, offset, length),
  },
  Float64Array: {
    code: 'f8',
    descr: '<f8',
    itemBytes: 8,
    view: (buffer, offset, length) => new Float64Array(buffer, offset, length),
  },
}

/** Every supported dtype by its code. */
export const DTYPE_BY_CODE: ReadonlyMap<string, NpyDtype> = new Map(
  [BOOL_DTYPE, ...Object.values(DTYPE_BY_ARRAY)].map((dtype) => [dtype.code, dtype]),
)
