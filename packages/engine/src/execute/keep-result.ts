import { errorRecord, type CacheEntry, type ResultManifest } from '@cairnml/core'

import type { StepKey } from '../cache/describe-step.ts'
import type { PlannedInvocation } from '../plan/plan.ts'
import { keepKeyTree } from '../record/keep-key-tree.ts'
import type { RunContext } from './run-context.ts'

/** Whose result is kept, and what was known under its key before. */
export interface KeepRequest {
  readonly invocation: PlannedInvocation
  readonly key: StepKey | undefined
  /** Id of the newest entry that the index had. */
  readonly newest: string | undefined
}

/**
 * Puts a reusable result into the index. Where another process was first, its result is the one that counts, so that
 * all processes go on with the same bytes. A result that could not be indexed is found by its key all the same.
 */
export async function keepResult<M extends ResultManifest>(
  manifest: M,
  { invocation, key, newest }: KeepRequest,
  context: RunContext,
): Promise<M | CacheEntry> {
  if (manifest.key === undefined || key?.key === undefined) return manifest
  const { cacheIndex, metadataStore } = context.components
  try {
    // Before the entry: nobody writes the parts of a key once a look-up in the index finds a result under it.
    await keepKeyTree(metadataStore, manifest.key, key.tree)
    // Sound: a completed manifest with a key is a cache entry.
    return await cacheIndex.put(manifest.key, manifest as CacheEntry & M, { seen: newest })
  } catch (error) {
    context.report.stepNotIndexed(invocation.label, errorRecord(error))
    return manifest
  }
}
