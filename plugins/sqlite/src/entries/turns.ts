import { realpathSync } from 'node:fs'

/** One per file that this process changes: a process has few of them. */
const BY_FILE = new Map<string, Turns>()

/**
 * Lets asynchronous work run one after another.
 *
 * A transaction of the cache index spans promises of Keyv. Were two connections of one thread to do that at once, the
 * second would wait for the lock and, waiting, keep the first from giving it up.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  /** The turns that all users of a file in this thread share; the file exists. */
  static of(file: string): Turns {
    const real = realpathSync(file)
    const turns = BY_FILE.get(real) ?? new Turns()
    BY_FILE.set(real, turns)
    return turns
  }

  /** Runs work after all work that was asked for earlier. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#last = promise
    await before
    try {
      return await work()
    } finally {
      resolve()
    }
  }

  /** Resolves when all work that was asked for so far has ended. */
  async idle(): Promise<void> {
    await this.#last
  }
}
