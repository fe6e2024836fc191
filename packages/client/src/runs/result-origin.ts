import {
  DEFAULT_ZONE,
  entryKey,
  readWhole,
  type Acceptance,
  type CacheEntry,
  type ProcessIdentity,
  type RunRecord,
  type StepRunRecord,
} from '@cairnml/core'

import type { ReadStores } from '../stack/open-stores.ts'

/** Who made a result, where and when. */
export interface ResultOrigin {
  /** Name of the run. */
  readonly run: string
  readonly runId: string
  /** Invocation id in that run. */
  readonly invocation: string
  readonly user: string
  readonly host: string
  /** The git commit that the project was at, as hex. */
  readonly commit?: string | undefined
  /** Whether files differed from the commit, where the stack of that run found it out. */
  readonly dirty?: boolean | undefined
  /** Milliseconds since the epoch. */
  readonly madeAt: number
  /** That somebody declared it good for a step that was changed since. */
  readonly accepted?: Acceptance | undefined
}

/** What is known of the origin of a reused step. */
export interface FoundOrigin {
  /** The step run that made the result, where it is recorded here. */
  readonly made: StepRunRecord | undefined
  readonly origin: ResultOrigin | undefined
}

/** What is read again and again. */
export interface OriginReader {
  readonly stores: ReadStores
  run(id: string): Promise<RunRecord | undefined>
}

/** Who made the result that a step run reuses: from the records, else from the result's own manifest. */
export async function resultOrigin(record: StepRunRecord, reader: OriginReader): Promise<FoundOrigin> {
  if (record.origin === undefined) return { made: undefined, origin: undefined }
  const made = await (await reader.stores.records()).get('stepRun', record.origin)
  const run = made === undefined ? undefined : await reader.run(made.run)
  if (made === undefined || run === undefined) return { made, origin: originFrom(await entryOf(record, reader)) }
  const madeAt = made.endedAt ?? made.startedAt
  const dirty = run.provenance?.dirty
  const state = dirty === undefined ? {} : { dirty }
  const origin = { ...facts(run.process), ...state, run: run.name, runId: run.id, invocation: made.invocation, madeAt }
  // A result under another key than its own was put there by hand.
  const accepted = made.key === record.key ? undefined : (await entryOf(record, reader))?.accepted
  return { made, origin: accepted === undefined ? origin : { ...origin, accepted } }
}

function originFrom(entry: CacheEntry | undefined): ResultOrigin | undefined {
  if (entry === undefined) return undefined
  const { run, invocation, producer, endedAt, accepted } = entry
  const origin = { ...facts(producer), run: run.name, runId: run.id, invocation, madeAt: endedAt }
  return accepted === undefined ? origin : { ...origin, accepted }
}

function facts({ user, host, commit }: ProcessIdentity): Pick<ResultOrigin, 'user' | 'host' | 'commit'> {
  return commit === undefined ? { user, host } : { user, host, commit }
}

/** The entry in the artifact store, or `undefined` where it is gone or cannot be read. */
async function entryOf({ key, entry }: StepRunRecord, { stores }: OriginReader): Promise<CacheEntry | undefined> {
  if (key === undefined || entry === undefined) return undefined
  try {
    const bytes = await readWhole(await stores.artifacts(), entryKey(DEFAULT_ZONE, key, entry))
    // Sound: what lies there is written by workers alone, in this form.
    return bytes === undefined ? undefined : (JSON.parse(Buffer.from(bytes).toString('utf8')) as CacheEntry)
  } catch {
    return undefined
  }
}
