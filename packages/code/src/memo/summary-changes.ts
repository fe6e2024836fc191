import { basename, extname } from 'node:path'

import type { ModuleSummary } from '../summary/module-summary.ts'
import type { ChangedFile, FileNews } from './file-table.ts'
import { summaryChange, type SummaryChange } from './summary-change.ts'

/** Makes the summary of a file from its bytes. */
export type Summarize = (file: string, bytes: Uint8Array) => ModuleSummary

/** Files that decide how imports are resolved, whether or not they are modules, too. */
const DECIDING = /^(?:package|tsconfig.*|jsconfig)\.json$/

/** Whether files that are no longer the same may all be modules of which only texts have changed. */
export function mayKeepShape({ changed, hasAppeared }: FileNews, settings: readonly string[]): boolean {
  return (
    !hasAppeared &&
    changed.every(
      ({ path, bytes }) => bytes !== undefined && !settings.includes(path) && !DECIDING.test(basename(path)),
    )
  )
}

/** The changes of the summaries of files by path; `undefined` if one of them has another shape. */
export function summaryChanges(
  changed: readonly ChangedFile[],
  { summaries, summarize }: { readonly summaries: Map<string, ModuleSummary>; readonly summarize: Summarize },
): ReadonlyMap<string, SummaryChange> | undefined {
  const changes = new Map<string, SummaryChange>()
  for (const { path, before, after, bytes } of changed) {
    const extension = extname(path).toLowerCase()
    const old = summaries.get(`${before}${extension}`)
    if (old === undefined || bytes === undefined) return undefined
    const key = `${after}${extension}`
    const summary = summaries.get(key) ?? summarize(path, bytes)
    summaries.set(key, summary)
    const change = summaryChange(old, summary)
    if (change === undefined) return undefined
    changes.set(path, change)
  }
  return changes
}
