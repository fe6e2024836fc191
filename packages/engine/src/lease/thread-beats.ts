import nodePath from 'node:path'
import type { Worker, WorkerOptions } from 'node:worker_threads'

import type { BeaterReference, Lease } from '@cairnml/core'

import type { Beats } from './beats.ts'
import { HeldBoard } from './held-board.ts'
import type { LeaseThreadData } from './lease-thread.ts'

/** How often it is seen whether the thread is still used. */
const IDLE_MS = 5000
const THREAD: WorkerOptions = {
  name: 'cairn leases',
  execArgv: [],
  // Or else Node would open the streams of the program for it, which fails where a pipe was closed.
  stdout: true,
  stderr: true,
  resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 },
}
/** A file of its own, in the sources as in the build. */
const MODULE = new URL(`lease-thread${nodePath.extname(import.meta.url)}`, import.meta.url)

/** How a thread for beats is made. */
export interface ThreadBeatsOptions {
  readonly beater: BeaterReference
  readonly everyMs: number
  /** Called at most once, when the thread cannot do its work; it is then of no use any more. */
  readonly onFailure: () => void
}

/**
 * Renews leases on a thread of its own. It runs from the first lease until there was none for some seconds, does not
 * keep the process alive, and inherits no flags of the program: a loader or profiler has no business there.
 */
export class ThreadBeats implements Beats {
  readonly #options: ThreadBeatsOptions
  readonly #held = new Set<Lease>()
  readonly #board = new HeldBoard()
  #worker: Worker | undefined
  #isUsed = false
  #idle: NodeJS.Timeout | undefined

  constructor(options: ThreadBeatsOptions) {
    this.#options = options
  }

  add(lease: Lease): void {
    this.#isUsed = true
    this.#held.add(lease)
    this.#board.write([...this.#held])
    this.#worker ??= this.#start()
  }

  remove(lease: Lease): void {
    this.#held.delete(lease)
    this.#board.write([...this.#held])
    this.#watchIdle()
  }

  async end(): Promise<void> {
    clearTimeout(this.#idle)
    this.#idle = undefined
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  /** Ends the thread when there was no lease from one look to the next. */
  #watchIdle(): void {
    this.#idle ??= setTimeout(() => {
      this.#idle = undefined
      if (this.#held.size > 0) return
      if (!this.#isUsed) return void this.end()
      this.#isUsed = false
      this.#watchIdle()
    }, IDLE_MS).unref()
  }

  #start(): Worker | undefined {
    const { beater, everyMs, onFailure } = this.#options
    // A run that reuses everything starts no thread, and to load what starts them takes 2 ms.
    const threads = process.getBuiltinModule('node:worker_threads')
    const workerData: LeaseThreadData = { beater, everyMs, memory: this.#board.memory }
    try {
      const worker = new threads.Worker(MODULE, { ...THREAD, workerData })
      worker.unref()
      worker.once('error', onFailure)
      return worker
    } catch {
      // The program may not start threads.
      onFailure()
      return undefined
    }
  }
}
