import { foldName, isCairnError, type MetadataStore } from '@cairnml/core'

const MAX_RACES = 20

/** Which version of a pipeline a structure is. */
export interface RegisteredVersion {
  readonly version: number
  /** Whether this call registered it. */
  readonly isNew: boolean
}

/** Finds the version of a pipeline that has this structure, or registers the next one. Safe among processes. */
export async function registerVersion(
  store: MetadataStore,
  pipeline: string,
  structure: string,
): Promise<RegisteredVersion> {
  for (let race = 1; ; race++) {
    const known = await knownVersion(store, pipeline, structure)
    if (known !== undefined) return { version: known, isNew: false }
    try {
      return { version: await insertNext(store, pipeline, structure), isNew: true }
    } catch (error) {
      if (!isCairnError(error, 'CAIRN_RECORD_CONFLICT') || race >= MAX_RACES) throw error
    }
  }
}

/** The version of a pipeline that has this structure, or `undefined` if none has. */
export async function knownVersion(
  store: MetadataStore,
  pipeline: string,
  structure: string,
): Promise<number | undefined> {
  const { items } = await store.query('pipelineVersion', {
    where: { pipeline: foldName(pipeline), structure },
    limit: 1,
  })
  return items[0]?.version
}

async function insertNext(store: MetadataStore, pipeline: string, structure: string): Promise<number> {
  const id = foldName(pipeline)
  const createdAt = Date.now()
  const newest = await store.query('pipelineVersion', {
    where: { pipeline: id },
    orderBy: { field: 'version', direction: 'desc' },
    limit: 1,
  })
  const version = (newest.items[0]?.version ?? 0) + 1
  const isKnown = (await store.get('pipeline', id)) !== undefined
  await store.write([
    ...(isKnown
      ? []
      : [{ op: 'insert', kind: 'pipeline', record: { id, revision: 1, name: pipeline, createdAt } } as const]),
    {
      op: 'insert',
      kind: 'pipelineVersion',
      record: { id: `${id}@${version}`, revision: 1, pipeline: id, version, structure, createdAt },
    },
  ])
  return version
}
