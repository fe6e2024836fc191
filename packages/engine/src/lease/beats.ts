import type { Lease } from '@cairnml/core'

/** Renews the leases that it is told of, again and again, and never keeps the process alive. */
export interface Beats {
  add(lease: Lease): void
  remove(lease: Lease): void
  /** Renews nothing from here on, and has nothing open when it resolves. */
  end(): Promise<void>
}
