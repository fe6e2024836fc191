import type { MetadataStore } from '@cairnml/core'

const PAGE = 2000

/** What step runs tell of one cache entry. */
export interface Use {
  /** When a step run last began with it, in milliseconds since the epoch. */
  readonly lastUsedAt: number
  /** How many step runs reused it. */
  readonly reuses: number
}

/** The use of every cache entry that a step run points to, by the entry's id. All step runs are read. */
export async function usesOfEntries(store: MetadataStore): Promise<ReadonlyMap<string, Use>> {
  const uses = new Map<string, Use>()
  let cursor: string | undefined
  do {
    const page = await store.query('stepRun', { limit: PAGE, cursor })
    for (const { entry, status, startedAt } of page.items) {
      if (entry === undefined) continue
      const { lastUsedAt = startedAt, reuses = 0 } = uses.get(entry) ?? {}
      const reused = status === 'cached' ? 1 : 0
      uses.set(entry, { lastUsedAt: Math.max(lastUsedAt, startedAt), reuses: reuses + reused })
    }
    cursor = page.cursor
  } while (cursor !== undefined)
  return uses
}
