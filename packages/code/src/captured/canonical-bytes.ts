import { createHash, type Hash } from 'node:crypto'

const BUFFER_BYTES = 1 << 16
const NUMBER_BYTES = 8

/**
 * Hashes a sequence of tokens so that two different sequences never are the same bytes: whatever has a length is
 * preceded by it, and every token starts with a mark.
 */
export class CanonicalBytes {
  readonly #hash: Hash = createHash('sha256')
  readonly #buffer: Buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  #used = 0

  /** What kind of token follows: one ASCII character. */
  mark(character: string): void {
    this.#reserve(1)
    this.#used = this.#buffer.writeUInt8(character.charCodeAt(0), this.#used)
  }

  /** A number, by its bits: -0 is not 0. All NaN are one. */
  number(value: number): void {
    this.#reserve(NUMBER_BYTES)
    this.#used = this.#buffer.writeDoubleBE(Number.isNaN(value) ? Number.NaN : value, this.#used)
  }

  /** A text by its UTF-16 code units, so that lone surrogates differ from each other. */
  text(value: string): void {
    this.number(value.length)
    const length = value.length * 2
    if (length > BUFFER_BYTES) {
      this.#flush()
      this.#hash.update(value, 'utf16le')
      return
    }
    this.#reserve(length)
    this.#used += this.#buffer.write(value, this.#used, 'utf16le')
  }

  /** Bytes as they are in memory. */
  bytes(value: Uint8Array): void {
    this.number(value.byteLength)
    this.#flush()
    this.#hash.update(value)
  }

  /** sha256 as hex of everything so far. It ends the sequence. */
  digest(): string {
    this.#flush()
    return this.#hash.digest('hex')
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes > BUFFER_BYTES) this.#flush()
  }

  #flush(): void {
    this.#hash.update(this.#buffer.subarray(0, this.#used))
    this.#used = 0
  }
}
