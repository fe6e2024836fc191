import {
  DEFAULT_ZONE,
  entryKey,
  resultFolder,
  type ArtifactRef,
  type ArtifactStore,
  type MetadataStore,
  type RunRecord,
  type StepRunRecord,
} from '@cairnml/core'
import { stepRunsOf } from '@cairnml/core/run-report'

import { isOfStack } from '../sync/open-sync.ts'
import type { PushSide } from './open-push.ts'

/** What is pushed. */
export interface PushSelection {
  /** Ids of runs: all that they made and reused, with their logs and reports. */
  readonly runs: readonly string[]
  /** Ids of step runs: their results, with the reports of the runs that made them. */
  readonly stepRuns: readonly string[]
  /** Content that no recorded step made. */
  readonly artifacts: readonly ArtifactRef[]
}

/** Manifests that belong together: all of one cache key, or a single one that is not reusable. */
export interface ChosenResults {
  /** The cache key that is looked up, unless they are not reusable or of a zone of their own. */
  readonly key?: string | undefined
  /** Where the manifests lie. */
  readonly objects: readonly string[]
}

/** Results that were chosen, each once, in an order that says nothing. */
export async function* chosenResults(
  { runs, stepRuns }: PushSelection,
  { artifactStore, metadataStore }: PushSide,
): AsyncGenerator<ChosenResults> {
  const found = new Map<string, Set<string>>()
  const folders = new Set(runs.map((run) => `runs/${run}/`))
  for (const run of runs) for (const step of await stepRunsOf(run, metadataStore)) addEntry(step, found)
  for (const id of stepRuns) {
    const step = await metadataStore.get('stepRun', id)
    if (step !== undefined && !addEntry(step, found)) folders.add(resultFolder(step.run, step.invocation))
  }
  for (const [key, entries] of found) {
    yield { key, objects: [...entries].map((entry) => entryKey(DEFAULT_ZONE, key, entry)) }
  }
  for (const folder of folders) {
    for await (const { key } of artifactStore.list(folder)) if (key.endsWith('/result.json')) yield { objects: [key] }
  }
}

/** Every reusable result of a store, of all zones. */
export async function* everyResult(store: ArtifactStore): AsyncGenerator<ChosenResults> {
  let at = ''
  let objects: string[] = []
  for await (const { key } of store.list('cache/')) {
    if (!key.endsWith('.json')) continue
    const prefix = key.slice(0, key.lastIndexOf('/') + 1)
    if (prefix !== at && objects.length > 0) yield { key: keyIn(at), objects }
    if (prefix !== at) objects = []
    at = prefix
    objects.push(key)
  }
  if (objects.length > 0) yield { key: keyIn(at), objects }
}

/** The newest run that was made with this stack, else the newest of all. */
export async function newestRun(records: MetadataStore, stack: RunRecord['stack']): Promise<RunRecord | undefined> {
  const orderBy = { field: 'startedAt', direction: 'desc' } as const
  let newest: RunRecord | undefined
  let cursor: string | undefined
  do {
    const page = await records.query('run', { orderBy, cursor, limit: 100 })
    const own = page.items.find((run) => isOfStack(run, stack))
    if (own !== undefined) return own
    newest ??= page.items[0]
    cursor = page.cursor
  } while (cursor !== undefined)
  return newest
}

function addEntry({ key, entry }: StepRunRecord, found: Map<string, Set<string>>): boolean {
  if (key === undefined || entry === undefined) return false
  found.set(key, (found.get(key) ?? new Set()).add(entry))
  return true
}

/** Other zones are not looked up, so their results are only copied. */
function keyIn(prefix: string): string | undefined {
  const [, zone, key] = prefix.split('/')
  return zone === DEFAULT_ZONE ? key : undefined
}
