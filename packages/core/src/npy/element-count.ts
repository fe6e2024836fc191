/**
 * How many elements an array of this shape has: the product of its axes, 1 for `[]`.
 *
 * `undefined` when the shape cannot exist: an axis that is not a whole number from 0 to 2^53 - 1, or axes whose
 * product is larger than that. Axes of length 0 do not hide the size of the others.
 */
export function elementCount(shape: readonly number[]): number | undefined {
  let product = 1
  let isEmpty = false
  for (const length of shape) {
    if (!Number.isSafeInteger(length) || length < 0) return undefined
    if (length === 0) isEmpty = true
    else product *= length
    if (product > Number.MAX_SAFE_INTEGER) return undefined
  }
  return isEmpty ? 0 : product
}
