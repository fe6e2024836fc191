import { hash } from 'node:crypto'

/**
 * The normalised text of a piece of code, built for hashing: marks (constant words that start with a letter or a sign
 * and end with `;`) and texts with their length before them, so that no text can be taken for structure.
 */
export class Tokens {
  #text = ''

  /** Adds a mark, which has to end with `;`, hold no other one and start with no digit. */
  mark(mark: string): void {
    this.#text += mark
  }

  /** Adds any text. */
  text(text: string): void {
    this.#text += `${text.length}:${text}`
  }

  number(value: number): void {
    this.text(String(value))
  }

  /** sha256 of everything so far, 32 hexadecimal digits. */
  digest(): string {
    return hash('sha256', this.#text).slice(0, 32)
  }
}
