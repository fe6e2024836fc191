import type { ArtifactRef, MetadataStore } from '@cairnml/core'

import type { RunContext } from '../execute/run-context.ts'
import { stepRunId } from '../execute/step-run-records.ts'
import type { PlannedInvocation } from '../plan/plan.ts'

/** So many of the newest runs are looked at: a step that is not cached executes in nearly all of them. */
const RUNS = 5

const earlierRuns = new WeakMap<RunContext, Promise<readonly string[]>>()

/**
 * What an invocation gave in the newest earlier run of the pipeline that has a result of it. A step without a key has
 * no entries that could be compared.
 */
export async function earlierOutputs(
  { id, step }: PlannedInvocation,
  context: RunContext,
): Promise<{ readonly [name: string]: ArtifactRef } | undefined> {
  const { metadataStore } = context.components
  const runs = earlierRuns.get(context) ?? readRuns(metadataStore, context)
  earlierRuns.set(context, runs)
  for (const run of await runs) {
    const found = await metadataStore.get('stepRun', stepRunId(run, id))
    if (found?.step !== step) continue
    const made = found.origin === undefined ? found : await metadataStore.get('stepRun', found.origin)
    if (made?.status === 'completed' && made.outputs !== undefined) return made.outputs
  }
  return undefined
}

async function readRuns(records: MetadataStore, { run }: RunContext): Promise<readonly string[]> {
  const orderBy = { field: 'startedAt', direction: 'desc' } as const
  const { items } = await records.query('run', { where: { pipeline: run.pipeline }, orderBy, limit: RUNS + 1 })
  return items.map(({ id }) => id).filter((id) => id !== run.id)
}
