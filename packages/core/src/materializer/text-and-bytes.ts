import { materializer, type Materializer } from './materializer.ts'

const SHOWN_CHARACTERS = 2000
const SHOWN_BYTES = 128
const BYTES_PER_ROW = 16

/** A string, stored as UTF-8 text. */
export const text: Materializer<string> = materializer<string>({
  name: 'text',
  version: 1,
  write: (value, files) => {
    if (typeof value !== 'string') throw new TypeError(`it is ${typeof value}, not a string`)
    if (!value.isWellFormed()) throw new TypeError('it holds a lone surrogate, which UTF-8 cannot hold')
    return files.write('value.txt', value)
  },
  read: (files) => files.text(),
  metadata: (value) => ({ characters: value.length, lines: lineCount(value) }),
  preview: (value) => ({ kind: 'text', text: firstOf(value) }),
})

/** Raw bytes. */
export const bytes: Materializer<Uint8Array> = materializer<Uint8Array>({
  name: 'bytes',
  version: 1,
  write: (value, files) => {
    if (!(value instanceof Uint8Array)) throw new TypeError('it is not a Uint8Array')
    return files.write('value.bin', value)
  },
  read: (files) => files.bytes(),
  check: () => undefined,
  metadata: (value) => ({ bytes: value.length }),
  preview: (value) => ({ kind: 'text', text: hexDump(value.subarray(0, SHOWN_BYTES)) }),
})

/** Lines as an editor counts them: a line break at the end begins no further one. */
function lineCount(value: string): number {
  let lines = value === '' || value.endsWith('\n') ? 0 : 1
  for (let at = value.indexOf('\n'); at !== -1; at = value.indexOf('\n', at + 1)) lines++
  return lines
}

function firstOf(value: string): string {
  return value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS).toWellFormed()}…` : value
}

function hexDump(shown: Uint8Array): string {
  const rows = Array.from({ length: Math.ceil(shown.length / BYTES_PER_ROW) }, (_, row) => {
    const part = shown.subarray(row * BYTES_PER_ROW, (row + 1) * BYTES_PER_ROW)
    const hex = Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const signs = Array.from(part, (byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
    return `${hex.padEnd(BYTES_PER_ROW * 3)} ${signs}`
  })
  return rows.join('\n')
}
