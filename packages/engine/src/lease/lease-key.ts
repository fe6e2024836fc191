import type { Busy, CacheIndex } from '@cairnml/core'

import { heartbeatOf } from './heartbeat.ts'
import { beginClaim } from './lease-owner.ts'
import { beatMs } from './lease-times.ts'

/** Which lease is asked for. */
export interface LeaseRequest {
  readonly index: CacheIndex
  readonly key: string
  /** Name of the run that wants it. */
  readonly run: string
  /** Fence of a lease whose holder is dead. */
  readonly takeOver: number | undefined
  /** How long a holder may be silent. */
  readonly leaseMs: number
  readonly signal: AbortSignal
}

/** A key that is leased, and stays so until it is released. */
export interface LeasedKey {
  release(): Promise<void>
}

/**
 * Asks for the lease of a key and keeps it alive.
 *
 * @throws what the index throws
 */
export async function leaseKey(request: LeaseRequest): Promise<LeasedKey | Busy | undefined> {
  const { index, key, takeOver, signal } = request
  const own = beginClaim(request.run)
  try {
    const got = await index.acquire?.(key, own.owner, { takeOver, signal })
    if (got === undefined || 'busy' in got) {
      own[Symbol.dispose]()
      return got
    }
    const heartbeat = heartbeatOf(index, beatMs(request.leaseMs))
    heartbeat.add(got)
    const release = async (): Promise<void> => {
      heartbeat.remove(got)
      // Where it fails nobody beats for the lease any more, and this process says that it was given up.
      await got.release().catch(() => undefined)
      own[Symbol.dispose]()
    }
    return { release }
  } catch (error) {
    own[Symbol.dispose]()
    throw error
  }
}
