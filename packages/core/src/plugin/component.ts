/** What every component of a stack has. */
export interface Component {
  /** The instance, as named in the stack; it appears in records and messages. */
  readonly name: string
  /** The implementation, stable for ever: `local`, `s3`. */
  readonly type: string
  /**
   * Talks to the service behind it, if there is one, and rejects with what is wrong: for `cairn stack validate --check`.
   * It changes nothing that lasts, does not make what is not there yet, and ends with its signal; after 30 seconds nobody
   * waits for it.
   */
  check?(options?: OperationOptions): Promise<void>
}

/** The last argument of every asynchronous method of a port. */
export interface OperationOptions {
  /** Ends the operation early; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** A component that holds something open; the stack closes it, last created first. */
export interface DisposableComponent {
  [Symbol.asyncDispose](): Promise<void>
}

/** Whether a value holds something open that has to be closed. */
export function isDisposable(value: unknown): value is DisposableComponent {
  return typeof value === 'object' && value !== null && Symbol.asyncDispose in value
}
