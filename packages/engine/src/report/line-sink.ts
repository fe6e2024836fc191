import { writeSync } from 'node:fs'

import { tellLostOutput } from '@cairnml/core'

const MAX_BUFFERED = 64 * 1024

/** Where the lines of a run go. */
export interface LineSink {
  line(text: string): void
  /** Makes what was written visible, before the process is busy for long. */
  flush(): void
}

/** Calls a function per line. */
export function functionSink(write: (line: string) => void): LineSink {
  return { line: write, flush: () => undefined }
}

/** Lines go nowhere. */
export const SILENT_SINK: LineSink = { line: () => undefined, flush: () => undefined }

/**
 * Writes lines to standard output or standard error in groups: a system call for each would cost more than a cached
 * step. Whatever is left is written when the process exits.
 */
export class StreamSink implements LineSink {
  readonly #fd: 1 | 2
  #text = ''
  #scheduled = false

  constructor(fd: 1 | 2) {
    this.#fd = fd
    process.once('exit', () => this.flush())
  }

  line(text: string): void {
    this.#text += `${text}\n`
    if (this.#text.length > MAX_BUFFERED) this.flush()
    else if (!this.#scheduled) {
      this.#scheduled = true
      setImmediate(() => this.flush())
    }
  }

  flush(): void {
    this.#scheduled = false
    const text = this.#text
    this.#text = ''
    if (text !== '') writeFully(this.#fd, Buffer.from(text))
  }
}

/** Writes all bytes now; a full pipe is waited for, a closed one swallows the rest, a full disk is told of. */
function writeFully(fd: 1 | 2, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length;) {
    try {
      offset += writeSync(fd, bytes, offset)
    } catch (error) {
      // Sound: node:fs throws nothing else.
      const fault = error as NodeJS.ErrnoException
      if (fault.code !== 'EAGAIN') {
        if (fault.code !== 'EPIPE' && fd === 1) tellLostOutput(fault)
        return
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}
