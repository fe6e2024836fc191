import type { HeldLease } from '@cairnml/core'

const FIRST_BYTES = 4096
const MOST_BYTES = 2 ** 24
/** Behind the version and the length. */
const TEXT_AT = 8

/**
 * The leases that a process holds, in memory that another thread reads when it likes: messages would wake that thread
 * twice for every step. One thread writes; a reader sees what was written last, whole.
 */
export class HeldBoard {
  readonly memory: SharedArrayBuffer
  readonly #words: Int32Array
  #text: Buffer

  /** @param memory of the board that the other thread has; without it the board is new and empty */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(FIRST_BYTES, { maxByteLength: MOST_BYTES })) {
    this.memory = memory
    this.#words = new Int32Array(memory, 0, 2)
    this.#text = Buffer.from(memory, TEXT_AT)
  }

  write(held: readonly HeldLease[]): void {
    const text = JSON.stringify(held.map(({ key, fence }) => ({ key, fence })))
    const length = Buffer.byteLength(text)
    if (length > this.#text.length) {
      this.memory.grow(Math.min(TEXT_AT + 2 * length, MOST_BYTES))
      this.#text = Buffer.from(this.memory, TEXT_AT)
    }
    // The version is odd while the rest is in disorder.
    Atomics.add(this.#words, 0, 1)
    this.#text.write(text)
    Atomics.store(this.#words, 1, length)
    Atomics.add(this.#words, 0, 1)
  }

  read(): readonly HeldLease[] {
    for (;;) {
      const version = Atomics.load(this.#words, 0)
      const length = Atomics.load(this.#words, 1)
      const text = Buffer.from(this.memory, TEXT_AT, length).toString()
      const isWhole = version % 2 === 0 && version === Atomics.load(this.#words, 0)
      // Sound: it is what `write` wrote.
      if (isWhole) return length === 0 ? [] : (JSON.parse(text) as readonly HeldLease[])
    }
  }
}
