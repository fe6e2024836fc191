import { isPresent, type CacheEntry, type ResultManifest } from '@cairnml/core'

import type { PushContext } from './push-results.ts'

/**
 * Puts into the index over there, of entries that are in its store, the one that is reused here, so that it is reused
 * there, too. A result that was made there stays the one that is reused: what was made from it is under keys of its own.
 */
export async function indexNewest(key: string, pushed: readonly ResultManifest[], context: PushContext): Promise<void> {
  const { sides, tally, dryRun, signal } = context
  if (await countsOtherVariables(key, context)) {
    tally.unreachable += 1
    return
  }
  const here = (await sides.from.cacheIndex.get(key, { signal })).map(({ id }) => id)
  const best = pushed.toSorted((a, b) => rank(a.id, here) - rank(b.id, here) || (a.id < b.id ? 1 : -1))[0]
  if (best === undefined) return
  const there = await sides.to.cacheIndex.get(key, { signal })
  const state = await stateAmong(there, { best: best.id, here }, context)
  if (state !== undefined) {
    tally.keys[state] += 1
    return
  }
  // Sound: what lies under a cache key is a completed result with that key, as was checked when it was read.
  const entry = best as CacheEntry
  const seen = there[0]?.id
  const put = dryRun ? entry : await sides.to.cacheIndex.put(key, entry, { seen, signal })
  tally.keys[put.id === entry.id ? 'added' : 'kept'] += 1
}

/** What makes the best entry needless over there; nothing where it is needed. */
async function stateAmong(
  there: readonly CacheEntry[],
  { best, here }: { readonly best: string; readonly here: readonly string[] },
  { sides, signal }: PushContext,
): Promise<'present' | 'kept' | undefined> {
  if (there.some(({ id }) => id === best)) return 'present'
  for (const entry of there) {
    const refs = Object.values(entry.outputs)
    const found = await Promise.all(refs.map((ref) => isPresent(sides.to.artifactStore, ref, { signal })))
    if (!found.every(Boolean)) continue
    if (!here.includes(entry.id)) return 'kept'
    if (rank(entry.id, here) < rank(best, here)) return 'present'
  }
  return undefined
}

/** Place among the entries of an index, the one that is reused first; behind all where it is not among them. */
function rank(id: string, entries: readonly string[]): number {
  const at = entries.indexOf(id)
  return at === -1 ? entries.length : at
}

/** Whether a key has digests of variables that nobody makes over there. */
async function countsOtherVariables(key: string, { sides, sharesSecret }: PushContext): Promise<boolean> {
  if (sides.shared.includes('cacheIndex')) return false
  const record = await sides.from.metadataStore.get('keyTree', key)
  const counts = record?.tree.parts.some(({ label, value }) => label.startsWith('env:') && value !== null)
  return counts === true && !(await sharesSecret())
}
