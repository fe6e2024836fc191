import assert from 'node:assert/strict'

import { isCairnError } from '@cairnml/core'

/** Fails unless the work rejects, or throws, with a Cairn error of this code. */
export async function expectCode(code: string, work: () => unknown): Promise<void> {
  const error = await thrownBy(work)
  assert.ok(isCairnError(error, code), `expected ${code}, got ${describe(error)}`)
}

/** Fails unless the work rejects, or throws, with exactly this value. */
export async function expectReason(reason: unknown, work: () => unknown): Promise<void> {
  const error = await thrownBy(work)
  assert.ok(error === reason, `expected the reason of the signal, got ${describe(error)}`)
}

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new assert.AssertionError({ message: 'expected an error, but it succeeded' })
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return isCairnError(error) ? `${error.code}: ${error.message}` : `${error.name}: ${error.message}`
}
