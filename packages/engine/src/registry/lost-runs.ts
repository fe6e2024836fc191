import { cairnError, errorRecord, isCairnError, isSurelyDead, type MetadataStore, type RunRecord } from '@cairnml/core'

/** Marks runs as failed whose process died: nothing is shown as running for ever. */
export async function markLostRuns(store: MetadataStore): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await store.query('run', { where: { status: 'running' }, cursor })
    for (const run of page.items) if (isSurelyDead(run.process)) await markLost(store, run)
    cursor = page.cursor
  } while (cursor !== undefined)
}

async function markLost(store: MetadataStore, run: RunRecord): Promise<void> {
  const lost = cairnError('CAIRN_RUN_LOST', { run: run.name })
  const { code, message, hint } = errorRecord(lost)
  const ended = { status: 'failed', endedAt: Date.now(), error: { code, message, hint } } as const
  const steps = await store.query('stepRun', { where: { run: run.id }, limit: Number.MAX_SAFE_INTEGER })
  const unfinished = steps.items.filter((step) => step.status === 'running' || step.status === 'pending')
  try {
    await store.write([
      ...unfinished.map((step) => {
        const record = { ...step, ...ended, revision: step.revision + 1 }
        return { op: 'update', kind: 'stepRun', record } as const
      }),
      { op: 'update', kind: 'run', record: { ...run, ...ended, revision: run.revision + 1 } },
    ])
  } catch (error) {
    // Another process noticed at the same time and wrote the same.
    if (!isCairnError(error, 'CAIRN_RECORD_CONFLICT')) throw error
  }
}
