import type { CacheIndex } from '@cairnml/core'

/** Work under a key that goes on in this process, or waits there for another process. */
export interface Flight {
  /** Id of the run. */
  readonly run: string
  /** Name of the run. */
  readonly runName: string
  /** Label of the step. */
  readonly label: string
  /** Resolves when it has ended, however it went. */
  readonly ended: Promise<void>
}

const flights = new WeakMap<CacheIndex, Map<string, Flight>>()

/** The flight under a key, if there is one. */
export function flightUnder(key: string, index: CacheIndex): Flight | undefined {
  return flights.get(index)?.get(key)
}

/** Begins the flight under a key that has none. What is returned ends it. */
export function beginFlight(key: string, index: CacheIndex, of: Omit<Flight, 'ended'>): () => void {
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const ofIndex = flights.get(index) ?? new Map<string, Flight>()
  flights.set(index, ofIndex)
  ofIndex.set(key, { ...of, ended })
  return () => {
    ofIndex.delete(key)
    resolve()
  }
}
