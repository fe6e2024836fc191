import type { Acceptance } from '@cairnml/core'

import { listResults } from './list-results.ts'
import type { CacheStores } from './open-cache.ts'
import { isReusable, madeAt, type ContentObject, type StoredResult } from './stored-result.ts'
import { usesOfEntries, type Use } from './uses.ts'

/** A stored result as people ask for it. Times are milliseconds since the epoch. */
export interface ListedEntry {
  readonly id: string
  /** `reusable` is a cache entry; `run` is kept for the run that made it, because its step is not cached. */
  readonly kind: 'reusable' | 'run'
  readonly step: string
  readonly key?: string | undefined
  /** Bytes of all its content. */
  readonly size: number
  /** How many of these bytes belong to other results, too. */
  readonly shared: number
  /** How long the step took: what each reuse saves, in milliseconds. */
  readonly savesMs: number
  readonly reuses: number
  readonly madeAt: number
  /** When a step run last used it; when it was made, if none did. */
  readonly lastUsedAt: number
  readonly producer: { readonly user: string; readonly host: string }
  readonly run: { readonly id: string; readonly name: string; readonly pipeline: string }
  readonly accepted?: Acceptance | undefined
}

/** A stored result with what is said of it. */
export interface Listing {
  readonly entry: ListedEntry
  readonly result: StoredResult
}

/** Every stored result of a cache, oldest first. */
export async function listEntries(stores: CacheStores): Promise<readonly ListedEntry[]> {
  return (await listings(stores)).map(({ entry }) => entry)
}

/** The same with where it lies. */
export async function listings(stores: CacheStores): Promise<readonly Listing[]> {
  const { results } = await listResults(stores.artifactStore)
  return listingsOf(results, stores)
}

/** The same of results that were listed already. */
export async function listingsOf(
  results: readonly StoredResult[],
  stores: Pick<CacheStores, 'metadataStore'>,
): Promise<readonly Listing[]> {
  // Where nothing is stored there may be no database either, and none is made.
  if (results.length === 0) return []
  const uses = await usesOfEntries(stores.metadataStore)
  const holders = holdersOf(results)
  return results.map((result) => ({ entry: listed(result, uses.get(result.manifest.id), holders), result }))
}

/** By how many results each object is held. */
export function holdersOf(results: readonly { readonly content: readonly ContentObject[] }[]): Map<string, number> {
  const holders = new Map<string, number>()
  for (const { content } of results) for (const { key } of content) holders.set(key, (holders.get(key) ?? 0) + 1)
  return holders
}

function listed(result: StoredResult, use: Use | undefined, holders: ReadonlyMap<string, number>): ListedEntry {
  const { manifest, content } = result
  const { id, step, key, run, producer, accepted } = manifest
  const sum = (objects: readonly ContentObject[]): number => objects.reduce((bytes, { size }) => bytes + size, 0)
  const made = madeAt(result)
  return {
    id,
    kind: isReusable(result) ? 'reusable' : 'run',
    step,
    ...(key === undefined ? {} : { key }),
    size: sum(content),
    shared: sum(content.filter((object) => (holders.get(object.key) ?? 0) > 1)),
    savesMs: Math.max(0, manifest.endedAt - manifest.startedAt),
    reuses: use?.reuses ?? 0,
    madeAt: made,
    lastUsedAt: Math.max(made, use?.lastUsedAt ?? made),
    producer: { user: producer.user, host: producer.host },
    run: { id: run.id, name: run.name, pipeline: run.pipeline },
    ...(accepted === undefined ? {} : { accepted }),
  }
}
