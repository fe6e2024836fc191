import { open } from 'node:fs/promises'

import { bodyBlocks, type ObjectBody } from '@cairnml/core'

const BLOCK_BYTES = 1_048_576

/** Writes a body to a new file. The reason of an aborted signal arrives as it is. */
export async function writeBody(file: string, body: ObjectBody, signal: AbortSignal | undefined): Promise<void> {
  await using handle = await open(file, 'wx')
  for await (const block of bodyBlocks(body, { blockBytes: BLOCK_BYTES, signal })) await handle.writeFile(block)
}
