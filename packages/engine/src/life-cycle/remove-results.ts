import type { CacheStores } from './open-cache.ts'
import { isReusable, type StoredResult } from './stored-result.ts'

/**
 * Removes results so that nobody finds them any more: from the index, then their manifests. Their content is left to
 * `sweepContent`.
 */
export async function removeResults(results: readonly StoredResult[], stores: CacheStores): Promise<void> {
  for (const result of results) await removeResult(result, stores)
}

async function removeResult(result: StoredResult, { artifactStore, cacheIndex }: CacheStores): Promise<void> {
  const { key, id } = result.manifest
  if (key === undefined || !isReusable(result)) return artifactStore.delete(result.object)
  await cacheIndex.remove(key, id)
  await artifactStore.delete(result.object)
  // A run that looked it up in between found the manifest and put it back into the index.
  await cacheIndex.remove(key, id)
}
