import { isCairnError, type MetadataStore } from '@cairnml/core'

import { pipelineVersionRecord, runRecord, stepRunRecord } from '../fixtures/records.ts'
import type { ComponentTasks } from '../processes/component-task.ts'
import { inserts } from './changes.ts'

/** How many step runs a process writes with every run. */
export const STEPS = 100

/** How many versions of a pipeline each process claims. */
export const VERSIONS = 12

/** What processes do that have a metadata store open. */
export const METADATA_STORE_TASKS: ComponentTasks<MetadataStore, 'writeForEver' | 'claimVersions'> = {
  /** Writes runs with all their steps, a batch for each, and tells the id of each run that is there for good. */
  writeForEver: async ({ component, self, tell }) => {
    for (let at = 0; ; at++) {
      const run = `${self}-${at}`
      const steps = Array.from({ length: STEPS }, (_, position) =>
        stepRunRecord({ run, invocation: `step-${position}`, position, params: { note: 'x'.repeat(200) } }),
      )
      await component.write([...inserts('stepRun', ...steps), ...inserts('run', runRecord({ id: run }))])
      tell(run)
    }
  },

  /** Tells each version that it got, all of which have a run of the process in their batch. */
  claimVersions: async ({ component, self, turn, tell }) => {
    await turn()
    for (let claimed = 0; claimed < VERSIONS;) {
      const newest = { orderBy: { field: 'version', direction: 'desc' }, limit: 1 } as const
      const version = ((await component.query('pipelineVersion', newest)).items[0]?.version ?? 0) + 1
      try {
        const run = runRecord({ id: `${self}-of-${version}`, version })
        await component.write([
          ...inserts('run', run),
          ...inserts('pipelineVersion', pipelineVersionRecord({ version })),
        ])
        tell(version)
        claimed += 1
        if (claimed < VERSIONS) await turn()
      } catch (error) {
        if (!isCairnError(error, 'CAIRN_RECORD_CONFLICT')) throw error
      }
    }
  },
}
