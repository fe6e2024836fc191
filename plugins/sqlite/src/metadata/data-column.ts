import { packMetrics, unpackMetrics } from '../json/metrics-json.ts'

/** The properties of a record that have no column of their own, as compact JSON; null where there are none. */
export function packData(rest: object): string | null {
  for (const value of Object.values(rest)) if (value !== undefined) return JSON.stringify(packMetrics(rest))
  return null
}

/** The properties from the column. */
export function unpackData(stored: string | null): object {
  return stored === null ? {} : unpackMetrics(JSON.parse(stored) as object)
}
