import { close, createReadStream, fdatasync, fstat, open, write, type ReadStream, type Stats } from 'node:fs'
import { promisify } from 'node:util'

const openDescriptor: (file: string, flags: string) => Promise<number> = promisify(open)
const closeDescriptor = promisify(close)
const syncData = promisify(fdatasync)
const stateOf: (descriptor: number) => Promise<Stats> = promisify(fstat)

/**
 * A file that is closed where it goes out of scope. It has a descriptor, since what `open` of `node:fs/promises` gives
 * under Yarn's Plug'n'Play can neither write to the disk nor close itself.
 */
export class OpenFile implements AsyncDisposable {
  readonly #file: string
  readonly #descriptor: number

  private constructor(file: string, descriptor: number) {
    this.#file = file
    this.#descriptor = descriptor
  }

  /** @param flags as those of `node:fs` */
  static async open(file: string, flags: string): Promise<OpenFile> {
    return new OpenFile(file, await openDescriptor(file, flags))
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

  /** Its bytes in pieces; the stream leaves the file open. */
  read(range: { readonly start: number; readonly end: number; readonly highWaterMark: number }): ReadStream {
    return createReadStream(this.#file, { ...range, fd: this.#descriptor, autoClose: false })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await closeDescriptor(this.#descriptor)
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
