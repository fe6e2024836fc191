import type { Metric } from '@cairnml/core'

interface WithMetrics {
  readonly metrics?: readonly Metric[] | undefined
}

interface Stored {
  metrics?: readonly (Omit<Metric, 'value'> & { readonly value: number | string })[]
}

/** An object that may have metrics, with the values that JSON does not have (a diverged loss) as text. */
export function packMetrics<T extends object>(object: T & WithMetrics): object {
  if (!object.metrics?.some(({ value }) => !isExact(value))) return object
  const metrics = object.metrics.map((metric) =>
    isExact(metric.value) ? metric : { ...metric, value: Object.is(metric.value, -0) ? '-0' : String(metric.value) },
  )
  return { ...object, metrics }
}

/** Gives metrics back the values that `packMetrics` wrote as text; in place. */
export function unpackMetrics(object: object): object {
  // Sound: nothing is assumed of other properties, and metrics are as `packMetrics` left them.
  const stored = object as Stored
  if (stored.metrics?.some(({ value }) => typeof value === 'string')) {
    stored.metrics = stored.metrics.map((metric) => ({ ...metric, value: Number(metric.value) }))
  }
  return object
}

function isExact(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0)
}
