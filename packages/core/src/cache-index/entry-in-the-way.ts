import type { CacheEntry } from '../artifact/result-manifest.ts'

/**
 * The entry that stands in the way of appending another one, or `undefined` where it may be appended: the entry of the
 * same id, or else the newest one if it was added after `seen`.
 *
 * @param entries newest first
 * @param seen id of the newest entry that the writer knew
 */
export function entryInTheWay(
  entries: readonly CacheEntry[],
  entry: CacheEntry,
  seen: string | undefined,
): CacheEntry | undefined {
  const same = entries.find(({ id }) => id === entry.id)
  const newest = entries[0]
  if (same !== undefined || newest === undefined) return same
  if (seen === undefined || entries.some(({ id }) => id === seen)) return newest.id === seen ? undefined : newest
  // The one that was seen has been removed since; ids sort by time.
  return newest.id > seen ? newest : undefined
}
