import { availableParallelism } from 'node:os'

import type { ExecutionContext, Orchestrator, ResultManifest, StepInvocation } from '@cairnml/core'

import { Slots } from './slots.ts'

/** How many invocations execute at once when nothing is said: one per processor, at least two. */
export function defaultConcurrency(): number {
  return Math.max(2, availableParallelism())
}

/**
 * Runs every invocation in the driver's own process. They take turns on its one thread: several at once pay off where
 * steps wait for files, processes or the network.
 */
export class LocalOrchestrator implements Orchestrator {
  readonly name: string
  readonly type = 'local'
  readonly concurrency: number
  readonly #slots: Slots

  /** @param options `concurrency`: a positive whole number. @default one per processor, at least two */
  constructor(options: { readonly name?: string; readonly concurrency?: number | undefined } = {}) {
    this.name = options.name ?? 'local'
    this.concurrency = options.concurrency ?? defaultConcurrency()
    this.#slots = new Slots(this.concurrency)
  }

  /** Waits for a free slot when it is called more often than `concurrency` allows. */
  async execute(_invocation: StepInvocation, context: ExecutionContext): Promise<ResultManifest> {
    const { signal } = context
    await this.#slots.take(signal)
    // A step that does not listen to its signal goes on by itself; nobody waits for it, and its slot is free.
    const aborted = Promise.withResolvers<never>()
    const abort = (): void => aborted.reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    try {
      return await Promise.race([context.runHere(), aborted.promise])
    } finally {
      signal.removeEventListener('abort', abort)
      this.#slots.give()
    }
  }
}
