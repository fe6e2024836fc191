import { decodeNpy } from '../npy/decode-npy.ts'
import { encodeNpy } from '../npy/encode-npy.ts'
import type { NdArray, TypedArray } from '../npy/nd-array.ts'
import type { Json } from '../encoding/tagged-json.ts'
import { materializer, type FileReader, type FileWriter, type Materializer } from './materializer.ts'

/** A table of numbers, row by row: `data[row * shape[1] + column]`. */
export interface Matrix {
  readonly shape: readonly [rows: number, columns: number]
  readonly data: Float64Array
}

const FILE = 'array.npy'

const write = (array: NdArray, files: FileWriter): Promise<void> => files.write(FILE, encodeNpy(array))
const read = async (files: FileReader): Promise<NdArray> => decodeNpy(await files.bytes())
const dtype = (data: TypedArray): string => data.constructor.name.replace('Array', '').toLowerCase()
const facts = (array: NdArray): { readonly [name: string]: Json } => ({
  shape: array.shape,
  dtype: dtype(array.data),
})

/** A matrix of 64-bit floats, stored as `.npy`. */
export const matrix: Materializer<Matrix> = materializer<Matrix>({
  name: 'matrix',
  version: 1,
  write: (value, files) => {
    if (value?.shape?.length !== 2) throw new TypeError('its shape does not have two numbers')
    if (!(value.data instanceof Float64Array)) throw new TypeError('its data is not a Float64Array')
    return write(value, files)
  },
  read: async (files) => {
    const { shape, data } = await read(files)
    const [rows, columns] = shape
    if (rows === undefined || columns === undefined || shape.length !== 2 || !(data instanceof Float64Array)) {
      throw new TypeError(`the file holds ${dtype(data)} of shape (${shape.join(', ')}), not a float64 matrix`)
    }
    return { shape: [rows, columns], data }
  },
  metadata: facts,
})

/** An array of any shape and number type, stored as `.npy`. */
export const ndArray: Materializer<NdArray> = materializer<NdArray>({
  name: 'ndarray',
  version: 1,
  write,
  read,
  metadata: facts,
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
    read: async (files) => {
      const { shape, data } = await read(files)
      if (shape.length !== 1 || !(data instanceof constructor)) {
        throw new TypeError(`the file holds ${dtype(data)} of shape (${shape.join(', ')}), not a ${constructor.name}`)
      }
      return data
    },
    metadata: (value) => ({ length: value.length }),
  })
}

/** 64-bit floats in a row, stored as `.npy`. */
export const vector: Materializer<Float64Array> = typedArray<Float64Array>(Float64Array)
