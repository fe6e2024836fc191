import { StringDecoder } from 'node:string_decoder'

/** An unfinished line of more characters is passed on in pieces. */
const MOST_HELD = 64 * 1024

/**
 * Cuts what is written to a stream into pieces that end where a line ends. An unfinished line is held until its rest
 * comes.
 */
export class LineBuffer {
  readonly #decoder = new StringDecoder('utf8')
  /** How much of an unfinished line that grows too long may be passed on. */
  readonly #safeLength: (text: string) => number
  #held = ''

  constructor(safeLength: (text: string) => number) {
    this.#safeLength = safeLength
  }

  /** Takes what was written and gives what can be passed on: whole lines, or nothing yet. */
  take(chunk: string | Uint8Array): string {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.write(chunk)
    const end = text.lastIndexOf('\n') + 1
    if (end > 0) {
      const lines = this.#held + text.slice(0, end)
      this.#held = text.slice(end)
      return lines + this.#overflow()
    }
    this.#held += text
    return this.#overflow()
  }

  /** What is left when nothing more comes. */
  rest(): string {
    const rest = this.#held + this.#decoder.end()
    this.#held = ''
    return rest
  }

  #overflow(): string {
    if (this.#held.length <= MOST_HELD) return ''
    const length = this.#safeLength(this.#held)
    const piece = this.#held.slice(0, length)
    this.#held = this.#held.slice(length)
    return piece
  }
}
