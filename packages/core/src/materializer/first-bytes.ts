import type { FileReader } from './materializer.ts'

/** The first bytes of the only file of a value, as many as are wanted and there. */
export async function firstBytes(files: FileReader, wanted: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of files.stream()) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= wanted) break
  }
  return Buffer.concat(chunks).subarray(0, wanted)
}
