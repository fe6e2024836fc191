import { randomUUID } from 'node:crypto'

import { isSurelyDead, thisProcess, type ProcessIdentity } from '@cairnml/core'

/** Tells the threads and copies of the engine in one process apart. */
const INSTANCE = randomUUID()

/** Claims of this engine for which it has asked for a lease and that have not ended. */
const live = new Set<number>()
let claims = 0

/** Who holds a lease, as everybody can read in the index. */
export interface LeaseOwner extends ProcessIdentity {
  readonly instance: string
  readonly claim: number
  /** Name of the run. */
  readonly run: string
}

/** One wish for a lease, from before it is asked for until it is given up. */
export interface OwnClaim extends Disposable {
  /** What the lease says of its owner. */
  readonly owner: string
}

/** Begins a claim; until it is disposed this process answers for a lease with its owner. */
export function beginClaim(run: string): OwnClaim {
  claims += 1
  const claim = claims
  live.add(claim)
  const owner: LeaseOwner = { ...thisProcess(), instance: INSTANCE, claim, run }
  return { owner: JSON.stringify(owner), [Symbol.dispose]: () => void live.delete(claim) }
}

/** Reads an owner; `undefined` for one that something else has written. */
export function parseOwner(text: string): LeaseOwner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<LeaseOwner> | null
    const isOwner = typeof owner?.host === 'string' && typeof owner.pid === 'number' && typeof owner.run === 'string'
    // Sound as far as it is read: the rest is only compared.
    return isOwner ? (owner as LeaseOwner) : undefined
  } catch {
    return undefined
  }
}

/** Whether nobody can be at work under a lease any more: its process is dead, or this one knows that it gave it up. */
export function isGone(owner: LeaseOwner): boolean {
  return owner.instance === INSTANCE ? !live.has(owner.claim) : isSurelyDead(owner)
}
