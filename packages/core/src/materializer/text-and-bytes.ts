import { materializer, type Materializer } from './materializer.ts'

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
  metadata: (value) => ({ characters: value.length }),
  preview: (value) => ({ kind: 'text', text: value.slice(0, 2000) }),
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
})
