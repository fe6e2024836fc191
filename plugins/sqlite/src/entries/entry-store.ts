import type { CacheEntry } from '@cairnml/core'

/** What the cache index needs of Keyv: lists of entries, newest first, by their keys. */
export interface EntryStore {
  get(key: string): Promise<readonly CacheEntry[] | undefined>
  getMany(keys: string[]): Promise<(readonly CacheEntry[] | undefined)[]>
  /** Resolves with false where the list was not stored. */
  set(key: string, entries: readonly CacheEntry[]): Promise<boolean>
  delete(key: string): Promise<boolean>
}
