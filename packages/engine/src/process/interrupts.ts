import { ProcessEvent } from './process-event.ts'

/** Exit codes of a process that a signal ended: 128 and the number of the signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

/** A signal that ends runs. */
export type Interrupt = keyof typeof EXIT_CODES

const EVENTS = { SIGINT: new ProcessEvent('SIGINT'), SIGTERM: new ProcessEvent('SIGTERM') } as const

/** The exit code after a signal. */
export function interruptExitCode(signal: Interrupt): number {
  return EXIT_CODES[signal]
}

/**
 * While a run goes on, the first Ctrl-C (or SIGTERM) is passed to it so that it cancels and records; the second leaves
 * at once.
 */
export function onInterrupt(cancel: (signal: Interrupt) => void): Disposable {
  let seen = false
  const subscriptions = new DisposableStack()
  for (const signal of Object.keys(EXIT_CODES) as Interrupt[]) {
    const subscription = EVENTS[signal].subscribe(() => {
      if (seen) process.exit(EXIT_CODES[signal])
      seen = true
      cancel(signal)
    })
    subscriptions.use(subscription)
  }
  return subscriptions
}
