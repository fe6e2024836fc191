import { type Acceptance, type CacheEntry, DEFAULT_ZONE, entryKey, sortableId, thisProcess } from '@cairnml/core'

import type { Components } from '../execute/run-context.ts'
import { keepKeyTree } from '../record/keep-key-tree.ts'
import type { AcceptanceProposal, StepAcceptance } from './propose-acceptance.ts'

/**
 * Keeps earlier results under new keys, marked with who said so and why.
 *
 * @returns the entry under the new key of each step; where another process was first, that one's
 */
export async function acceptProposed(
  { steps, components }: AcceptanceProposal,
  reason: string | undefined,
): Promise<readonly CacheEntry[]> {
  const entries: CacheEntry[] = []
  for (const step of steps) entries.push(await accept(step, reason, components))
  return entries
}

async function accept(step: StepAcceptance, reason: string | undefined, components: Components): Promise<CacheEntry> {
  const { key, tree, earlier, newest } = step
  const { user, host } = thisProcess()
  const accepted: Acceptance = {
    from: earlier.entry.id,
    by: `${user}@${host}`,
    at: Date.now(),
    ...(reason === undefined ? {} : { reason }),
  }
  const entry: CacheEntry = { ...earlier.entry, id: sortableId(accepted.at), key, accepted }
  const { artifactStore, metadataStore, cacheIndex } = components
  await artifactStore.put(entryKey(DEFAULT_ZONE, key, entry.id), Buffer.from(JSON.stringify(entry)))
  await keepKeyTree(metadataStore, key, tree)
  return cacheIndex.put(key, entry, { seen: newest })
}
