import { isCairnError } from '../errors/cairn-error.ts'

/** An error as it is stored: what a person needs, without the stack's paths of one machine. */
export interface ErrorRecord {
  /** A Cairn code, the error's own `code`, or its class name. */
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
  readonly stack?: string | undefined
}

/** Turns anything that was thrown into a record. */
export function errorRecord(thrown: unknown): ErrorRecord {
  if (!(thrown instanceof Error)) return { code: 'THROWN', message: printThrown(thrown) }
  const code: unknown = 'code' in thrown ? thrown.code : undefined
  return {
    code: typeof code === 'string' && code !== '' ? code : thrown.name || 'Error',
    message: String(thrown.message),
    ...(isCairnError(thrown) && thrown.hint !== undefined ? { hint: thrown.hint } : {}),
    ...(typeof thrown.stack === 'string' ? { stack: thrown.stack } : {}),
  }
}

function printThrown(thrown: unknown): string {
  try {
    return typeof thrown === 'string' ? thrown : `${JSON.stringify(thrown) ?? String(thrown)} was thrown`
  } catch {
    return `A value of type ${typeof thrown} was thrown`
  }
}
