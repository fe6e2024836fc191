import type { Redactor } from '../redactor.ts'
import { LineBuffer } from './line-buffer.ts'
import type { LogWriter } from './log-writer.ts'

/** The streams of a process that a step prints to. */
export type OutputStream = 'stdout' | 'stderr'

/** One line that a step printed, without its line end, secrets hidden. */
export interface PrintedLine {
  readonly stream: OutputStream
  readonly text: string
}

/** Where the output of a step goes besides its log. */
export interface StepOutputOptions {
  readonly redactor: Redactor
  readonly log: LogWriter
  /** Gets the lines in place of the process's own streams. */
  readonly onPrinted?: ((line: PrintedLine) => void) | undefined
}

/** What one attempt of a step prints, on its way to the log and to the process's streams. */
export class StepOutput {
  readonly #options: StepOutputOptions
  readonly #buffers: Readonly<Record<OutputStream, LineBuffer>>
  #isOpen = true

  constructor(options: StepOutputOptions) {
    this.#options = options
    const safeLength = (text: string): number => options.redactor.safeLength(text)
    this.#buffers = { stdout: new LineBuffer(safeLength), stderr: new LineBuffer(safeLength) }
  }

  /** Whether what is printed still belongs to the attempt. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Whether the stream itself may get what was printed, just as it is. */
  get passesThrough(): boolean {
    return this.#options.onPrinted === undefined && !this.#options.redactor.isNeeded
  }

  /**
   * Takes what the step writes to a stream.
   *
   * @returns what the stream gets in its place, where that is not what was written
   */
  take(stream: OutputStream, chunk: string | Uint8Array): string {
    return this.#pass(stream, this.#buffers[stream].take(chunk))
  }

  /** Ends the attempt's output. @param write gets what is left of unfinished lines */
  close(write: (stream: OutputStream, text: string) => void): void {
    if (!this.#isOpen) return
    for (const stream of ['stdout', 'stderr'] as const) {
      const text = this.#pass(stream, this.#buffers[stream].rest())
      if (text !== '' && !this.passesThrough) write(stream, text)
    }
    this.#isOpen = false
  }

  #pass(stream: OutputStream, lines: string): string {
    if (lines === '') return ''
    const { redactor, log, onPrinted } = this.#options
    const text = redactor.text(lines)
    const time = Date.now()
    const isWhole = text.endsWith('\n')
    for (const line of (isWhole ? text.slice(0, -1) : text).split('\n')) {
      const shown = asShown(line)
      log.write({ time, stream, text: shown })
      onPrinted?.({ stream, text: shown })
    }
    return onPrinted === undefined ? text : ''
  }
}

/** What a line that was written over itself shows in the end, as progress bars do. */
function asShown(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  return text.slice(text.lastIndexOf('\r') + 1)
}
