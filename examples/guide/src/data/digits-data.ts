import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

import type { Matrix } from 'cairnml'

/** Path of the data. */
export const DIGITS_FILE = fileURLToPath(new URL('../../data/digits.csv.gz', import.meta.url))

const PIXELS = 64
const TRAIN_ROWS = 1437

/** Images, one per row, as 64 values from 0 to 16, and the digits they show. */
export interface Digits {
  readonly x: Matrix
  readonly y: Float64Array
}

/** Reads the 1,797 digits in the order of the file. */
export async function readDigits(): Promise<Digits> {
  const packed = await readFile(DIGITS_FILE)
  const text = (await promisify(gunzip)(packed)).toString('latin1')
  const lines = text.trimEnd().split('\n')
  const data = new Float64Array(lines.length * PIXELS)
  const y = new Float64Array(lines.length)
  for (const [row, line] of lines.entries()) {
    const values = line.split(',').map(Number)
    data.set(values.slice(0, PIXELS), row * PIXELS)
    y.set(values.slice(PIXELS), row)
  }
  return { x: { shape: [lines.length, PIXELS], data }, y }
}

/** The first 1,437 rows (four fifths) for training and the other 360 for the test. Nothing is shuffled. */
export function splitDigits(digits: Digits): { readonly train: Digits; readonly test: Digits } {
  return { train: rowsOf(digits, 0, TRAIN_ROWS), test: rowsOf(digits, TRAIN_ROWS, digits.y.length) }
}

function rowsOf({ x, y }: Digits, start: number, end: number): Digits {
  const data = x.data.slice(start * PIXELS, end * PIXELS)
  return { x: { shape: [end - start, PIXELS], data }, y: y.slice(start, end) }
}
