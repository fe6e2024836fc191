import { withoutSecrets } from '../secrets/known-secrets.ts'
import { CATALOGUE, type ErrorCode, type ErrorDetails } from './catalogue.ts'

const BRAND = Symbol.for('cairnml/error')

/** What an error is made of. Code and message are permanent parts of the interface; details are safe to print. */
export interface CairnErrorFields {
  readonly code: string
  readonly message: string
  /** What to do about it, one or two sentences. */
  readonly hint?: string | undefined
  /** JSON-safe facts behind the message, without secrets. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
  /** Exit code of a command that ends with this error. @default 2, a wrong call or configuration */
  readonly exitCode?: number | undefined
  readonly cause?: unknown
}

/** The one error class of Cairn. Plugins throw it too, with the codes of their port's contract or codes of their own. */
export class CairnError extends Error {
  readonly code: string
  readonly hint: string | undefined
  readonly details: Readonly<Record<string, unknown>>
  readonly exitCode: number

  constructor(fields: CairnErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause })
    this.name = 'CairnError'
    Object.defineProperty(this, BRAND, { value: true })
    this.code = fields.code
    this.hint = fields.hint
    this.details = fields.details ?? {}
    this.exitCode = fields.exitCode ?? 2
  }
}

/**
 * Makes an error from the catalogue: message and hint come from the entry, the details from the place that noticed.
 *
 * @example
 * throw cairnError('CAIRN_RUN_NAME_TAKEN', { name: 'nightly' })
 */
export function cairnError<C extends ErrorCode>(
  code: C,
  details: ErrorDetails<C>,
  options: { readonly cause?: unknown } = {},
): CairnError {
  const entry = CATALOGUE[code]
  // Sound: `details` has the type that this very entry's functions take; the union of all entries hides it.
  const render = entry.message as (details: ErrorDetails<C>) => string
  const hint = entry.hint as string | ((details: ErrorDetails<C>) => string) | undefined
  return new CairnError({
    code,
    message: render(details),
    hint: typeof hint === 'function' ? hint(details) : hint,
    details: details as Readonly<Record<string, unknown>>,
    exitCode: entry.exitCode,
    cause: options.cause,
  })
}

/** Whether a value is a Cairn error, also one made by another copy of this package. */
export function isCairnError(error: unknown, code?: string): error is CairnError {
  if (typeof error !== 'object' || error === null || !(BRAND in error)) return false
  return code === undefined || (error as { readonly code?: unknown }).code === code
}

/** The error as a person reads it: code and message, then what to do, then where to read more. */
export function describeError(error: CairnError): string {
  const lines = [`${error.code}: ${error.message}`]
  if (error.hint !== undefined) lines.push(error.hint)
  return withoutSecrets(lines.join('\n'))
}
