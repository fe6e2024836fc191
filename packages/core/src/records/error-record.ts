import { isCairnError } from '../errors/cairn-error.ts'
import { withoutSecrets } from '../secrets/known-secrets.ts'

/** An error as it is stored: what a person needs to see, and the stack for whoever looks for the cause. */
export interface ErrorRecord {
  /** A Cairn code, the error's own `code`, or its class name. */
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
  readonly stack?: string | undefined
  /** Seconds after which the error itself asks to be tried again. */
  readonly retryAfter?: number | undefined
}

/** Turns anything that was thrown into a record, without the secrets of components. */
export function errorRecord(thrown: unknown): ErrorRecord {
  if (!(thrown instanceof Error)) return { code: 'THROWN', message: withoutSecrets(printThrown(thrown)) }
  const code: unknown = 'code' in thrown ? thrown.code : undefined
  return {
    code: withoutSecrets(typeof code === 'string' && code !== '' ? code : thrown.name || 'Error'),
    message: withoutSecrets(String(thrown.message)),
    ...(isCairnError(thrown) && thrown.hint !== undefined ? { hint: withoutSecrets(thrown.hint) } : {}),
    ...(typeof thrown.stack === 'string' ? { stack: withoutSecrets(thrown.stack) } : {}),
    ...('retryAfter' in thrown && isDelay(thrown.retryAfter) ? { retryAfter: thrown.retryAfter } : {}),
  }
}

function isDelay(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function printThrown(thrown: unknown): string {
  try {
    return typeof thrown === 'string' ? thrown : `${JSON.stringify(thrown) ?? String(thrown)} was thrown`
  } catch {
    return `A value of type ${typeof thrown} was thrown`
  }
}
