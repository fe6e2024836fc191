import type { DecodedPng } from 'fast-png'

import { cairnError } from '../errors/cairn-error.ts'
import type { Image } from './image.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const HEADER_BYTES = 29
/** A small file may claim to be a huge picture. */
const MOST_BYTES = 2 ** 31
const CHANNELS = [1, undefined, 3, 1, 2, undefined, 4] as const

/** Size and kind of a picture, from the first bytes of its file. */
export interface PngHeader {
  readonly width: number
  readonly height: number
  readonly channels: number
  /** Bits per channel. */
  readonly depth: number
}

/** The bytes of a PNG file, the same for equal images on every machine. */
export async function encodePng(image: Image): Promise<Uint8Array> {
  const { encode } = await import('fast-png')
  const { width, height, channels, data } = image
  return encode({ width, height, channels, depth: data instanceof Uint16Array ? 16 : 8, data }, { zlib: { level: 6 } })
}

/**
 * The picture in a PNG file. Colours of a palette become RGB, or RGB and alpha.
 *
 * @throws CAIRN_IMAGE_INVALID
 */
export async function decodePng(bytes: Uint8Array): Promise<Image> {
  const header = pngHeader(bytes)
  const { convertIndexedToRgb, decode } = await import('fast-png')
  try {
    const decoded = decode(bytes, { checkCrc: true })
    const { width, height } = decoded
    if (decoded.palette !== undefined) {
      const data = convertIndexedToRgb(decoded)
      return { width, height, channels: decoded.palette[0]?.length === 4 ? 4 : 3, data: plainBytes(data) }
    }
    if (header.depth < 8) throw new RangeError(`${header.depth} bits per channel are not supported, only 8 and 16`)
    return whole({ width, height, channels: channelsOf(decoded), data: pixelsOf(decoded) })
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), error)
  }
}

/**
 * Looks at the start of a PNG file.
 *
 * @throws CAIRN_IMAGE_INVALID
 */
export function pngHeader(bytes: Uint8Array): PngHeader {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEADER_BYTES))
  if (!view.subarray(0, 8).equals(SIGNATURE)) throw invalid('it does not start as a PNG file does')
  if (view.length < HEADER_BYTES || view.toString('latin1', 12, 16) !== 'IHDR') throw invalid('it has no header')
  const [width, height, depth] = [view.readUInt32BE(16), view.readUInt32BE(20), view.readUInt8(24)]
  const channels = CHANNELS[view.readUInt8(25)]
  if (channels === undefined || ![1, 2, 4, 8, 16].includes(depth)) throw invalid('its kind of pixels is not known')
  if (width === 0 || height === 0) throw invalid('it has no pixels')
  // A palette makes up to four bytes of each pixel.
  if (width * height * Math.max(channels, 4) * Math.ceil(depth / 8) > MOST_BYTES) {
    throw invalid(`${width} x ${height} pixels are more than can be held`)
  }
  return { width, height, channels, depth }
}

function channelsOf({ channels }: DecodedPng): Image['channels'] {
  if (channels !== 1 && channels !== 2 && channels !== 3 && channels !== 4)
    throw new RangeError('it has other channels')
  return channels
}

function pixelsOf({ data }: DecodedPng): Image['data'] {
  return data instanceof Uint16Array ? data : plainBytes(data)
}

function plainBytes(data: Uint8Array | Uint8ClampedArray | Uint16Array): Uint8Array {
  return data instanceof Uint8Array ? data : Uint8Array.from(data)
}

function whole(image: Image): Image {
  const wanted = image.width * image.height * image.channels
  if (image.data.length !== wanted) throw new RangeError(`it has ${image.data.length} numbers in place of ${wanted}`)
  return image
}

function invalid(reason: string, cause?: unknown): Error {
  return cairnError('CAIRN_IMAGE_INVALID', { format: 'PNG', reason: reason.replace(/[.\s]+$/, '') }, { cause })
}
