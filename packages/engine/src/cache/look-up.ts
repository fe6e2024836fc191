import {
  cachePrefix,
  isPresent,
  readWhole,
  type CacheEntry,
  type StepForCaching,
} from '@cairnml/core'

import type { Components } from '../execute/run-context.ts'
import { ZONE } from './zone.ts'

/** What is known under a key. */
export interface Found {
  /** The newest entry that may be used. */
  readonly entry?: CacheEntry | undefined
  /** Id of the newest entry there is, usable or not. */
  readonly newest?: string | undefined
}

/**
 * Looks a key up: in the index, else in the artifact store itself, where a result lies whose process died before it was
 * indexed. Of several entries the newest counts whose outputs are all there and that the policy accepts.
 */
export async function lookUp(key: string, step: StepForCaching, components: Components): Promise<Found> {
  const indexed = await components.cacheIndex.get(key)
  const entries = indexed.length > 0 ? indexed : await entriesInStore(key, components)
  const newest = entries[0]?.id
  for (const entry of entries) {
    if (!(await isUsable(entry, step, components))) continue
    // Not in the index, so it is put there now: the next look-up is a single read again.
    if (indexed.length === 0) await components.cacheIndex.put(key, entry)
    return { entry, newest }
  }
  return { newest: indexed[0]?.id }
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
    const entry = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<CacheEntry>
    const isEntry = entry.format === 1 && entry.key === key && entry.status === 'completed' && entry.outputs !== undefined
    return isEntry ? (entry as CacheEntry) : undefined
  } catch {
    return undefined
  }
}
