import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

import type { Matrix } from 'cairnml'

const HEADER = { images: 16, labels: 8 } as const
const MAGIC = { images: 2051, labels: 2049 } as const

/** Reads images of an IDX file that is packed by gzip: one per row, pixels from 0 to 255. */
export async function readImages(file: URL): Promise<Matrix> {
  const { count, values, bytes } = await readIdx(file, 'images')
  const width = bytes.readUInt32BE(8) * bytes.readUInt32BE(12)
  if (values.length !== count * width)
    throw new Error(`${file.pathname} does not hold the ${count} images it promises.`)
  return { shape: [count, width], data: Float64Array.from(values) }
}

/** Reads labels of an IDX file that is packed by gzip. */
export async function readLabels(file: URL): Promise<Float64Array> {
  const { count, values } = await readIdx(file, 'labels')
  if (values.length !== count) throw new Error(`${file.pathname} does not hold the ${count} labels it promises.`)
  return Float64Array.from(values)
}

async function readIdx(
  file: URL,
  kind: keyof typeof MAGIC,
): Promise<{ readonly count: number; readonly values: Uint8Array; readonly bytes: Buffer }> {
  const bytes = await promisify(gunzip)(await readFile(file))
  if (bytes.readUInt32BE(0) !== MAGIC[kind]) throw new Error(`${file.pathname} is not an IDX file of ${kind}.`)
  return { count: bytes.readUInt32BE(4), values: bytes.subarray(HEADER[kind]), bytes }
}
