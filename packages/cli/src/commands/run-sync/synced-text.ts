import type { SyncedRun } from '@cairnml/engine'
import { printable } from '@cairnml/core/explain'

/** What became of one run, for people. Most of it was written elsewhere. */
export function syncedText(synced: SyncedRun): string {
  return `${printable(sentenceOf(synced))}\n`
}

/** The same as a line of `cairn.sync/1`. */
export function syncedJson(synced: SyncedRun): string {
  return `${JSON.stringify({ format: 'cairn.sync/1', ...fieldsOf(synced) })}\n`
}

/** How many runs were taken over, stored and skipped. */
export function totalsText({ imported, stored, skipped }: Readonly<Record<SyncedRun['kind'], number>>): string {
  const left = skipped === 0 ? '' : `, ${countOf(skipped, 'report')} skipped`
  if (imported + stored === 0) return `Nothing is missing, here or in the artifact store${left}.\n`
  return `${countOf(imported, 'run')} imported, ${countOf(stored, 'report')} stored${left}.\n`
}

function sentenceOf(synced: SyncedRun): string {
  if (synced.kind === 'skipped') return `Skipped the report of run ${synced.id}: ${synced.problem}.`
  const { name, pipeline, version, process: by } = synced.run
  const what = `run ${name} of pipeline ${pipeline} (version ${version})`
  if (synced.kind === 'stored') return `Stored the report of ${what}.`
  const as = synced.madeAs === undefined ? '' : `, there called ${synced.madeAs}`
  return `Imported ${what}, made by ${by.user} on host ${by.host}${as}.`
}

function fieldsOf(synced: SyncedRun): object {
  if (synced.kind === 'skipped') return { kind: synced.kind, id: synced.id, problem: synced.problem }
  const { id, name, pipeline, version, status, process: by } = synced.run
  const base = { kind: synced.kind, id, name, pipeline, version, status, by: { user: by.user, host: by.host } }
  return synced.kind === 'imported' && synced.madeAs !== undefined ? { ...base, madeAs: synced.madeAs } : base
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
