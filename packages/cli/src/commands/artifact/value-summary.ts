import { toTaggedJson, type Json, type Matrix, type NdArray, type TypedArray } from '@cairnml/core'

const FIRST = 8

/** A loaded value for people: JSON with line breaks, arrays of numbers as a summary, paths and texts as they are. */
export function valueLines(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return `${value.length} bytes; --raw prints them`
  if (isArray(value)) return arrayLines({ shape: [value.length], data: value })
  if (isNdArray(value)) return arrayLines(value)
  if (Array.isArray(value) && value.some((item) => isArray(item) || isNdArray(item) || item instanceof Uint8Array)) {
    return value.map((item, at) => `[${at}] ${valueLines(item)}`).join('\n')
  }
  return JSON.stringify(value, undefined, 2)
}

/** A loaded value as JSON: arrays of numbers as their summary. */
export function valueJson(value: unknown): Json {
  if (value instanceof Uint8Array) return { bytes: value.length }
  if (isArray(value)) return summaryJson({ shape: [value.length], data: value })
  if (isNdArray(value)) return summaryJson(value)
  if (Array.isArray(value)) return value.map(valueJson)
  return toTaggedJson(value)
}

/** An array of numbers in short. */
interface ArraySummary {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly first: readonly (number | string)[]
  readonly range?: { readonly min: number | string; readonly max: number | string; readonly mean: number | string }
}

function summary({ shape, data }: NdArray | Matrix): ArraySummary {
  const facts = { dtype: dtypeOf(data), shape: [...shape], first: Array.from(data.slice(0, FIRST), numberJson) }
  if (data.length === 0) return facts
  let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (const each of data) {
    const number = Number(each)
    least = Math.min(least, number)
    most = Math.max(most, number)
    sum += number
  }
  const range = { min: numberJson(least), max: numberJson(most), mean: numberJson(sum / data.length) }
  return { ...facts, range }
}

function summaryJson(array: NdArray | Matrix): Json {
  const { range, ...facts } = summary(array)
  return { ...facts, ...range }
}

function arrayLines(array: NdArray | Matrix): string {
  const { dtype, shape, range, first } = summary(array)
  const more = array.data.length > FIRST ? ', ...' : ''
  const spread = range === undefined ? '' : `, min ${range.min}, max ${range.max}, mean ${range.mean}`
  return `${dtype} of shape (${shape.join(', ')})${spread}\n[${first.join(', ')}${more}]`
}

/** What JSON cannot hold is its name. */
function numberJson(value: number | bigint): number | string {
  return typeof value === 'number' && Number.isFinite(value) ? value : String(value)
}

function dtypeOf(data: TypedArray): string {
  return data.constructor.name.replace('Array', '').toLowerCase()
}

function isArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}

function isNdArray(value: unknown): value is NdArray {
  return typeof value === 'object' && value !== null && 'shape' in value && 'data' in value && isArray(value.data)
}
