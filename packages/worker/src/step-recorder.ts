import {
  cairnError,
  toTaggedJson,
  type Json,
  type Metric,
  type StepContext,
  type StepEvent,
  type StepInvocation,
  type StepLogger,
  type StepSecrets,
} from '@cairnml/core'

import type { LogWriter } from './output/log-writer.ts'
import type { Redactor } from './redactor.ts'
import type { WorkFolder } from './work-folder.ts'

/** What a recorder needs from its worker. */
export interface RecorderEnvironment {
  readonly folder: WorkFolder
  readonly signal: AbortSignal
  readonly emit: (event: StepEvent) => void
  readonly secrets: StepSecrets
  /** Hides them in everything that the step reports. */
  readonly redactor: Redactor
  readonly log: LogWriter
}

/** Gives a step its context and keeps what the step reports through it. */
export class StepRecorder {
  readonly context: StepContext
  readonly #invocation: StepInvocation
  readonly #emit: (event: StepEvent) => void
  readonly #redactor: Redactor
  readonly #log: LogWriter
  readonly #metrics: Metric[] = []
  #metadata: { readonly [name: string]: Json } = {}
  #open = true

  constructor(invocation: StepInvocation, environment: RecorderEnvironment) {
    this.#invocation = invocation
    this.#emit = environment.emit
    this.#redactor = environment.redactor
    this.#log = environment.log
    const { folder, signal, secrets } = environment
    const assertOpen = (call: string): void => this.#assertOpen(call)
    this.context = {
      signal,
      run: invocation.run,
      step: { name: invocation.step, invocation: invocation.invocation, attempt: invocation.attempt },
      log: this.#logger(),
      secrets,
      get tempDir(): string {
        // A folder that is made after the end would never be removed.
        assertOpen('tempDir')
        return folder.path
      },
      metric: (name, value, step) => this.#metric(name, value, step),
      metadata: (values) => this.#addMetadata(values),
      progress: (fraction, text) => this.#progress(fraction, text),
    }
  }

  get metrics(): readonly Metric[] {
    return this.#metrics
  }

  get metadata(): { readonly [name: string]: Json } {
    return this.#metadata
  }

  /** The step has ended: whatever it still reports is refused. */
  close(): void {
    this.#open = false
  }

  #metric(name: string, value: number, step: number | undefined): void {
    this.#assertOpen('metric()')
    const isNumber = typeof value === 'number' && Number.isFinite(value)
    if (typeof name !== 'string' || name === '' || !isNumber || (step !== undefined && !Number.isInteger(step))) {
      const at = step === undefined ? '' : ` at step ${shown(step)}`
      const details = { step: this.#invocation.step, name: String(name), value: `${shown(value)}${at}` }
      throw cairnError('CAIRN_METRIC_INVALID', details)
    }
    const metric = this.#redactor.metric({ name, value, ...(step === undefined ? {} : { step }) })
    this.#metrics.push(metric)
    this.#emit({ kind: 'metric', ...metric })
  }

  #addMetadata(values: { readonly [name: string]: Json }): void {
    this.#assertOpen('metadata()')
    const where = `The metadata of step "${this.#invocation.step}"`
    const json = toTaggedJson(values, where)
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      const found = `${Array.isArray(json) ? 'an array' : shown(json)} in place of an object`
      throw cairnError('CAIRN_VALUE_NOT_PLAIN', { where, path: '', found })
    }
    // Sound: of what tagged JSON can be, only objects are left.
    const added = this.#redactor.json(json as { readonly [name: string]: Json })
    this.#metadata = { ...this.#metadata, ...added }
    this.#emit({ kind: 'metadata', values: added })
  }

  #progress(fraction: number, text: string | undefined): void {
    this.#assertOpen('progress()')
    const bounded = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0
    this.#emit({
      kind: 'progress',
      fraction: bounded,
      ...(text === undefined ? {} : { text: this.#redactor.text(text) }),
    })
  }

  #logger(): StepLogger {
    const line = (level: 'debug' | 'info' | 'warn' | 'error') => (text: string) => {
      this.#assertOpen(`log.${level}()`)
      const redacted = this.#redactor.text(String(text))
      const time = Date.now()
      for (const each of redacted.split(/\r?\n/)) this.#log.write({ time, stream: 'log', level, text: each })
      this.#emit({ kind: 'log', level, text: redacted })
    }
    return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
  }

  #assertOpen(call: string): void {
    if (!this.#open) throw cairnError('CAIRN_CONTEXT_CLOSED', { step: this.#invocation.step, call })
  }
}

/** A value that should not be there, as a message shows it. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'number' || value === null ? String(value) : `a value of type ${typeof value}`
}
