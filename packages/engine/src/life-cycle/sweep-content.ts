import { logPrefixOf, type ArtifactStore, type ObjectInfo } from '@cairnml/core'

import { listResults } from './list-results.ts'
import { liveRuns } from './live-runs.ts'
import type { CacheStores } from './open-cache.ts'
import type { StoredResult } from './stored-result.ts'

/**
 * Content that nothing refers to stays for this long after it was put: somebody may be about to write the manifest that
 * refers to it.
 */
export const GRACE_MS: number = 24 * 60 * 60 * 1000

/** The same for logs: those of attempts that failed are what somebody may want to read. */
export const LOG_GRACE_MS: number = 30 * GRACE_MS

/** Deletions between two looks at what goes on. */
const BATCH = 64

/** Why content that nothing refers to was left where it is. */
export type HeldBack =
  /** Runs are going on, which may be about to refer to it. */
  | { readonly because: 'runs'; readonly runs: readonly string[] }
  /** A newer Cairn wrote results whose references this one cannot read. */
  | { readonly because: 'unknown-results'; readonly objects: readonly string[] }

/** What a sweep did. */
export interface Swept {
  readonly objects: number
  readonly bytes: number
  readonly heldBack?: HeldBack | undefined
}

/** What may be swept. */
export interface SweepRequest {
  /** Results that were just removed: what only they referred to goes at once. */
  readonly released: readonly StoredResult[]
  /** Whether everything else goes, too, that nothing refers to and that is older than `GRACE_MS`. */
  readonly orphans: boolean
  readonly nowMs: number
}

/** Deletes content that no result refers to, what refers before what it refers to, and what failed attempts left. */
export async function sweepContent(stores: CacheStores, request: SweepRequest): Promise<Swept> {
  const held = await runsHoldBack(stores)
  if (held !== undefined) return { objects: 0, bytes: 0, heldBack: held }
  // In this order: content that is put after it was listed is no candidate, whoever refers to it.
  const content = await listContent(stores.artifactStore)
  const { results, failures, unknown } = await listResults(stores.artifactStore)
  if (unknown.length > 0) return { objects: 0, bytes: 0, heldBack: { because: 'unknown-results', objects: unknown } }
  return deleteAll(sweepable([...failures, ...unreferenced(content, results)], request), stores)
}

/** Everything in the store that holds content: lists first, logs last. */
export async function listContent(store: ArtifactStore): Promise<readonly ObjectInfo[]> {
  const content: ObjectInfo[] = []
  for await (const object of store.list('trees/')) content.push(object)
  for await (const object of store.list('blobs/')) content.push(object)
  for await (const object of store.list('runs/')) if (logPrefixOf(object.key) !== undefined) content.push(object)
  return content
}

/** The content that none of these results refers to. */
export function unreferenced(content: readonly ObjectInfo[], results: readonly StoredResult[]): readonly ObjectInfo[] {
  const referenced = new Set(results.flatMap((result) => result.content.map(({ key }) => key)))
  return content.filter(({ key }) => !referenced.has(key))
}

/** Of what nothing refers to, what may go. */
export function sweepable(unused: readonly ObjectInfo[], request: SweepRequest): readonly ObjectInfo[] {
  const releasedAt = new Map<string, number>()
  for (const { content, putAt } of request.released) {
    for (const { key } of content) releasedAt.set(key, Math.max(putAt, releasedAt.get(key) ?? putAt))
  }
  return unused.filter(({ key, lastModifiedMs }) => {
    const graceMs = logPrefixOf(key) === undefined ? GRACE_MS : LOG_GRACE_MS
    if (request.orphans && request.nowMs - lastModifiedMs > graceMs) return true
    // What was put again after the result was written belongs to somebody else by now.
    return lastModifiedMs <= (releasedAt.get(key) ?? Number.NEGATIVE_INFINITY)
  })
}

async function deleteAll(objects: readonly ObjectInfo[], stores: CacheStores): Promise<Swept> {
  let bytes = 0
  for (const [index, { key, size }] of objects.entries()) {
    const heldBack = index > 0 && index % BATCH === 0 ? await runsHoldBack(stores) : undefined
    if (heldBack !== undefined) return { objects: index, bytes, heldBack }
    await stores.artifactStore.delete(key)
    bytes += size
  }
  return { objects: objects.length, bytes }
}

async function runsHoldBack(stores: CacheStores): Promise<HeldBack | undefined> {
  const runs = await liveRuns(stores.metadataStore)
  return runs.length === 0 ? undefined : { because: 'runs', runs: runs.map(({ name }) => name) }
}
