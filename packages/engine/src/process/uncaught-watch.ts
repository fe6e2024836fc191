import { cairnError, errorRecord, type CairnError } from '@cairnml/core'
import { Redactor } from '@cairnml/worker'

import type { RunContext } from '../execute/run-context.ts'
import { ProcessEvent } from './process-event.ts'
import { currentStepScope } from './step-scope.ts'

const uncaught = new ProcessEvent('uncaughtException')
/** Ids of the runs that go on. */
const watched = new Set<string>()

/**
 * While a run goes on, an error that nothing catches (of a timer, an event, a promise that nobody awaits) fails the step
 * that it comes from, or else the run, where Node would end the process: so that the run is recorded to its end, and no
 * secret is printed. A program that handles uncaught exceptions itself keeps doing so.
 */
export class UncaughtWatch implements Disposable {
  readonly #context: RunContext
  readonly #subscription: Disposable
  #fault: { readonly error: unknown } | undefined

  constructor(context: RunContext) {
    this.#context = context
    watched.add(context.run.id)
    this.#subscription = uncaught.subscribe((thrown) => this.#onUncaught(thrown))
  }

  /** What came from none of the steps that were executing. */
  get fault(): { readonly error: unknown } | undefined {
    return this.#fault
  }

  [Symbol.dispose](): void {
    watched.delete(this.#context.run.id)
    this.#subscription[Symbol.dispose]()
  }

  #onUncaught(thrown: unknown): void {
    if (uncaught.isHeardElsewhere) return
    const { run, stop } = this.#context
    const scope = currentStepScope()
    if (scope !== undefined && scope.run !== run.id && watched.has(scope.run)) return
    if (scope?.run === run.id && scope.fail(this.#errorOf(`Step "${scope.label}"`, thrown))) return
    const where =
      scope === undefined ? `The program around pipeline run ${run.name}` : `Step "${scope.label}", which had ended,`
    const error = this.#errorOf(where, thrown)
    this.#fault ??= { error }
    stop.abort(error)
  }

  #errorOf(where: string, thrown: unknown): CairnError {
    const { code, message, stack } = this.#redactor().error(errorRecord(thrown))
    const cause = Object.assign(new Error(message), { name: code, stack })
    const problem = `${code} ${message.trim().replace(/\.$/, '')}`
    return cairnError('CAIRN_ERROR_UNCAUGHT', { where, problem }, { cause })
  }

  /** Hides the secrets of all steps: whoever threw it may have got them from another one. */
  #redactor(): Redactor {
    const names = this.#context.live.plan.invocations.flatMap(({ options }) => options.secrets ?? [])
    return new Redactor(Object.fromEntries(names.map((name) => [name, process.env[name]])))
  }
}
