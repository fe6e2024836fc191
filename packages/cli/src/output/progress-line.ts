const EVERY_MS = 100

/** Where a line that changes is shown. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

/**
 * One line that is painted over, a few times a second, and is gone in the end. Nothing is written to what is no terminal,
 * or is one that cannot paint over.
 */
export class ProgressLine implements Disposable {
  readonly #stream: ProgressStream | undefined
  readonly #now: () => number
  #paintedAt = Number.NEGATIVE_INFINITY
  #isPainted = false

  constructor(
    stream: ProgressStream,
    { isWanted = true, now = Date.now }: { isWanted?: boolean; now?: () => number } = {},
  ) {
    this.#stream = isWanted && stream.isTTY === true && process.env['TERM'] !== 'dumb' ? stream : undefined
    this.#now = now
  }

  /** Shows a text, unless another one was shown just before. @param text makes it; of plain characters */
  show(text: () => string): void {
    if (this.#stream === undefined || this.#now() - this.#paintedAt < EVERY_MS) return
    this.#paintedAt = this.#now()
    this.#isPainted = true
    // A line as wide as the terminal would wrap; some terminals say that they have no columns.
    this.#stream.write(`\r\u001B[K${text().slice(0, (this.#stream.columns || 80) - 1)}`)
  }

  [Symbol.dispose](): void {
    if (this.#isPainted) this.#stream?.write('\r\u001B[K')
    this.#isPainted = false
  }
}
