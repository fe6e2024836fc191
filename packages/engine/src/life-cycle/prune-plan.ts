import { holdersOf } from './list-entries.ts'
import { bytesOf, type ContentObject } from './stored-result.ts'

/** What may stay in a cache. Without any rule everything may. */
export interface PruneRules {
  /** Removes what was not used for longer than this, in milliseconds. */
  readonly olderThanMs?: number | undefined
  /** Removes the least recently used until the content that is left has at most this many bytes. */
  readonly maxBytes?: number | undefined
  /** The newest results of each step that stay whatever the other rules say; alone, only they stay. */
  readonly keepLast?: number | undefined
}

/** A result that rules are applied to. Times are milliseconds since the epoch. */
export interface PruneCandidate {
  readonly id: string
  readonly step: string
  readonly madeAt: number
  readonly lastUsedAt: number
  readonly content: readonly ContentObject[]
}

/** Which rule a result goes by. */
export type PruneReason = 'age' | 'size' | 'count'

/** What goes and what stays. */
export interface PrunePlan<C extends PruneCandidate> {
  /** In the order in which the rules chose them. */
  readonly remove: readonly { readonly candidate: C; readonly reason: PruneReason }[]
  readonly keep: readonly C[]
  /** Bytes that nothing holds any more once `remove` is gone. */
  readonly freedBytes: number
  readonly keptBytes: number
}

/** Decides what goes. Pure: the same candidates, rules and time give the same plan. */
export function planPrune<C extends PruneCandidate>(
  candidates: readonly C[],
  rules: PruneRules,
  nowMs: number,
): PrunePlan<C> {
  const { olderThanMs, maxBytes, keepLast } = rules
  const guarded = keepLast === undefined ? new Set<C>() : newestOfEachStep(candidates, keepLast)
  const remove = new Map<C, PruneReason>()
  const free = candidates.filter((candidate) => !guarded.has(candidate)).toSorted(byLastUse)
  if (olderThanMs !== undefined) {
    for (const candidate of free) if (nowMs - candidate.lastUsedAt > olderThanMs) remove.set(candidate, 'age')
  }
  if (keepLast !== undefined && olderThanMs === undefined && maxBytes === undefined) {
    for (const candidate of free) remove.set(candidate, 'count')
  }
  if (maxBytes !== undefined) {
    const left = candidates.filter((candidate) => !remove.has(candidate))
    for (const candidate of leastUsedBeyond(left, free, maxBytes)) remove.set(candidate, 'size')
  }
  const keep = candidates.filter((candidate) => !remove.has(candidate))
  const keptBytes = bytesOf(keep.flatMap(({ content }) => content))
  const bytes = bytesOf(candidates.flatMap(({ content }) => content))
  return {
    remove: [...remove].map(([candidate, reason]) => ({ candidate, reason })),
    keep,
    keptBytes,
    freedBytes: bytes - keptBytes,
  }
}

/** Of `left`, the first of `free` that have to go until the rest fits. What has no content would free nothing. */
function leastUsedBeyond<C extends PruneCandidate>(left: readonly C[], free: readonly C[], maxBytes: number): C[] {
  const holders = holdersOf(left)
  const isLeft = new Set(left)
  const gone: C[] = []
  let bytes = bytesOf(left.flatMap(({ content }) => content))
  for (const candidate of free) {
    if (bytes <= maxBytes) break
    if (!isLeft.has(candidate) || candidate.content.length === 0) continue
    gone.push(candidate)
    for (const { key, size } of candidate.content) {
      const others = (holders.get(key) ?? 1) - 1
      holders.set(key, others)
      if (others === 0) bytes -= size
    }
  }
  return gone
}

function newestOfEachStep<C extends PruneCandidate>(candidates: readonly C[], count: number): Set<C> {
  const newest = candidates.toSorted((a, b) => b.madeAt - a.madeAt || (a.id < b.id ? 1 : -1))
  const byStep = Map.groupBy(newest, ({ step }) => step)
  return new Set([...byStep.values()].flatMap((ofStep) => ofStep.slice(0, count)))
}

function byLastUse(a: PruneCandidate, b: PruneCandidate): number {
  return a.lastUsedAt - b.lastUsedAt || (a.id < b.id ? -1 : 1)
}
