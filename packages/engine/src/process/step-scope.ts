import { AsyncLocalStorage } from 'node:async_hooks'

/** One attempt of a step in this process, from its call on, with everything that it starts. */
export interface StepScope {
  /** Id of the run. */
  readonly run: string
  readonly label: string
  /** Ends the attempt with an error; `false` if it has ended already. */
  fail(error: Error): boolean
}

const scopes = new AsyncLocalStorage<StepScope>()

/** Does work of which it is known later, in timers and events too, to which step it belongs. */
export function inStepScope<T>(scope: StepScope, work: () => T): T {
  return scopes.run(scope, work)
}

/** The step that the current work belongs to, if it belongs to one. */
export function currentStepScope(): StepScope | undefined {
  return scopes.getStore()
}
