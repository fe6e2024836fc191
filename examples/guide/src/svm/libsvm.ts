import { createRequire } from 'node:module'

declare const WebAssembly: { instantiateStreaming: unknown }

/** What libsvm takes for training; kinds are libsvm's own codes (its options `-s` and `-t`). */
export interface LibsvmOptions {
  readonly type: string
  readonly kernel: string
  readonly gamma: number
  readonly cost: number
  readonly quiet: boolean
}

/** A model inside the WebAssembly memory, which no garbage collector sees: `free` gives it back. */
export interface LibsvmModel {
  /** Address of the model: `null` without one, 0 when a text could not be read. */
  readonly model: number | null
  train(samples: ArrayLike<ArrayLike<number>>, labels: ArrayLike<number>): void
  predict(samples: ArrayLike<ArrayLike<number>>): number[]
  getSVIndices(): number[]
  serializeModel(): string
  free(): void
}

/** The part of `libsvm-js` that this example uses; the package brings no types. */
export interface Libsvm {
  new (options: LibsvmOptions): LibsvmModel
  load(text: string): LibsvmModel
  readonly SVM_TYPES: { readonly C_SVC: string }
  readonly KERNEL_TYPES: { readonly LINEAR: string; readonly RBF: string }
}

/**
 * Loads libsvm 3.22, compiled to WebAssembly, and leaves the process as it found it. Left alone, the package
 *
 * - asks `fetch` for a file path because `WebAssembly.instantiateStreaming` exists, and prints two warnings before it
 *   reads the file itself;
 * - adds an `unhandledRejection` listener that ends the process with code 1 and without a word.
 *
 * Both happen while `require` runs, so nothing else in the process can meet the change.
 */
export function loadLibsvm(): Promise<Libsvm> {
  const { instantiateStreaming } = WebAssembly
  const listeners = process.listeners('unhandledRejection')
  WebAssembly.instantiateStreaming = undefined
  try {
    return createRequire(import.meta.url)('libsvm-js')
  } finally {
    WebAssembly.instantiateStreaming = instantiateStreaming
    for (const listener of process.listeners('unhandledRejection')) {
      if (!listeners.includes(listener)) process.off('unhandledRejection', listener)
    }
  }
}
