import { cairnError } from '../errors/cairn-error.ts'

/** Size of a picture and number of its channels. */
export interface JpegHeader {
  readonly width: number
  readonly height: number
  /** 1 grey, 3 colour, 4 CMYK. */
  readonly channels: number
}

/** Segments without a length. */
const BARE: ReadonlySet<number> = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7])
/** These lie among the frame headers and are none: Huffman tables, arithmetic coding, and one that is reserved. */
const NO_FRAME: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc])
const START_OF_SCAN = 0xda

/**
 * Looks for the frame header of a JPEG file and for the marker at its end. The picture is not decoded.
 *
 * @throws CAIRN_IMAGE_INVALID
 */
export function jpegHeader(bytes: Uint8Array): JpegHeader {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.length < 4 || view.readUInt16BE(0) !== 0xffd8) throw invalid('it does not start as a JPEG file does')
  // Cameras append data of their own, so the end need not be the last marker.
  if (view.lastIndexOf(Buffer.from([0xff, 0xd9])) < 4) throw invalid('it is cut off')
  for (let at = 2; at + 4 <= view.length;) {
    if (view[at] !== 0xff) throw invalid(`there is no marker at byte ${at}`)
    const marker = view.readUInt8(at + 1)
    if (marker === 0xff) at += 1
    else if (BARE.has(marker)) at += 2
    else if (marker === START_OF_SCAN) throw invalid('its data begin before its size is told')
    else if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker)) return frame(view, at)
    else at += 2 + Math.max(2, view.readUInt16BE(at + 2))
  }
  throw invalid('it does not tell its size')
}

function frame(view: Buffer, at: number): JpegHeader {
  if (at + 10 > view.length) throw invalid('it is cut off')
  const header = {
    height: view.readUInt16BE(at + 5),
    width: view.readUInt16BE(at + 7),
    channels: view.readUInt8(at + 9),
  }
  if (header.width === 0 || header.height === 0 || header.channels === 0) throw invalid('it has no pixels')
  return header
}

function invalid(reason: string): Error {
  return cairnError('CAIRN_IMAGE_INVALID', { format: 'JPEG', reason })
}
