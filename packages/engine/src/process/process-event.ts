const OWN = Symbol.for('cairnml/process-event')

type Listener = (...args: readonly unknown[]) => void

/**
 * An event of the process that any number of runs and steps wait for. It takes one listener of the process, and only
 * while somebody waits: Node warns of a leak at the eleventh, and a listener for a signal changes what the signal does.
 */
export class ProcessEvent {
  readonly #name: string
  readonly #waiting = new Set<Listener>()
  readonly #tell: Listener = Object.assign(
    (...args: readonly unknown[]) => {
      for (const listener of this.#waiting) listener(...args)
    },
    { [OWN]: true },
  )

  constructor(name: 'beforeExit' | 'exit' | 'uncaughtException' | 'SIGINT' | 'SIGTERM') {
    this.#name = name
  }

  /** Whether somebody else in the process waits for the event, another copy of this package aside. */
  get isHeardElsewhere(): boolean {
    return process.listeners(this.#name as 'exit').some((listener) => !(OWN in listener))
  }

  /** Calls a function at the event, until the subscription is disposed. */
  subscribe(listener: Listener): Disposable {
    // A run knows more about its end than the command that it is part of, and speaks first.
    if (this.#waiting.size === 0) process.prependListener(this.#name as 'exit', this.#tell)
    this.#waiting.add(listener)
    return {
      [Symbol.dispose]: () => {
        this.#waiting.delete(listener)
        if (this.#waiting.size === 0) process.removeListener(this.#name, this.#tell)
      },
    }
  }
}
