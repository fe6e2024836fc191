import type { Status } from '@cairnml/core'

import type { RunCondition } from '../where/parse-where.ts'
import type { StoredRun } from './stored-run.ts'

/** Which runs are wanted. All that is given must hold. */
export interface RunQuery {
  /** Name of a pipeline, ignoring case. */
  readonly pipeline?: string | undefined
  readonly version?: number | undefined
  readonly status?: Status | undefined
  /** Tags, all of which the run has. */
  readonly tag?: string | readonly string[] | undefined
  /** The start of the name, ignoring case. */
  readonly name?: string | undefined
  /** Started then or later: a date, or milliseconds since the epoch. */
  readonly since?: Date | number | undefined
  /** Started then or earlier. */
  readonly until?: Date | number | undefined
  /**
   * A condition on parameters, metrics and the rest: `metrics.acc > 0.9 and params.gamma <= 0.01`; see
   * docs/errors/CAIRN_WHERE_INVALID.md.
   */
  readonly where?: string | RunCondition | undefined
  /**
   * A field as conditions name it. By a parameter, a metric or the duration there are only the runs that have it.
   *
   * @default 'started'
   */
  readonly sort?: string | undefined
  /** @default 'desc' */
  readonly direction?: 'asc' | 'desc' | undefined
  /** At most this many runs. @default 100 */
  readonly limit?: number | undefined
  /** Where an earlier page of the same query ended. */
  readonly cursor?: string | undefined
}

/** Part of an answer. */
export interface RunPage {
  readonly runs: readonly StoredRun[]
  /** Where the next page starts; absent at the end. */
  readonly cursor?: string | undefined
}
