import type { Matrix } from 'cairnml'

/** A row of a matrix, without copying it. */
export function row({ shape: [, width], data }: Matrix, at: number): Float64Array {
  return data.subarray(at * width, (at + 1) * width)
}

/** The place of the highest value. */
export function highest(values: Float64Array): number {
  let best = 0
  for (const [at, value] of values.entries()) if (value > values[best]!) best = at
  return best
}

/** The share of rows whose label `scores` puts first. */
export function accuracy(images: Matrix, labels: Float64Array, scores: (image: Float64Array) => Float64Array): number {
  const right = labels.filter((label, at) => highest(scores(row(images, at))) === label)
  return right.length / labels.length
}
