import { Buffer } from 'node:buffer'
import { cairnError } from '../errors/cairn-error.ts'
import { DTYPE_BY_CODE, type NpyDtype } from './dtypes-data.ts'
import { MAGIC, MAX_HEADER_BYTES } from './header-layout.ts'
import { npyInvalid } from './npy-invalid.ts'
import { parsePythonLiteral, type PythonLiteral } from './python-literal.ts'

/** What the header of a `.npy` file says. The shape is as written: its axes may still be too large to exist. */
export interface NpyHeader {
  readonly dtype: NpyDtype
  readonly isBigEndian: boolean
  /** Whether the data are in column-major order: the first axis varies fastest. */
  readonly isFortranOrder: boolean
  readonly shape: readonly number[]
  /** Where the data start, in bytes from the start of the file. */
  readonly dataOffset: number
}

const KEYS = ['descr', 'fortran_order', 'shape'] as const
const MAX_SHOWN_DTYPE = 200

/**
 * Reads the header of a `.npy` file of version 1.0, 2.0 or 3.0. The header is parsed, never evaluated.
 *
 * @throws CAIRN_NPY_INVALID when the bytes do not start with a well-formed header of at most 1 MiB
 * @throws CAIRN_NPY_DTYPE when they do, but the elements are neither booleans, integers nor floats of 2 to 8 bytes
 */
export function parseHeader(bytes: Uint8Array): NpyHeader {
  const { start, end, version } = locateHeader(bytes)
  // Latin-1 for every version keeps one character per byte; only field names of unsupported dtypes are not ASCII.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
  const fields = headerFields(parsePythonLiteral(text, start), start)
  const isFortranOrder = parseBoolean(fields.fortran_order, start)
  const shape = parseShape(fields.shape, start)
  return { ...parseDescr(fields.descr, { text, version }), isFortranOrder, shape, dataOffset: end }
}

function locateHeader(bytes: Uint8Array): { readonly start: number; readonly end: number; readonly version: number } {
  for (const [index, byte] of MAGIC.entries()) {
    if (index >= bytes.length) throw npyInvalid('the file ends within its magic string', bytes.length)
    if (bytes[index] !== byte) throw npyInvalid('the file does not start with the magic string', index)
  }
  const [major, minor] = bytes.subarray(6, 8)
  if (major === undefined || minor === undefined) throw npyInvalid('the file ends within its version', bytes.length)
  if (major < 1 || major > 3 || minor !== 0) throw npyInvalid(`format version ${major}.${minor} is unknown`, 6)
  const start = major === 1 ? 10 : 12
  if (bytes.length < start) throw npyInvalid('the file ends within the length of its header', bytes.length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, start)
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > MAX_HEADER_BYTES) throw npyInvalid(`a header of ${length} bytes is too long`, 8)
  if (bytes.length < start + length) throw npyInvalid('the file ends within its header', bytes.length)
  return { start, end: start + length, version: major }
}

function headerFields(literal: PythonLiteral, offset: number): Record<(typeof KEYS)[number], PythonLiteral> {
  if (literal.kind !== 'dict') throw npyInvalid('the header is not a dict', offset + literal.start)
  const fields: Partial<Record<(typeof KEYS)[number], PythonLiteral>> = {}
  for (const [key, value] of literal.entries) {
    const name = KEYS.find((known) => key.kind === 'string' && key.value === known)
    if (name === undefined) throw npyInvalid('the header has an unknown key', offset + key.start)
    if (fields[name] !== undefined) throw npyInvalid(`the header has "${name}" twice`, offset + key.start)
    fields[name] = value
  }
  const { descr, fortran_order, shape } = fields
  if (descr === undefined || fortran_order === undefined || shape === undefined) {
    const missing = KEYS.filter((name) => fields[name] === undefined)
    throw npyInvalid(`the header lacks ${missing.join(', ')}`, offset + literal.start)
  }
  return { descr, fortran_order, shape }
}

function parseBoolean(literal: PythonLiteral, offset: number): boolean {
  if (literal.kind !== 'name' || literal.value === 'None') {
    throw npyInvalid('fortran_order is neither True nor False', offset + literal.start)
  }
  return literal.value === 'True'
}

function parseShape(literal: PythonLiteral, offset: number): readonly number[] {
  if (literal.kind !== 'tuple') throw npyInvalid('shape is not a tuple', offset + literal.start)
  return literal.items.map((item) => {
    if (item.kind !== 'integer') throw npyInvalid('shape holds something else than integers', offset + item.start)
    if (item.value < 0) throw npyInvalid('shape holds a negative number', offset + item.start)
    if (!Number.isSafeInteger(item.value))
      throw npyInvalid('shape holds a number that is too large', offset + item.start)
    return item.value
  })
}

function parseDescr(
  literal: PythonLiteral,
  header: { readonly text: string; readonly version: number },
): { readonly dtype: NpyDtype; readonly isBigEndian: boolean } {
  if (literal.kind === 'string') {
    const dtype = DTYPE_BY_CODE.get(literal.value.slice(1))
    const order = literal.value[0]
    const hasOrder = order === '<' || order === '>' || (order === '|' && dtype?.itemBytes === 1)
    if (dtype !== undefined && hasOrder) return { dtype, isBigEndian: order === '>' }
  }
  const text = literal.kind === 'string' ? literal.value : header.text.slice(literal.start, literal.end)
  const shown = header.version === 3 ? Buffer.from(text, 'latin1').toString('utf8') : text
  throw cairnError('CAIRN_NPY_DTYPE', {
    dtype: shown.length > MAX_SHOWN_DTYPE ? `${shown.slice(0, MAX_SHOWN_DTYPE)}…` : shown,
  })
}
