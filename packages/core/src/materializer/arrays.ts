import { decodeNpy, inspectNpy, NPY_HEAD_BYTES } from '../npy/decode-npy.ts'
import { encodeNpy } from '../npy/encode-npy.ts'
import type { NdArray, TypedArray } from '../npy/nd-array.ts'
import { arrayFacts, arrayPreview, dtypeOf } from './array-facts.ts'
import { firstBytes } from './first-bytes.ts'
import { materializer, type FileReader, type FileWriter, type Materializer } from './materializer.ts'

/** A table of numbers, row by row: `data[row * shape[1] + column]`. */
export interface Matrix {
  readonly shape: readonly [rows: number, columns: number]
  readonly data: Float64Array
}

const FILE = 'array.npy'

const write = (array: NdArray, files: FileWriter): Promise<void> => files.write(FILE, encodeNpy(array))
const read = async (files: FileReader): Promise<NdArray> => decodeNpy(await files.bytes())
const inspect = async (files: FileReader): Promise<NdArray> =>
  inspectNpy(await firstBytes(files, NPY_HEAD_BYTES), files.files[0]?.size ?? 0)

/** A matrix of 64-bit floats, stored as `.npy`. */
export const matrix: Materializer<Matrix> = materializer<Matrix>({
  name: 'matrix',
  version: 1,
  write: (value, files) => {
    if (value?.shape?.length !== 2) throw new TypeError('its shape does not have two numbers')
    if (!(value.data instanceof Float64Array)) throw new TypeError('its data is not a Float64Array')
    return write(value, files)
  },
  read: async (files) => asMatrix(await read(files)),
  check: async (files) => void asMatrix(await inspect(files)),
  metadata: arrayFacts,
  preview: arrayPreview,
})

function asMatrix({ shape, data }: NdArray): Matrix {
  const [rows, columns] = shape
  if (rows === undefined || columns === undefined || shape.length !== 2 || !(data instanceof Float64Array)) {
    throw new TypeError(`the file holds ${dtypeOf(data)} of shape (${shape.join(', ')}), not a float64 matrix`)
  }
  return { shape: [rows, columns], data }
}

/** An array of any shape and number type, stored as `.npy`. */
export const ndArray: Materializer<NdArray> = materializer<NdArray>({
  name: 'ndarray',
  version: 1,
  write,
  read,
  check: async (files) => void (await inspect(files)),
  metadata: arrayFacts,
  preview: arrayPreview,
})

type TypedArrayConstructor<D extends TypedArray> = new (data: never) => D

/**
 * A typed array of one kind, stored as one-dimensional `.npy`.
 *
 * @example
 * outputs: { labels: typedArray(Int32Array) }
 */
export function typedArray<D extends TypedArray>(constructor: TypedArrayConstructor<D>): Materializer<D> {
  return materializer<D>({
    name: constructor.name.replace('Array', '-array').toLowerCase(),
    version: 1,
    write: (value, files) => {
      if (!(value instanceof constructor)) throw new TypeError(`it is not a ${constructor.name}`)
      return write({ shape: [value.length], data: value }, files)
    },
    read: async (files) => asKind(await read(files), constructor),
    check: async (files) => void asKind(await inspect(files), constructor),
    metadata: (data) => arrayFacts({ shape: [data.length], data }),
    preview: (data) => arrayPreview({ shape: [data.length], data }),
  })
}

function asKind<D extends TypedArray>({ shape, data }: NdArray, constructor: TypedArrayConstructor<D>): D {
  if (shape.length === 1 && data instanceof constructor) return data
  throw new TypeError(`the file holds ${dtypeOf(data)} of shape (${shape.join(', ')}), not a ${constructor.name}`)
}

/** 64-bit floats in a row, stored as `.npy`. */
export const vector: Materializer<Float64Array> = typedArray<Float64Array>(Float64Array)
