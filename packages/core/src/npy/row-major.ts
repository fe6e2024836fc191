/** A block of the first and the last axis, all other axes fixed. Sizes, offsets and strides count elements. */
interface Plane {
  readonly rows: number
  readonly columns: number
  readonly sourceStart: number
  readonly targetStart: number
  /** Distance of two columns in the source; its rows are neighbours. */
  readonly columnStride: number
  /** Distance of two rows in the target; its columns are neighbours. */
  readonly rowStride: number
}

type Words = Uint8Array | Uint16Array | Uint32Array

// A tile of both sides fits the first-level cache at every element width.
const TILE = 32

/**
 * The elements of a column-major array in row-major order. Bits are moved as they are, in linear time.
 * Gives back `source` itself when both orders are the same: fewer than two axes longer than 1.
 *
 * @param source starts at a multiple of the element width in its buffer, holds as many elements as the shape says, >= 1
 */
export function toRowMajor(source: Uint8Array, shape: readonly number[], itemBytes: 1 | 2 | 4 | 8): Uint8Array {
  const axes = shape.filter((length) => length > 1)
  if (axes.length < 2) return source
  const target = new Uint8Array(source.byteLength)
  const from = asWords(source, itemBytes)
  const to = asWords(target, itemBytes)
  // Pairs of words, since a float that passes through a Float64Array may lose the payload of its NaN.
  const copy = itemBytes === 8 ? copyPlaneOfPairs : copyPlane
  for (const plane of planes(axes)) copy(from, to, plane)
  return target
}

function asWords(bytes: Uint8Array, itemBytes: 1 | 2 | 4 | 8): Words {
  if (itemBytes === 1) return bytes
  if (itemBytes === 2) return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2)
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
}

function* planes(axes: readonly number[]): Generator<Plane> {
  const count = axes.reduce((product, length) => product * length, 1)
  const rows = axes[0] ?? 1
  const columns = axes.at(-1) ?? 1
  const columnStride = count / columns
  const rowStride = count / rows
  const middle = middleAxes(axes, { count, rows })
  let sourceStart = 0
  let targetStart = 0
  for (let left = count / (rows * columns); left > 0; left--) {
    yield { rows, columns, sourceStart, targetStart, columnStride, rowStride }
    for (const axis of middle) {
      sourceStart += axis.sourceStride
      targetStart += axis.targetStride
      if (++axis.index < axis.length) break
      axis.index = 0
      sourceStart -= axis.length * axis.sourceStride
      targetStart -= axis.length * axis.targetStride
    }
  }
}

interface MiddleAxis {
  index: number
  readonly length: number
  readonly sourceStride: number
  readonly targetStride: number
}

function middleAxes(axes: readonly number[], size: { readonly count: number; readonly rows: number }): MiddleAxis[] {
  let sourceStride = size.rows
  let targetStride = size.count / size.rows
  return axes.slice(1, -1).map((length) => {
    targetStride /= length
    const axis = { index: 0, length, sourceStride, targetStride }
    sourceStride *= length
    return axis
  })
}

function copyPlane(from: Words, to: Words, plane: Plane): void {
  const { rows, columns, sourceStart, targetStart, columnStride, rowStride } = plane
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(top + TILE, rows)
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(left + TILE, columns)
      for (let row = top; row < bottom; row++) {
        let source = sourceStart + row + left * columnStride
        let target = targetStart + row * rowStride + left
        for (let column = left; column < right; column++, source += columnStride, target++) {
          to[target] = from[source] ?? 0
        }
      }
    }
  }
}

function copyPlaneOfPairs(from: Words, to: Words, plane: Plane): void {
  const { rows, columns, sourceStart, targetStart, columnStride, rowStride } = plane
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(top + TILE, rows)
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(left + TILE, columns)
      for (let row = top; row < bottom; row++) {
        let source = 2 * (sourceStart + row + left * columnStride)
        let target = 2 * (targetStart + row * rowStride + left)
        for (let column = left; column < right; column++, source += 2 * columnStride, target += 2) {
          to[target] = from[source] ?? 0
          to[target + 1] = from[source + 1] ?? 0
        }
      }
    }
  }
}
