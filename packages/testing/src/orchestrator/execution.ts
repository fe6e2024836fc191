import type { ExecutionContext, ResultManifest } from '@cairnml/core'

import { resultManifest } from '../fixtures/results.ts'

/** A context whose work is what the test says. */
export function executionContext(
  runHere: () => Promise<ResultManifest>,
  signal: AbortSignal = new AbortController().signal,
): ExecutionContext {
  return { signal, runHere }
}

/** Work that ends only when it is told to stop, as a worker does: with the manifest of a cancelled step. */
export async function workUntilAborted(signal: AbortSignal): Promise<ResultManifest> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  return resultManifest({ status: 'cancelled', outputs: {} })
}
