import { close, fdatasync, fstat, open, read, write, type Stats } from 'node:fs'
import { promisify } from 'node:util'

/** Of what is read in one go. */
const PIECE_BYTES = 1024 * 1024

const openDescriptor: (file: string, flags: string) => Promise<number> = promisify(open)
const closeDescriptor = promisify(close)
const syncData = promisify(fdatasync)
const stateOf: (descriptor: number) => Promise<Stats> = promisify(fstat)

/**
 * A file that is closed where it goes out of scope. It has a descriptor, since what `open` of `node:fs/promises` gives
 * under Yarn's Plug'n'Play can neither write to the disk nor close itself.
 */
export class OpenFile implements AsyncDisposable {
  readonly #descriptor: number

  private constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  /** @param flags as those of `node:fs` */
  static async open(file: string, flags: string): Promise<OpenFile> {
    return new OpenFile(await openDescriptor(file, flags))
  }

  stat(): Promise<Stats> {
    return stateOf(this.#descriptor)
  }

  /** Writes all bytes behind those that were written before. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) at += await this.#writeSome(bytes, at)
  }

  /** Waits until its content is on the disk. */
  syncData(): Promise<void> {
    return syncData(this.#descriptor)
  }

  /** Its bytes from `start` to before `end`, in pieces; nothing is read ahead, so it can be closed after each of them. */
  async *read({ start, end }: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array> {
    for (let at = start; at < end;) {
      const bytes = new Uint8Array(Math.min(PIECE_BYTES, end - at))
      const length = await this.#readSome(bytes, at)
      if (length === 0) return
      yield bytes.subarray(0, length)
      at += length
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await closeDescriptor(this.#descriptor)
  }

  #readSome(bytes: Uint8Array, from: number): Promise<number> {
    return new Promise((resolve, reject) => {
      read(this.#descriptor, bytes, 0, bytes.length, from, (error, length) => {
        if (error === null) resolve(length)
        else reject(error)
      })
    })
  }

  #writeSome(bytes: Uint8Array, at: number): Promise<number> {
    return new Promise((resolve, reject) => {
      write(this.#descriptor, bytes, at, bytes.length - at, null, (error, written) => {
        if (error === null) resolve(written)
        else reject(error)
      })
    })
  }
}
