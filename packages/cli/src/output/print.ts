import { once } from 'node:events'

import { tellLostOutput } from '@cairnml/core'

import { leave } from './early-end.ts'
import { standardOutput } from './standard-output.ts'

let isWatched = false

/** Writes to standard output. Where its reader has gone (`cairn run list | head`), the command ends quietly. */
export function print(text: string): void {
  watchPipe()
  standardOutput().write(text)
}

/** Streams bytes to standard output, no faster than they are taken. */
export async function printBytes(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  watchPipe()
  for await (const chunk of chunks) {
    if (!standardOutput().write(chunk)) await once(standardOutput(), 'drain')
  }
}

/** Prints a document for programs: one line of JSON with the name and version of its format. */
export function printJson(format: string, content: object): void {
  print(`${JSON.stringify({ format, ...content })}\n`)
}

function watchPipe(): void {
  if (isWatched) return
  isWatched = true
  standardOutput().on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') leave(0)
    tellLostOutput(error)
    process.exit(2)
  })
}
