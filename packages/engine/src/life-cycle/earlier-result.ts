import { isPresent, type ArtifactStore, type CacheEntry, type KeyTree, type ResultManifest } from '@cairnml/core'
import { compareKeyTrees, type KeyChange } from '@cairnml/core/explain'

import { weightOf } from './change-weight.ts'
import { listResults } from './list-results.ts'
import type { CacheStores } from './open-cache.ts'
import { isReusable } from './stored-result.ts'

/** An earlier result of a step, and in what its key differs from the one that is asked for. */
export interface EarlierResult {
  readonly entry: CacheEntry
  readonly changes: readonly KeyChange[]
}

/**
 * The result of a step that is nearest to a key: the one that differs least in what is more than code, then the one that
 * differs least at all, then the newest. All of its outputs are there.
 *
 * Explanations look among the newest step runs; here every result counts, also one that was itself accepted.
 */
export async function nearestEarlierResult(
  of: { readonly step: string; readonly tree: KeyTree },
  stores: CacheStores,
): Promise<EarlierResult | undefined> {
  const { results } = await listResults(stores.artifactStore)
  const found: EarlierResult[] = []
  for (const result of results) {
    const { manifest } = result
    if (manifest.step !== of.step || !isReusable(result) || !isEntry(manifest)) continue
    const tree = (await stores.metadataStore.get('keyTree', manifest.key))?.tree
    if (tree !== undefined) found.push({ entry: manifest, changes: compareKeyTrees(tree, of.tree) })
  }
  for (const earlier of found.toSorted(byDistance)) {
    if (await isWhole(earlier.entry, stores.artifactStore)) return earlier
  }
  return undefined
}

function byDistance(a: EarlierResult, b: EarlierResult): number {
  return distance(a) - distance(b) || a.changes.length - b.changes.length || (a.entry.id < b.entry.id ? 1 : -1)
}

function distance({ changes }: EarlierResult): number {
  return changes.filter((change) => weightOf(change) !== 'code').length
}

function isEntry(manifest: ResultManifest): manifest is CacheEntry {
  return manifest.key !== undefined && manifest.status === 'completed'
}

async function isWhole(entry: CacheEntry, store: ArtifactStore): Promise<boolean> {
  for (const ref of Object.values(entry.outputs)) if (!(await isPresent(store, ref))) return false
  return true
}
