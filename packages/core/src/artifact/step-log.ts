import { resultFolder } from './layout.ts'

/** One line that a step printed or logged. */
export interface LogEntry {
  /** Milliseconds since the epoch, by the worker's clock. */
  readonly time: number
  /** Where the step wrote it: one of its process's streams, or `context.log`. */
  readonly stream: 'stdout' | 'stderr' | 'log'
  /** Of lines of `context.log`. */
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | undefined
  /** Without its line end; secrets are `***`. */
  readonly text: string
}

/** Where the log of an attempt lies, and how long it is. */
export interface LogRef {
  /** The segments are `<prefix>1.ndjson`, `<prefix>2.ndjson`, ..., one `LogEntry` per line. */
  readonly prefix: string
  readonly segments: number
  /** Entries in all segments. */
  readonly lines: number
  /** That lines are missing: the step printed too much, too fast, or the store refused a segment. */
  readonly isTruncated?: true | undefined
}

/** Where the segments of an attempt's log lie. */
export const logPrefix = (run: string, invocation: string, attempt: number): string =>
  `${resultFolder(run, invocation)}${attempt}/log/`

/** Where a segment of a log lies. @param segment from 1 */
export const logSegmentKey = (prefix: string, segment: number): string => `${prefix}${segment}.ndjson`

/** The prefix of the log that an object is a segment of, or `undefined` where it is none. */
export function logPrefixOf(key: string): string | undefined {
  return /^(runs\/[^/]+\/[^/]+\/\d+\/log\/)\d+\.ndjson$/.exec(key)?.[1]
}
