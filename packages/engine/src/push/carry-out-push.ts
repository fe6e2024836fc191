import { cairnError } from '@cairnml/core'

import { chosenResults, everyResult, newestRun, type PushSelection } from './chosen-results.ts'
import { inParallel } from './in-parallel.ts'
import { ObjectCopier } from './object-copier.ts'
import { openPush, type PushSides } from './open-push.ts'
import type { PushRequest } from './push-artifacts.ts'
import { PushTally, type PushProgress, type PushReport } from './push-report.ts'
import { isDamage, pushResults, type PushContext } from './push-results.ts'
import { pushLogs, pushReport } from './push-run.ts'

/** Results, or cache keys, that are copied at once. */
const WIDTH = 4

/** Opens both stacks and copies what is asked for. */
export async function carryOutPush(request: PushRequest): Promise<PushReport> {
  const sides = await openPush(request)
  const { from, to, shared } = sides
  const tally = new PushTally()
  const names = { from: from.stack.name, to: to.stack.name, shared }
  if (shared.includes('artifactStore') && shared.includes('cacheIndex')) return reportOf(tally, names)
  await push(sides, tally, request)
  return reportOf(tally, names)
}

async function push(sides: PushSides, tally: PushTally, request: PushRequest): Promise<void> {
  const { signal, dryRun = false, onProgress } = request
  const onBytes = (): void => onProgress?.(progressOf(tally))
  const copier = new ObjectCopier(sides, { tally, dryRun, signal, onBytes })
  let sharesSecret: Promise<boolean> | undefined
  const context: PushContext = {
    sides,
    copier,
    tally,
    dryRun,
    signal,
    runs: new Set(),
    // To ask an index for its secret may make one.
    sharesSecret: () => (sharesSecret ??= dryRun ? Promise.resolve(false) : sides.sharesSecret()),
  }
  const what = request.what ?? (await newest(sides))
  const results = what === 'all' ? everyResult(sides.from.artifactStore) : chosenResults(what, sides.from)
  await inParallel(results, WIDTH, async (chosen) => {
    await pushResults(chosen, context)
    onBytes()
  })
  if (what !== 'all') await pushRest(what, context)
  await inParallel(context.runs, WIDTH, (run) => pushReport(run, context))
}

async function newest({ from }: PushSides): Promise<PushSelection> {
  const run = await newestRun(from.metadataStore, from.stack)
  if (run === undefined) throw cairnError('CAIRN_RUN_UNKNOWN', { name: 'last', isEmpty: true })
  return { runs: [run.id], stepRuns: [], artifacts: [] }
}

async function pushRest({ runs, artifacts }: PushSelection, context: PushContext): Promise<void> {
  for (const ref of artifacts) {
    try {
      await context.copier.artifact(ref, false)
    } catch (error) {
      if (!isDamage(error)) throw error
      context.tally.refused.push({ object: ref.digest, problem: `${error.code}: ${error.message}` })
    }
  }
  for (const run of runs) {
    await pushLogs(run, context)
    context.runs.add(run)
  }
}

function progressOf({ results, objects, refused }: PushTally): PushProgress {
  return {
    results: results.copied + results.present + refused.length,
    objects: objects.copied,
    bytes: objects.bytes,
  }
}

function reportOf(tally: PushTally, names: Pick<PushReport, 'from' | 'to' | 'shared'>): PushReport {
  const { results, objects, reports, keys, unreachable, references, refused } = tally
  return { ...names, results, objects, reports, keys, unreachable, references, refused }
}
