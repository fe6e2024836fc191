/** A stream that says how much went through it, and keeps what it failed with. */
export class CountedStream implements AsyncIterable<Uint8Array> {
  /** What the stream failed with, if it did. */
  fault: unknown
  readonly #source: AsyncIterable<Uint8Array>
  readonly #count: (bytes: number) => void

  constructor(source: AsyncIterable<Uint8Array>, count: (bytes: number) => void) {
    this.#source = source
    this.#count = count
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#source) {
        this.#count(chunk.length)
        yield chunk
      }
    } catch (error) {
      this.fault = error
      throw error
    }
  }
}
