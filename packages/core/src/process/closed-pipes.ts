import { writeSync } from 'node:fs'

import { tellLostOutput } from './lost-output.ts'

/** On a process in which it was done, by whichever copy of this package. */
const DONE = Symbol.for('cairnml/closed-pipes')

/**
 * Makes what is printed into a closed pipe (`... | head -1`) vanish, where Node would end the program with a stack, and
 * says in one line that standard output cannot be written for another reason, such as a full disk, unless the program
 * listens itself. The streams are not touched before somebody uses them: to make them takes longer than a cached step.
 * Calling it again changes nothing.
 */
export function outliveClosedPipes(): void {
  if (DONE in process) return
  Object.defineProperty(process, DONE, { value: true })
  for (const name of ['stdout', 'stderr'] as const) {
    const property = Object.getOwnPropertyDescriptor(process, name)
    if (property?.configurable !== true || !('get' in property)) continue
    Object.defineProperty(process, name, {
      ...property,
      get(): NodeJS.WriteStream {
        Object.defineProperty(process, name, property)
        const stream = process[name]
        writeWhole(stream)
        stream.on('error', (error: NodeJS.ErrnoException) => {
          // A program that listens itself knows what to do.
          const isOwn = name === 'stdout' && stream.listenerCount('error') === 1
          if (error.code !== 'EPIPE' && isOwn) tellLostOutput(error)
        })
        return stream
      },
    })
  }
}

/** What Node's stream for files is told by. */
const OF_FILE = 'fs'

/** Of what is written to a file on a disk that gets full, Node's stream drops the rest and says nothing. */
function writeWhole(stream: NodeJS.WriteStream & { readonly fd: number }): void {
  if (Reflect.get(stream, '_type') !== OF_FILE) return
  stream._write = (chunk: string | Uint8Array, encoding, done): void => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
    try {
      for (let offset = 0; offset < bytes.length;) offset += writeSync(stream.fd, bytes, offset)
    } catch (error) {
      // Sound: node:fs throws nothing else.
      return done(error as Error)
    }
    done()
  }
}
