import { packMetrics, unpackMetrics } from '../json/metrics-json.ts'

/** How Keyv wraps a list of entries. */
interface Envelope {
  readonly value: readonly object[]
}

/** JSON, which keeps numbers of metrics that JSON does not have; as a serialization of Keyv. */
export const ENTRY_SERIALIZATION: {
  stringify(envelope: unknown): string
  parse<T>(text: string): T
} = {
  stringify(envelope) {
    // Sound: Keyv wraps what the cache index sets, which is lists of entries.
    const { value, ...rest } = envelope as Envelope
    return JSON.stringify({ value: value.map(packMetrics), ...rest })
  },
  parse<T>(text: string): T {
    const envelope = JSON.parse(text) as Envelope
    for (const entry of envelope.value) unpackMetrics(entry)
    // Sound: it has the form that `stringify` was given.
    return envelope as T
  },
}
