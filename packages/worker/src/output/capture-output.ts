import { AsyncLocalStorage } from 'node:async_hooks'

import type { OutputStream, StepOutput } from './step-output.ts'

const STREAMS = ['stdout', 'stderr'] as const

type Write = NodeJS.WriteStream['write']
/** The forms that `write` may be called in, as one. */
type WriteArguments = readonly [chunk: unknown, encoding?: unknown, callback?: unknown]

const outputs = new AsyncLocalStorage<StepOutput | undefined>()
let capturing = 0
let release: (() => void) | undefined

/**
 * Does work whose writes to standard output and standard error are the step's, however many others run at the same
 * time: what is asynchronous in it carries the step along. Native code and child processes that write by themselves are
 * not seen.
 */
export async function captureOutput<T>(output: StepOutput, work: () => Promise<T>): Promise<T> {
  if (capturing === 0) release = patchStreams()
  capturing += 1
  try {
    return await outputs.run(output, work)
  } finally {
    output.close(writeRest)
    capturing -= 1
    if (capturing === 0) release?.()
  }
}

/** Does something on behalf of the program around the step: what that prints is not the step's. */
export function outsideOfStep<T>(work: () => T): T {
  return outputs.run(undefined, work)
}

function writeRest(stream: OutputStream, text: string): void {
  outsideOfStep(() => process[stream].write(text))
}

/** @returns what puts the streams back as they were */
function patchStreams(): () => void {
  const undo = STREAMS.map((name) => patchStream(name, process[name]))
  return () => undo.forEach((each) => each())
}

/** Whether a write is on its way to its stream: functions of steps may lie between two of ours. */
let isTaken = false

function patchStream(name: OutputStream, stream: NodeJS.WriteStream): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, 'write')
  // Sound: that is what it is; it is only called with a `this`.
  const original = Reflect.get(stream, 'write') as Write
  const pass = (self: unknown, args: readonly unknown[]): boolean => {
    isTaken = true
    try {
      return Reflect.apply(original, self, args)
    } finally {
      isTaken = false
    }
  }
  const patched = function write(this: unknown, ...args: WriteArguments): boolean {
    const output = outputs.getStore()
    const bytes = bytesOf(args)
    if (output?.isOpen !== true || isTaken || bytes === undefined) return Reflect.apply(original, this, args)
    const instead = outsideOfStep(() => output.take(name, bytes))
    if (output.passesThrough) return pass(this, args)
    const callback = args.findLast((argument) => typeof argument === 'function')
    return pass(this, callback === undefined ? [instead] : [instead, callback])
  }
  // Sound: it takes all forms of the arguments and hands them on.
  stream.write = patched as Write
  return () => {
    // What somebody else put on top still calls it; then it stays.
    if (stream.write !== patched) return
    if (own === undefined) Reflect.deleteProperty(stream, 'write')
    else Object.defineProperty(stream, 'write', own)
  }
}

/** What is written, or `undefined` where the stream itself has to say that it cannot be. */
function bytesOf([chunk, encoding]: WriteArguments): string | Uint8Array | undefined {
  if (chunk instanceof Uint8Array) return chunk
  if (typeof chunk !== 'string') return undefined
  return isOtherEncoding(encoding) ? Buffer.from(chunk, encoding) : chunk
}

function isOtherEncoding(encoding: unknown): encoding is BufferEncoding {
  return typeof encoding === 'string' && Buffer.isEncoding(encoding) && !/^utf-?8$/i.test(encoding)
}
