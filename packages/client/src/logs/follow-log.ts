import { setTimeout as sleep } from 'node:timers/promises'

import { cairnError, nearestName, type RunRecord, type StepRunRecord } from '@cairnml/core'

import { resultOrigin } from '../runs/result-origin.ts'
import { RecordedRun } from '../runs/stored-run.ts'
import type { ReadStores } from '../stack/open-stores.ts'
import { readSegment, segmentsOf, type LoggedLine, type LogOptions, type LogSource } from './read-log.ts'

/** How often it is looked for what is new; segments are stored every two seconds. */
const POLL_MS = 300

/** A line of the log of a run. */
export interface FollowedLine extends LoggedLine {
  /** Invocation id of the step. */
  readonly step: string
  /** As lines name the step. */
  readonly label: string
}

/** Which part of the log of a run is followed. */
export interface FollowOptions extends LogOptions {
  /** One step, by its invocation id or name; it may not have begun. @default all of them */
  readonly step?: string | undefined
}

/** What is followed, and what was read of it. */
interface Following extends FollowOptions {
  readonly stores: ReadStores
  /** Keys of segments. */
  readonly read: Set<string>
  /** Steps that have ended and are read to their end. */
  readonly done: Set<string>
}

/**
 * The lines of a run as they are stored, until the run has ended: also one of another process. A run whose process died
 * has ended.
 *
 * @throws CAIRN_STEP_RUN_UNKNOWN at the end, where the run had no such step
 */
export async function* followLog(
  run: RunRecord,
  stores: ReadStores,
  options: FollowOptions = {},
): AsyncGenerator<FollowedLine> {
  const following: Following = { ...options, stores, read: new Set(), done: new Set() }
  const records = await stores.records()
  let current = new RecordedRun(run, stores)
  for (;;) {
    const isOver = current.endedAt !== undefined || !isOpen(current)
    const found = (await current.stepRuns).filter((record) => isMeant(record, options.step))
    for (const record of found) yield* newLines(record, current, { ...following, isOver })
    if (isOver) return assertStep(current, found, options.step)
    await sleep(POLL_MS, undefined, { signal: options.signal })
    // What a record says has happened, is stored: the record is read before the log.
    current = new RecordedRun((await records.get('run', run.id)) ?? run, stores)
  }
}

async function* newLines(
  record: StepRunRecord,
  run: RecordedRun,
  of: Following & { readonly isOver: boolean },
): AsyncGenerator<FollowedLine> {
  const { invocation } = record
  if (of.done.has(invocation)) return
  const source = await sourceOf(record, run)
  if (source !== undefined) {
    const store = await of.stores.artifacts()
    const label = await run.label(record)
    for (const segment of await segmentsOf(store, source, of)) {
      if (of.read.has(segment.key)) continue
      for await (const line of readSegment(store, segment, of)) yield { ...line, step: invocation, label }
      of.read.add(segment.key)
    }
  }
  if (of.isOver || !isOpen(record)) of.done.add(invocation)
}

/** Where the log lies: that of a reused step with its result; `undefined` where that is not known any more. */
async function sourceOf(record: StepRunRecord, run: RecordedRun): Promise<LogSource | undefined> {
  if (record.origin === undefined) return record
  const { origin } = await resultOrigin(record, run)
  return origin === undefined ? undefined : { run: origin.runId, invocation: origin.invocation }
}

function isOpen({ status }: Pick<StepRunRecord, 'status'>): boolean {
  return status === 'running' || status === 'pending'
}

function isMeant({ invocation, step }: StepRunRecord, given: string | undefined): boolean {
  return given === undefined || given === invocation || given === step
}

async function assertStep(run: RecordedRun, found: readonly StepRunRecord[], step: string | undefined): Promise<void> {
  if (step === undefined || found.length > 0) return
  const known = (await run.stepRuns).map(({ invocation }) => invocation)
  throw cairnError('CAIRN_STEP_RUN_UNKNOWN', { run: run.name, step, known, nearest: nearestName(step, known) })
}
