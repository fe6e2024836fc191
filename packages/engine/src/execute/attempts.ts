import {
  cairnError,
  errorRecord,
  parseDuration,
  type AttemptRecord,
  type ErrorRecord,
  type ResultManifest,
} from '@cairnml/core'

import type { PlannedInvocation } from '../plan/plan.ts'
import { ProcessEvent } from '../process/process-event.ts'
import { inStepScope, type StepScope } from '../process/step-scope.ts'
import { orAborted } from './or-aborted.ts'
import { waitFor } from './wait-for.ts'

const idle = new ProcessEvent('beforeExit')
const DEFAULT_DELAY_MS = 1000
const DEFAULT_BACKOFF = 2
/** Faults of Cairn's own that may pass; all others would come again. */
const PASSING = new Set([
  'CAIRN_ERROR_UNCAUGHT',
  'CAIRN_STEP_TIMEOUT',
  'CAIRN_STORE_UNAVAILABLE',
  'CAIRN_DATABASE_BUSY',
])

/** How an invocation is tried. */
export interface AttemptPlan {
  readonly options: PlannedInvocation['options']
  readonly label: string
  /** Id of the run. */
  readonly run: string
  /** Ends everything: the run was cancelled. */
  readonly signal: AbortSignal
  /** Waits until an attempt may be made; what it gives is disposed after the attempt. */
  readonly admit?: () => Promise<Disposable | undefined>
  /** Makes one attempt. */
  readonly execute: (attempt: number, signal: AbortSignal) => Promise<ResultManifest>
  readonly onRetry: (next: RetryNotice) => void
}

/** That a failed attempt is followed by another. */
export interface RetryNotice {
  readonly delayMs: number
  readonly attempt: number
  readonly attempts: number
  readonly error: ErrorRecord
}

/** How an invocation ended after all attempts. */
export type AttemptsResult = { readonly attempts: readonly AttemptRecord[] } & (
  | { readonly status: 'completed'; readonly manifest: ResultManifest }
  | { readonly status: 'failed'; readonly error: ErrorRecord; readonly thrown: unknown }
  | { readonly status: 'cancelled' }
)

/** Tries an invocation until it completes, its attempts are used up, or the run is cancelled. */
export async function runAttempts(plan: AttemptPlan): Promise<AttemptsResult> {
  const { attempts: most = 1, delay, backoff = DEFAULT_BACKOFF } = plan.options.retry ?? {}
  const attempts: AttemptRecord[] = []
  let delayMs = parseDuration(delay) ?? DEFAULT_DELAY_MS
  for (let attempt = 1; ; attempt++) {
    const ended = await admittedAttempt(plan, attempt)
    const { error, startedAt } = ended
    // A result that is there is kept, even if the run was cancelled at the last moment.
    if (error !== undefined && plan.signal.aborted) return { status: 'cancelled', attempts }
    const { log } = ended.manifest ?? {}
    const status = error ? 'failed' : 'completed'
    attempts.push({ attempt, status, startedAt, endedAt: Date.now(), error, ...(log === undefined ? {} : { log }) })
    if (error === undefined) return { status: 'completed', manifest: ended.manifest, attempts }
    if (attempt >= most || !isPassing(error)) return { status: 'failed', error, thrown: ended.thrown, attempts }
    const waitMs = error.retryAfter === undefined ? delayMs : error.retryAfter * 1000
    plan.onRetry({ delayMs: waitMs, attempt: attempt + 1, attempts: most, error })
    if (!(await waitFor(waitMs, plan.signal))) return { status: 'cancelled', attempts }
    delayMs *= backoff
  }
}

type Ended =
  | { readonly manifest: ResultManifest; readonly error?: undefined }
  /** The manifest of a step that failed; absent where its worker did not come to an end. */
  | { readonly manifest?: ResultManifest | undefined; readonly error: ErrorRecord; readonly thrown: unknown }

/** One attempt, which begins when it is admitted. */
async function admittedAttempt(plan: AttemptPlan, attempt: number): Promise<Ended & { readonly startedAt: number }> {
  try {
    using _room = await plan.admit?.()
    const startedAt = Date.now()
    return { ...(await oneAttempt(plan, attempt)), startedAt }
  } catch (thrown) {
    return { error: errorRecord(thrown), thrown, startedAt: Date.now() }
  }
}

async function oneAttempt(plan: AttemptPlan, attempt: number): Promise<Ended> {
  using limit = new AttemptLimit(plan)
  try {
    limit.signal.throwIfAborted()
    const execution = inStepScope(limit, () => plan.execute(attempt, limit.signal))
    const manifest = await orAborted(execution, limit.signal)
    if (manifest.status === 'completed') return { manifest }
    const error = manifest.error ?? errorRecord(withoutError(manifest, plan.label))
    return { manifest, error, thrown: error }
  } catch (thrown) {
    return { error: errorRecord(thrown), thrown }
  }
}

/** What to say of a result that is not there and does not say why. */
function withoutError({ status }: ResultManifest, step: string): Error {
  if (status === 'cancelled') return cairnError('CAIRN_STEP_CANCELLED', { step })
  return new Error('Its worker reported that it failed, but no error.')
}

/**
 * Ends an attempt: with the run, when its time is over, when something that it started throws where nothing catches it,
 * or when nothing is left that could bring it to its end.
 */
class AttemptLimit implements Disposable, StepScope {
  readonly run: string
  readonly label: string
  readonly #controller = new AbortController()
  readonly #stop: AbortSignal
  readonly #idle: Disposable
  readonly #over: AbortController | undefined
  #isOpen = true
  readonly #onRunStopped = (): void => this.#controller.abort(this.#stop.reason)

  constructor(plan: AttemptPlan) {
    this.run = plan.run
    this.label = plan.label
    this.#stop = plan.signal
    if (this.#stop.aborted) this.#onRunStopped()
    this.#stop.addEventListener('abort', this.#onRunStopped, { once: true })
    // Node is about to leave without a word: no timer and no connection is left that could settle the step.
    const stalled = (): void => this.#controller.abort(cairnError('CAIRN_STEP_STALLED', { step: plan.label }))
    this.#idle = idle.subscribe(stalled)
    const timeoutMs = parseDuration(plan.options.timeout)
    if (timeoutMs === undefined) return
    this.#over = new AbortController()
    const reason = cairnError('CAIRN_STEP_TIMEOUT', { step: plan.label, seconds: timeoutMs / 1000 })
    void waitFor(timeoutMs, this.#over.signal).then((isTimeUp) => isTimeUp && this.#controller.abort(reason))
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  fail(error: Error): boolean {
    if (this.#isOpen) this.#controller.abort(error)
    return this.#isOpen
  }

  [Symbol.dispose](): void {
    this.#isOpen = false
    this.#stop.removeEventListener('abort', this.#onRunStopped)
    this.#idle[Symbol.dispose]()
    this.#over?.abort()
  }
}

function isPassing(error: ErrorRecord): boolean {
  return !error.code.startsWith('CAIRN_') || PASSING.has(error.code)
}
