import type { Writable } from 'node:stream'

let own: (() => NodeJS.WriteStream) | undefined
let isUsed = false

/** Where a command prints what it was asked for: standard output, also while all else is kept from it. */
export function standardOutput(): NodeJS.WriteStream {
  isUsed = true
  return own?.() ?? process.stdout
}

/** Whether the command has printed anything there. */
export function hasPrinted(): boolean {
  return isUsed
}

/**
 * Keeps standard output for what the command prints itself, JSON for programs: what pipelines, steps and plugins write to
 * `process.stdout` and by `console` goes to standard error from then on. Child processes that inherit standard output,
 * and native code, are not seen.
 */
export function reserveStandardOutput(): void {
  const before = Object.getOwnPropertyDescriptor(process, 'stdout')
  if (own !== undefined || before?.configurable !== true) return
  let others: NodeJS.WriteStream | undefined
  const reserve = (): void => {
    Object.defineProperty(process, 'stdout', { configurable: true, enumerable: true, get: () => (others ??= stream()) })
  }
  let stdout: NodeJS.WriteStream | undefined
  own = () => {
    if (stdout !== undefined) return stdout
    // Whoever waits for the stream to be made puts a property of his own in place.
    Object.defineProperty(process, 'stdout', before)
    stdout = process.stdout
    reserve()
    return stdout
  }
  reserve()
}

/** What others get as standard output: a stream of its own, so that it stays known which one a step wrote to. */
function stream(): NodeJS.WriteStream {
  const { stderr } = process
  const write = stderr.write.bind(stderr)
  // A command that prints no JSON does without the module.
  const { Writable } = process.getBuiltinModule('node:stream')
  const instead = new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, encoding, done) => {
      if (typeof chunk === 'string') write(chunk, encoding)
      else write(chunk)
      // At once: what waits in it would be lost where the process is ended.
      done()
    },
  })
  // Sound: to whoever asks it is no terminal, and a stream that is none has no more than this.
  return Object.assign<Writable, object>(instead, { fd: stderr.fd }) as NodeJS.WriteStream
}
