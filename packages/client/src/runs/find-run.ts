import { cairnError, foldName, nearestName, type MetadataStore, type RunRecord } from '@cairnml/core'

const MOST_KNOWN = 100
const SHOWN = 5
const LAST = /^(?:(?<pipeline>[^@~]+)@)?last(?:~(?<back>\d{1,9}))?$/i

/**
 * The run that a text names: `last`, `last~1`, `<pipeline>@last`, a name, or the start of one.
 *
 * @throws CAIRN_RUN_UNKNOWN, CAIRN_RUN_AMBIGUOUS
 */
export async function findRun(records: MetadataStore, text: string): Promise<RunRecord> {
  const last = LAST.exec(text)?.groups
  if (last !== undefined) {
    const found = await nthLast(records, last['pipeline'], Number(last['back'] ?? 0))
    if (found !== undefined) return found
    throw await unknown(records, text)
  }
  const nameKey = foldName(text)
  const [exact] = (await records.query('run', { where: { nameKey }, limit: 1 })).items
  if (exact !== undefined) return exact
  const { items, cursor } = await records.query('run', { where: { nameKey: { prefix: nameKey } }, limit: SHOWN })
  const [only, another] = items
  if (only === undefined || text === '') throw await unknown(records, text)
  if (another === undefined) return only
  const known = items.map(({ name }) => name)
  throw cairnError('CAIRN_RUN_AMBIGUOUS', { name: text, known: cursor === undefined ? known : [...known, '...'] })
}

async function nthLast(
  records: MetadataStore,
  pipeline: string | undefined,
  back: number,
): Promise<RunRecord | undefined> {
  const where = pipeline === undefined ? {} : { pipeline: await pipelineName(records, pipeline) }
  const orderBy = { field: 'startedAt', direction: 'desc' } as const
  let cursor: string | undefined
  for (let left = back + 1; ; left -= MOST_KNOWN) {
    const page = await records.query('run', { where, orderBy, cursor, limit: Math.min(left, MOST_KNOWN) })
    if (left <= MOST_KNOWN) return page.items[left - 1]
    if (page.cursor === undefined) return undefined
    cursor = page.cursor
  }
}

/** The name as it was registered: runs have it in this spelling. */
async function pipelineName(records: MetadataStore, given: string): Promise<string> {
  return (await records.get('pipeline', foldName(given)))?.name ?? given
}

async function unknown(records: MetadataStore, name: string): Promise<Error> {
  const newest = { orderBy: { field: 'startedAt', direction: 'desc' }, limit: MOST_KNOWN } as const
  const { items } = await records.query('run', newest)
  if (items.length === 0) return cairnError('CAIRN_RUN_UNKNOWN', { name, isEmpty: true })
  const known = items.flatMap((run) => [run.name, `${run.pipeline}@last`])
  return cairnError('CAIRN_RUN_UNKNOWN', { name, nearest: nearestName(name, new Set(known)) })
}
