type Write = NodeJS.WriteStream['write']

/**
 * Takes what the program writes to its terminal while something is shown there: written as it comes, it would land in the
 * middle of that.
 */
export class TakenStream implements Disposable {
  readonly #stream: NodeJS.WriteStream
  readonly #original: Write
  readonly #replacement: Write
  #held = ''
  #isOpen = true

  /** @param onLines gets whole lines, with their ends */
  constructor(stream: NodeJS.WriteStream, onLines: (text: string) => void) {
    this.#stream = stream
    // Sound: that is what it is; it is only called with its stream.
    this.#original = Reflect.get(stream, 'write') as Write
    const replacement = (...args: readonly unknown[]): boolean => {
      const [chunk, encoding] = args
      const isEncoded = typeof encoding === 'string' && !/^utf-?8$/i.test(encoding)
      const isOther = isEncoded || !(typeof chunk === 'string' || chunk instanceof Uint8Array)
      if (isOther || !this.#isOpen) return Reflect.apply(this.#original, stream, args)
      // Sound: streams are called back without arguments where nothing went wrong.
      const callback = args.findLast((argument) => typeof argument === 'function') as (() => void) | undefined
      if (callback !== undefined) process.nextTick(callback)
      this.#take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'), onLines)
      return true
    }
    // Sound: it takes all forms of the arguments.
    this.#replacement = replacement as Write
    stream.write = this.#replacement
  }

  /** Writes past what is taken. */
  write(text: string): void {
    Reflect.apply(this.#original, this.#stream, [text])
  }

  /** Gives the stream back and writes what is left of an unfinished line. */
  [Symbol.dispose](): void {
    this.#isOpen = false
    if (this.#stream.write === this.#replacement) this.#stream.write = this.#original
    if (this.#held !== '') this.write(this.#held)
    this.#held = ''
  }

  #take(text: string, onLines: (text: string) => void): void {
    const end = text.lastIndexOf('\n') + 1
    if (end === 0) {
      this.#held += text
      return
    }
    const lines = this.#held + text.slice(0, end)
    this.#held = text.slice(end)
    onLines(lines)
  }
}
