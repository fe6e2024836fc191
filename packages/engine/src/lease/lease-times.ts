/** How long the holder of a lease may be silent: four times what SQLite waits for a lock. */
export const DEFAULT_LEASE_MS = 20_000

const BEATS_PER_LEASE = 6
const MOST_POLL_MS = 250
const POLLS_PER_LEASE = 20

/** How often a holder renews its leases, in milliseconds. */
export function beatMs(leaseMs: number): number {
  return leaseMs / BEATS_PER_LEASE
}

/** How often a waiter looks after the holder at most, in milliseconds. */
export function pollMs(leaseMs: number): number {
  return Math.min(MOST_POLL_MS, leaseMs / POLLS_PER_LEASE)
}
