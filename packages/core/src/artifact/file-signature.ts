import { stat } from 'node:fs/promises'

/** What changes when the content of a file is written: its time, size and place on the disk. */
export async function fileSignature(file: string): Promise<string> {
  const { mtimeNs, size, ino } = await stat(file, { bigint: true })
  return `${mtimeNs} ${size} ${ino}`
}
