import { interruptExitCode, onInterrupt, type Interrupt } from './interrupts.ts'

/** Watches for what cancels a run: the caller's signal, Ctrl-C, SIGTERM. */
export class Cancellation implements Disposable {
  #interrupt: Interrupt | undefined
  #isCancelled = false
  readonly #stop: AbortController
  readonly #signal: AbortSignal | undefined
  readonly #interrupts: Disposable
  readonly #onAbort = (): void => this.#cancel(this.#signal?.reason)

  constructor(stop: AbortController, signal: AbortSignal | undefined) {
    this.#stop = stop
    this.#signal = signal
    this.#interrupts = onInterrupt((interrupt) => {
      this.#interrupt = interrupt
      this.#cancel(new Error(`The run was interrupted by ${interrupt}.`))
    })
    signal?.addEventListener('abort', this.#onAbort, { once: true })
    if (signal?.aborted) this.#onAbort()
  }

  get isCancelled(): boolean {
    return this.#isCancelled
  }

  /** The exit code of a process that ends because of it. */
  get exitCode(): number {
    return interruptExitCode(this.#interrupt ?? 'SIGINT')
  }

  #cancel(reason: unknown): void {
    this.#isCancelled = true
    this.#stop.abort(reason)
  }

  [Symbol.dispose](): void {
    this.#interrupts[Symbol.dispose]()
    this.#signal?.removeEventListener('abort', this.#onAbort)
  }
}
