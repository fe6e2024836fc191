import { listResults } from './list-results.ts'
import type { CacheStores } from './open-cache.ts'
import { recentUse, type RecentUse } from './recent-use.ts'
import { bytesOf, isReusable } from './stored-result.ts'
import { listContent, unreferenced } from './sweep-content.ts'

/** What a cache holds and what it was good for. */
export interface CacheMeasure {
  /** Results that can be reused. */
  readonly entries: number
  /** Results of steps that are not cached, kept for the runs that made them. */
  readonly runResults: number
  /** Bytes of the content of all results, what is shared counted once. */
  readonly bytes: number
  /** Content that no result refers to. */
  readonly unreferenced: { readonly objects: number; readonly bytes: number }
  readonly recent: RecentUse
}

/**
 * Measures a cache.
 *
 * @param runs how many of the newest runs count as recent
 */
export async function measureCache(stores: CacheStores, runs: number): Promise<CacheMeasure> {
  // Content first: what is put in the meantime is then not taken for unreferenced.
  const content = await listContent(stores.artifactStore)
  const { results } = await listResults(stores.artifactStore)
  const unused = unreferenced(content, results)
  const entries = results.filter(isReusable).length
  const isEmpty = content.length === 0 && results.length === 0
  return {
    entries,
    runResults: results.length - entries,
    bytes: bytesOf(results.flatMap((result) => result.content)),
    unreferenced: { objects: unused.length, bytes: bytesOf(unused) },
    recent: isEmpty ? { runs: 0, steps: [] } : await recentUse(stores.metadataStore, results, runs),
  }
}
