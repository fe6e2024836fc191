import type { Image } from './image.ts'

/** Pixels of the longer side; the PNG of it stays within the bounds of a preview whatever it shows. */
const SIDE = 128

/** A small picture with 8 bits per channel: each pixel is the mean of those that it stands for. */
export function thumbnail(image: Image): Image {
  const scale = Math.max(1, Math.max(image.width, image.height) / SIDE)
  const width = Math.max(1, Math.floor(image.width / scale))
  const height = Math.max(1, Math.floor(image.height / scale))
  const { channels } = image
  const data = new Uint8Array(width * height * channels)
  const divisor = image.data instanceof Uint16Array ? 257 : 1
  for (let row = 0; row < height; row++) {
    const rows = range(row, height, image.height)
    for (let column = 0; column < width; column++) {
      const columns = range(column, width, image.width)
      for (let channel = 0; channel < channels; channel++) {
        data[(row * width + column) * channels + channel] = Math.round(
          mean(image, { rows, columns, channel }) / divisor,
        )
      }
    }
  }
  return { width, height, channels, data }
}

type Range = readonly [from: number, to: number]

function range(index: number, count: number, length: number): Range {
  const from = Math.floor((index * length) / count)
  return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / count))]
}

function mean(
  { width, channels, data }: Image,
  of: { readonly rows: Range; readonly columns: Range; readonly channel: number },
): number {
  const [rows, columns] = [of.rows, of.columns]
  let sum = 0
  for (let row = rows[0]; row < rows[1]; row++) {
    for (let column = columns[0]; column < columns[1]; column++) {
      sum += data[(row * width + column) * channels + of.channel] ?? 0
    }
  }
  return sum / ((rows[1] - rows[0]) * (columns[1] - columns[0]))
}
