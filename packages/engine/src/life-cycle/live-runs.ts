import { isSurelyDead, thisProcess, type MetadataStore, type RunRecord } from '@cairnml/core'

/** A run of another machine counts as going on for this long: whether its process lives cannot be told from here. */
const FOREIGN_MS = 7 * 24 * 60 * 60 * 1000

/** The runs that may be going on at this moment. */
export async function liveRuns(store: MetadataStore): Promise<readonly RunRecord[]> {
  const runs: RunRecord[] = []
  let cursor: string | undefined
  do {
    const page = await store.query('run', { where: { status: 'running' }, cursor })
    runs.push(...page.items.filter(mayGoOn))
    cursor = page.cursor
  } while (cursor !== undefined)
  return runs
}

function mayGoOn(run: RunRecord): boolean {
  if (run.process.host !== thisProcess().host) return Date.now() - run.startedAt < FOREIGN_MS
  return !isSurelyDead(run.process)
}
