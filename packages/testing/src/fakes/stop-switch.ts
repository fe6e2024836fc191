/** What every operation of a stopped component rejects with. */
export class StoppedError extends Error {
  constructor() {
    super('The process was stopped here by a test.')
    this.name = 'StoppedError'
  }
}

/**
 * Stops several components together after a number of writes, as the death of their process does: the last write is
 * done, but its caller never learns of it, and from then on every operation rejects with a `StoppedError`.
 */
export class StopSwitch {
  #left: number

  /** With 0 everything is stopped from the start. */
  constructor(writes: number) {
    this.#left = writes
  }

  get isStopped(): boolean {
    return this.#left <= 0
  }

  /** @throws StoppedError */
  check(): void {
    if (this.isStopped) throw new StoppedError()
  }

  /** Counts a write that succeeded. @throws StoppedError if it was the last one */
  countWrite(): void {
    this.#left -= 1
    this.check()
  }

  /** Does something that is not a write. @throws StoppedError before or after it */
  async pass<R>(operation: () => Promise<R>): Promise<R> {
    this.check()
    const result = await operation()
    this.check()
    return result
  }

  /** Does a write. @throws StoppedError before it, or after it if it was the last one */
  async write<R>(operation: () => Promise<R>): Promise<R> {
    this.check()
    const result = await operation()
    this.countWrite()
    return result
  }

  /** Goes through a sequence. @throws StoppedError before any item */
  async *each<T>(items: AsyncIterable<T>): AsyncIterable<T> {
    this.check()
    for await (const item of items) {
      this.check()
      yield item
    }
  }
}
