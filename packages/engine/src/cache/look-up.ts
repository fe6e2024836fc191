import { cachePrefix, isPresent, readWhole, type CacheEntry, type StepForCaching } from '@cairnml/core'

import type { Components } from '../execute/run-context.ts'
import { ZONE } from './zone.ts'

/** What is known under a key. */
export interface Found {
  /** The newest entry that may be used. */
  readonly entry?: CacheEntry | undefined
  /** Whether the index does not have that entry. */
  readonly isUnindexed?: boolean | undefined
  /** Id of the newest entry in the index, usable or not. */
  readonly newest?: string | undefined
}

/**
 * Looks a key up and writes nothing: in the index, else in the artifact store itself, where a result lies whose process
 * died before it was indexed. Of several entries the newest counts whose outputs are all there and that the policy
 * accepts.
 */
export async function lookUp(key: string, step: StepForCaching, components: Components): Promise<Found> {
  const indexed = await components.cacheIndex.get(key)
  const newest = indexed[0]?.id
  const entry = await firstUsable(indexed, step, components)
  if (entry !== undefined) return { entry, newest }
  const known = new Set(indexed.map(({ id }) => id))
  const others = (await entriesInStore(key, components)).filter(({ id }) => !known.has(id))
  const found = await firstUsable(others, step, components)
  return found === undefined ? { newest } : { entry: found, isUnindexed: true, newest }
}

async function firstUsable(
  entries: readonly CacheEntry[],
  step: StepForCaching,
  components: Components,
): Promise<CacheEntry | undefined> {
  for (const entry of entries) if (await isUsable(entry, step, components)) return entry
  return undefined
}

async function isUsable(entry: CacheEntry, step: StepForCaching, components: Components): Promise<boolean> {
  for (const ref of Object.values(entry.outputs)) {
    if (!(await isPresent(components.artifactStore, ref))) return false
  }
  const verdict = await components.cachePolicy.accept?.(entry, step)
  return verdict?.accepted ?? true
}

async function entriesInStore(key: string, components: Components): Promise<readonly CacheEntry[]> {
  const entries: CacheEntry[] = []
  for await (const { key: object } of components.artifactStore.list(cachePrefix(ZONE, key))) {
    const bytes = await readWhole(components.artifactStore, object)
    const entry = bytes === undefined ? undefined : parseEntry(bytes, key)
    if (entry !== undefined) entries.push(entry)
  }
  // Ids sort by time.
  return entries.toSorted((a, b) => (a.id < b.id ? 1 : -1))
}

/** An entry from its bytes, or `undefined` for what is no entry of this key: it is then as if it were not there. */
function parseEntry(bytes: Uint8Array, key: string): CacheEntry | undefined {
  try {
    const entry = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<CacheEntry> | null
    if (entry === null) return undefined
    const isEntry =
      entry.format === 1 && entry.key === key && entry.status === 'completed' && entry.outputs !== undefined
    return isEntry ? (entry as CacheEntry) : undefined
  } catch {
    return undefined
  }
}
