import { listings, listingsOf, type ListedEntry, type Listing } from './list-entries.ts'
import { listResults } from './list-results.ts'
import { liveRuns } from './live-runs.ts'
import type { CacheStores } from './open-cache.ts'
import { planPrune, type PruneCandidate, type PruneReason, type PruneRules } from './prune-plan.ts'
import { removeResults } from './remove-results.ts'
import { selectEntries } from './select-entries.ts'
import { bytesOf, type StoredResult } from './stored-result.ts'
import { listContent, sweepable, sweepContent, unreferenced, type Swept } from './sweep-content.ts'

/** An entry that is to go. */
export interface DoomedEntry extends ListedEntry {
  /** The rule that it goes by; absent where it was named. */
  readonly reason?: PruneReason | undefined
}

/** What a removal would do, found out without doing anything. */
export interface RemovalProposal {
  readonly entries: readonly DoomedEntry[]
  /** Bytes of content that only these entries hold. */
  readonly bytes: number
  /** Content that nothing refers to, and manifests of failed attempts, that would go, too. */
  readonly orphans: { readonly objects: number; readonly bytes: number }
  /** What is left: entries, and bytes of their content. */
  readonly kept: { readonly entries: number; readonly bytes: number }
  /** Names of runs that are going on: while they do, content stays. */
  readonly liveRuns: readonly string[]
  /** For `removeProposed`. */
  readonly results: readonly StoredResult[]
  readonly sweepsOrphans: boolean
}

/** What a removal did. */
export interface Removal {
  readonly entries: number
  readonly swept: Swept
}

/**
 * Proposes to remove the entries that are named.
 *
 * @param given names of steps, starts of keys, ids of entries
 * @throws CAIRN_CACHE_ENTRY_UNKNOWN, CAIRN_CACHE_ENTRY_AMBIGUOUS
 */
export async function proposeRemoval(stores: CacheStores, given: readonly string[]): Promise<RemovalProposal> {
  const all = await listings(stores)
  const chosen = new Set(selectEntries(all, given))
  const keep = all.filter((listing) => !chosen.has(listing))
  const doomed = [...chosen].map((listing) => ({ listing }))
  return proposal({ doomed, keep, runs: await namesOfLiveRuns(all, stores), orphans: undefined })
}

/** Proposes to remove what rules do not let stay, and what is old: left-over content, manifests of failed attempts. */
export async function proposePrune(
  stores: CacheStores,
  rules: PruneRules,
  nowMs: number = Date.now(),
): Promise<RemovalProposal> {
  const { results, failures } = await listResults(stores.artifactStore)
  const all = await listingsOf(results, stores)
  const plan = planPrune(all.map(candidate), rules, nowMs)
  const doomed = plan.remove.map(({ candidate: { listing }, reason }) => ({ listing, reason }))
  const keep = plan.keep.map(({ listing }) => listing)
  const unused = unreferenced(await listContent(stores.artifactStore), results)
  const orphans = sweepable([...failures, ...unused], { released: [], orphans: true, nowMs })
  return proposal({ doomed, keep, runs: await namesOfLiveRuns([...all, ...orphans], stores), orphans })
}

/** Removes what was proposed, and then the content that nothing refers to any more. */
export async function removeProposed(stores: CacheStores, proposed: RemovalProposal): Promise<Removal> {
  const { results, sweepsOrphans } = proposed
  await removeResults(results, stores)
  if (results.length === 0 && proposed.orphans.objects === 0) return { entries: 0, swept: { objects: 0, bytes: 0 } }
  const swept = await sweepContent(stores, { released: results, orphans: sweepsOrphans, nowMs: Date.now() })
  return { entries: results.length, swept }
}

interface Parts {
  readonly doomed: readonly { readonly listing: Listing; readonly reason?: PruneReason }[]
  readonly keep: readonly Listing[]
  readonly runs: readonly string[]
  readonly orphans: readonly { readonly size: number }[] | undefined
}

function proposal({ doomed, keep, runs, orphans }: Parts): RemovalProposal {
  const results = doomed.map(({ listing }) => listing.result)
  const kept = keep.flatMap(({ result }) => result.content)
  const keptKeys = new Set(kept.map(({ key }) => key))
  const freed = results.flatMap(({ content }) => content.filter(({ key }) => !keptKeys.has(key)))
  const orphanBytes = (orphans ?? []).reduce((sum, { size }) => sum + size, 0)
  return {
    entries: doomed.map(({ listing, reason }) => ({ ...listing.entry, ...(reason === undefined ? {} : { reason }) })),
    bytes: bytesOf(freed),
    orphans: { objects: orphans?.length ?? 0, bytes: orphanBytes },
    kept: { entries: keep.length, bytes: bytesOf(kept) },
    liveRuns: runs,
    results,
    sweepsOrphans: orphans !== undefined,
  }
}

interface Candidate extends PruneCandidate {
  readonly listing: Listing
}

function candidate(listing: Listing): Candidate {
  const { id, step, madeAt, lastUsedAt } = listing.entry
  return { id, step, madeAt, lastUsedAt, content: listing.result.content, listing }
}

/** Where nothing is stored there may be no database, and none is made. */
async function namesOfLiveRuns(stored: readonly unknown[], stores: CacheStores): Promise<readonly string[]> {
  if (stored.length === 0) return []
  return (await liveRuns(stores.metadataStore)).map(({ name }) => name)
}
