import type { Busy, CacheIndex } from '@cairnml/core'

import { waitFor } from '../execute/wait-for.ts'
import { HolderWatch } from './holder-watch.ts'
import { pollMs } from './lease-times.ts'

const FIRST_POLL_MS = 10
const SLOWER = 1.5

/** What is waited for. */
export interface HolderWait {
  readonly index: CacheIndex
  readonly key: string
  /** Who holds the key. */
  readonly holder: Busy
  /** Id of the newest entry that is known. */
  readonly newest: string | undefined
  /** How long a holder may be silent. */
  readonly leaseMs: number
  readonly signal: AbortSignal
}

/**
 * Waits while somebody works on a key: until there is a new entry, the lease is free, or its holder is dead. Gives the
 * fence of the dead one's lease.
 *
 * @throws the signal's reason, at once
 */
export async function awaitHolder(wait: HolderWait): Promise<number | undefined> {
  const { index, key, leaseMs, signal } = wait
  const watch = new HolderWatch(leaseMs)
  let delayMs = FIRST_POLL_MS
  for (
    let holder: Busy | undefined = wait.holder;
    holder !== undefined;
    holder = await index.holder?.(key, { signal })
  ) {
    if (watch.isDead(holder)) return holder.fence
    await waitFor(delayMs, signal)
    signal.throwIfAborted()
    delayMs = Math.min(delayMs * SLOWER, pollMs(leaseMs))
    const [entry] = await index.get(key, { signal })
    if (entry !== undefined && entry.id !== wait.newest) return undefined
  }
  return undefined
}
