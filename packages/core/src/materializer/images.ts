import type { Preview } from '../artifact/artifact-ref.ts'
import { imageProblem, type Image } from '../image/image.ts'
import { jpegHeader } from '../image/jpeg-header.ts'
import { decodePng, encodePng, pngHeader } from '../image/png.ts'
import { thumbnail } from '../image/thumbnail.ts'
import { firstBytes } from './first-bytes.ts'
import { materializer, type Materializer } from './materializer.ts'

const PNG_HEADER_BYTES = 64
const MOST_PREVIEW_BYTES = 64 * 1024

/** A picture as pixels, stored as PNG without loss. */
export const image: Materializer<Image> = materializer<Image>({
  name: 'image',
  version: 1,
  write: async (value, files) => {
    const problem = imageProblem(value)
    if (problem !== undefined) throw new TypeError(problem)
    await files.write('image.png', await encodePng(value))
  },
  read: async (files) => decodePng(await files.bytes()),
  check: async (files) => void pngHeader(await firstBytes(files, PNG_HEADER_BYTES)),
  metadata: ({ width, height, channels, data }) => ({
    width,
    height,
    channels,
    bits: data instanceof Uint16Array ? 16 : 8,
  }),
  preview: async (value) => {
    const png = await encodePng(thumbnail(value))
    return { kind: 'image', mediaType: 'image/png', base64: Buffer.from(png).toString('base64') }
  },
})

/** The bytes of a JPEG file. They are stored as they are; what they hold is checked as far as its header. */
export const jpeg: Materializer<Uint8Array> = materializer<Uint8Array>({
  name: 'jpeg',
  version: 1,
  write: (value, files) => {
    if (!(value instanceof Uint8Array)) throw new TypeError('it is not a Uint8Array')
    jpegHeader(value)
    return files.write('image.jpg', value)
  },
  read: async (files) => {
    const value = await files.bytes()
    jpegHeader(value)
    return value
  },
  metadata: (value) => ({ ...jpegHeader(value) }),
  preview: smallJpeg,
})

/** The picture itself where it is small; it would have to be decoded to be made smaller. */
function smallJpeg(value: Uint8Array): Preview {
  const { width, height } = jpegHeader(value)
  if (value.length > MOST_PREVIEW_BYTES) return { kind: 'text', text: `JPEG, ${width} x ${height} pixels` }
  return { kind: 'image', mediaType: 'image/jpeg', base64: Buffer.from(value).toString('base64') }
}
