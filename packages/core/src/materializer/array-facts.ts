import type { Preview } from '../artifact/artifact-ref.ts'
import type { Json } from '../encoding/tagged-json.ts'
import type { NdArray, TypedArray } from '../npy/nd-array.ts'
import type { Metadata } from './materializer.ts'

const MOST_ROWS = 5
const MOST_COLUMNS = 8
const DIGITS = 6

/** Shape, dtype, and the least, greatest and mean element; NaN is left out of these and counted. */
export function arrayFacts(array: NdArray): Metadata {
  return { shape: array.shape, dtype: dtypeOf(array.data), ...rangeOf(array.data) }
}

/** The kind of the elements as NumPy calls it: `float64`. */
export function dtypeOf(data: TypedArray): string {
  return data.constructor.name.replace('Array', '').replace('Big', '').toLowerCase()
}

/** The first rows and columns. */
export function arrayPreview({ shape, data }: NdArray): Preview | undefined {
  const columns = shape.length < 2 ? 1 : (shape.at(-1) ?? 1)
  if (data.length === 0) return undefined
  if (shape.length < 2)
    return { kind: 'text', text: line(data, 0, { length: data.length, most: MOST_ROWS * MOST_COLUMNS }) }
  const rows = data.length / columns
  const lines = Array.from({ length: Math.min(rows, MOST_ROWS) }, (_, row) =>
    line(data, row * columns, { length: columns, most: MOST_COLUMNS }),
  )
  return { kind: 'text', text: [...lines, ...(rows > MOST_ROWS ? [`… ${rows - MOST_ROWS} more rows`] : [])].join('\n') }
}

function line(data: TypedArray, from: number, of: { readonly length: number; readonly most: number }): string {
  const shown = Array.from({ length: Math.min(of.length, of.most) }, (_, index) => numberText(data[from + index]))
  return [...shown, ...(of.length > of.most ? ['…'] : [])].join(' ')
}

function numberText(value: number | bigint | undefined): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(DIGITS))) : String(value)
}

function rangeOf(data: TypedArray): Metadata {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return bigRange(data)
  let [min, max, sum, nan] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
  for (let index = 0; index < data.length; index++) {
    const value = data[index] ?? 0
    if (value < min) min = value
    if (value > max) max = value
    if (value === value) sum += value
    else nan++
  }
  const count = data.length - nan
  const range = count === 0 ? {} : { min: factOf(min), max: factOf(max), mean: factOf(sum / count) }
  return { ...range, ...(nan === 0 ? {} : { nan }) }
}

function bigRange(data: BigInt64Array | BigUint64Array): Metadata {
  const [first] = data
  if (first === undefined) return {}
  let [min, max, sum] = [first, first, 0n]
  for (const value of data) {
    if (value < min) min = value
    if (value > max) max = value
    sum += value
  }
  return { min: factOf(min), max: factOf(max), mean: Number(sum) / data.length }
}

/** JSON has no infinite numbers, and none beyond 2^53 that are exact. */
function factOf(value: number | bigint): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  const asNumber = Number(value)
  return Number.isSafeInteger(asNumber) ? asNumber : String(value)
}
