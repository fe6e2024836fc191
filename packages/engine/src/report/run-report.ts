import type { Acceptance, ErrorRecord, StepEvent, Uncacheable } from '@cairnml/core'
import type { PrintedLine } from '@cairnml/worker'

import type { RegisteredVersion } from '../registry/register-version.ts'
import type { LineSink } from './line-sink.ts'
import type { StepView } from './step-view.ts'

const PROGRESS_EVERY_MS = 5000

/** Says what happens in a run, in lines that are stable: people and scripts search for them. */
export class RunReport {
  readonly #sink: LineSink
  readonly #view: StepView | undefined
  readonly #progressAt = new Map<string, number>()
  #fault: { readonly error: unknown } | undefined
  #saidWithoutLeases = false

  /** @param view shows steps while they run; it takes the lines, too */
  constructor(sink: LineSink | StepView) {
    this.#sink = sink
    this.#view = 'started' in sink ? sink : undefined
  }

  /** @param steps how many there are in the run */
  planned(steps: number): void {
    this.#view?.planned(steps)
  }

  /** What takes the output of a step in place of the process's streams, where something does. */
  printer(step: string): ((line: PrintedLine) => void) | undefined {
    const view = this.#view
    return view === undefined ? undefined : (line) => view.printed(step, line)
  }

  /** What the reader of the lines threw, if it did. It gets no more lines, and no step fails for it. */
  get fault(): { readonly error: unknown } | undefined {
    return this.#fault
  }

  pipeline(name: string, registered: RegisteredVersion): void {
    this.#line(`${registered.isNew ? 'Registered' : 'Using'} pipeline ${name} (version ${registered.version}).`)
  }

  creatingRun(run: string, pipeline: string, cachingEnabled: boolean): void {
    const caching = cachingEnabled ? 'enabled' : 'disabled'
    this.#line(`Creating run ${run} for pipeline ${pipeline} (caching ${caching})`)
  }

  usingStack(stack: string, pipeline: string): void {
    this.#line(`Using stack ${stack} to run pipeline ${pipeline}...`)
  }

  unusedSettings(component: string, stack: string): void {
    this.#line(`Settings for ${component} are not used: stack ${stack} has no such component.`)
  }

  noLeases(index: string): void {
    this.#line(`Other processes may do equal work at the same time: the cache index ${index} gives no leases.`)
  }

  cacheOverride(mode: string): void {
    const value = mode === 'on' ? 'true' : mode === 'off' ? 'false' : mode
    this.#line(
      `Runtime configuration overrides the cache settings of this run to cache=${value}. ` +
        'The stored defaults are kept for later runs.',
    )
  }

  stepStarted(step: string): void {
    if (this.#view !== undefined) this.#view.started(step)
    else this.#line(`Step ${step} has started.`)
  }

  stepCached(step: string): void {
    this.#line(`Using cached version of ${step}.`)
  }

  stepAccepted(step: string, { by, reason }: Acceptance): void {
    this.#line(
      `Step ${step} goes on with an earlier result that ${by} accepted${reason === undefined ? '' : `: ${reason}`}.`,
    )
  }

  stepNotCached(step: string, why: Uncacheable): void {
    this.#line(`Step ${step} is not cached: ${uncacheableText(why)}.`)
  }

  /** @param reason one clause */
  stepRuns(step: string, reason: string): void {
    this.#line(`Step ${step} runs: ${reason}.`)
  }

  /** @param notice a sentence without its subject */
  stepNotice(step: string, notice: string): void {
    this.#line(`Step ${step} ${notice}`)
  }

  /** @param notice a sentence about data from outside */
  externalNotice(notice: string): void {
    this.#line(notice)
  }

  /** @param reason one clause */
  stepNotKept(step: string, reason: string): void {
    this.#line(`Step ${step}: ${reason}; its result is not kept for reuse.`)
  }

  /** @param below how many steps below can be reused, more than none */
  stepUnchanged(step: string, below: number): void {
    const steps = below === 1 ? '1 step' : `${below} steps`
    this.#line(`Step ${step} gave the same bytes as before; ${steps} below can be reused.`)
  }

  stepNotIndexed(step: string, error: ErrorRecord): void {
    this.#line(`Step ${step} is done, but its result could not be indexed: ${codeAndText(error)}`)
  }

  reportNotStored(run: string, error: ErrorRecord): void {
    this.#line(`The report of run ${run} is not in the artifact store: ${codeAndText(error)} See: cairn run sync.`)
  }

  /** @param whom who is waited for and why, as the end of the sentence */
  stepWaits(step: string, whom: string): void {
    this.#line(`Step ${step} waits for ${whom}.`)
  }

  /** @param whom who was waited for */
  stepTakesOver(step: string, whom: string): void {
    this.#line(`Step ${step} waits no longer: ${whom} gives no sign of life.`)
  }

  stepWithoutLease(step: string, error: ErrorRecord): void {
    this.#line(`Step ${step} works without a lease, others may do the same work: ${codeAndText(error)}`)
  }

  /** Said once per run. */
  withoutLeases(index: string): void {
    if (this.#saidWithoutLeases) return
    this.#saidWithoutLeases = true
    this.#line(
      `Cache index ${index} has no leases: what several processes need at the same time is done by each of them.`,
    )
  }

  stepFinished(step: string, ms: number): void {
    this.#view?.ended(step)
    this.#line(`Step ${step} has finished in ${(ms / 1000).toFixed(3)}s.`)
  }

  stepRetried(step: string, retry: { delayMs: number; attempt: number; attempts: number; error: ErrorRecord }): void {
    const { delayMs, attempt, attempts, error } = retry
    this.#line(
      `Step ${step} is retried in ${delayMs / 1000}s (attempt ${attempt} of ${attempts}): ${codeAndText(error)}`,
    )
  }

  stepFailed(step: string, ms: number, error: ErrorRecord): void {
    this.#view?.ended(step)
    this.#line(`Step ${step} has failed after ${(ms / 1000).toFixed(1)}s: ${codeAndText(error)}`)
  }

  stepSkipped(step: string, reason: string): void {
    this.#view?.ended(step)
    this.#line(`Step ${step} is skipped: ${reason}.`)
  }

  hookFailed(hook: string, of: string, error: ErrorRecord): void {
    this.#line(`Hook ${hook} of ${of} has failed: ${codeAndText(error)}`)
  }

  /** Whatever has become of it. */
  stepEnded(step: string): void {
    this.#view?.ended(step)
  }

  /** What a step says while it runs. Progress is shown every few seconds at most. */
  stepEvent(step: string, event: StepEvent): void {
    if (event.kind === 'log') this.#line(`[${step}] ${event.text}`)
    if (event.kind !== 'progress') return
    if (this.#view !== undefined) {
      this.#view.progressed(step, event.fraction, event.text)
      return
    }
    const now = performance.now()
    if (now - (this.#progressAt.get(step) ?? Number.NEGATIVE_INFINITY) < PROGRESS_EVERY_MS) return
    this.#progressAt.set(step, now)
    const text = event.text === undefined ? '' : ` ${event.text}`
    this.#line(`[${step}] ${Math.round(event.fraction * 100)}%${text}`)
  }

  runEnded(run: string, how: 'finished' | 'failed' | 'cancelled', ms: number): void {
    const seconds = ms / 1000
    if (how === 'finished') this.#line(`Pipeline run ${run} has finished in ${seconds.toFixed(3)}s.`)
    else if (how === 'failed') this.#line(`Pipeline run ${run} has failed after ${seconds.toFixed(1)}s`)
    else this.#line(`Pipeline run ${run} was cancelled after ${seconds.toFixed(1)}s`)
  }

  flush(): void {
    this.#sink.flush()
  }

  #line(text: string): void {
    if (this.#fault !== undefined) return
    try {
      this.#sink.line(text.replaceAll(/[\r\n]+/g, ' '))
    } catch (error) {
      this.#fault = { error }
    }
  }
}

/** Code and text of an error as one sentence. */
export function codeAndText(error: ErrorRecord): string {
  const text = error.message.trim()
  return `${error.code} ${text}${/[.!?]$/.test(text) ? '' : '.'}`
}

/** Why a step is not cached, with the place in the code where there is one. */
export function uncacheableText({ uncacheable, at }: Uncacheable): string {
  return at === undefined ? uncacheable : `${uncacheable} (${at})`
}
