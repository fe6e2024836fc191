import type { ExecutionContext, Orchestrator, ResultManifest, StepInvocation } from '@cairnml/core'

import type { AcmeOptions } from './options.ts'

/**
 * An orchestrator that runs every step in the process of the run, so many at a time. One that starts steps elsewhere
 * sends the invocation, which is JSON, to a worker there in place of calling `runHere`.
 */
export class AcmeOrchestrator implements Orchestrator {
  readonly name: string
  readonly type = 'acme'
  readonly concurrency: number
  readonly #waiting: (() => void)[] = []
  #working = 0

  constructor(name: string, options: AcmeOptions = {}) {
    this.name = name
    this.concurrency = options.concurrency ?? 4
  }

  async execute(_invocation: StepInvocation, context: ExecutionContext): Promise<ResultManifest> {
    await this.#turn()
    try {
      context.signal.throwIfAborted()
      return await untilAborted(context.runHere(), context.signal)
    } finally {
      this.#working -= 1
      this.#waiting.shift()?.()
    }
  }

  async #turn(): Promise<void> {
    while (this.#working >= this.concurrency) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    this.#working += 1
  }
}

/** A step that does not listen to its signal goes on by itself; nobody waits for it. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
