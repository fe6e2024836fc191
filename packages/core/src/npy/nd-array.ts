/// <reference lib="esnext.float16" preserve="true" />

/** The element containers of an array, one for each supported width. `Uint8ClampedArray` is not among them. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float16Array
  | Float32Array
  | Float64Array

/**
 * A dense array of any number of dimensions.
 *
 * @example
 * const matrix: NdArray<Float64Array> = { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) }
 */
export interface NdArray<D extends TypedArray = TypedArray> {
  /** Length of each axis, outermost first; `[]` is a single value without axes. */
  readonly shape: readonly number[]
  /** The elements in row-major (C) order: the last axis varies fastest. As many as the product of `shape`. */
  readonly data: D
}
