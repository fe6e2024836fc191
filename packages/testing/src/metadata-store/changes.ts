import type { MetadataStore, RecordChange, RecordKind, RecordKinds, RecordQuery } from '@cairnml/core'

/** Changes that insert records of one kind. */
export function inserts<K extends RecordKind>(kind: K, ...records: readonly RecordKinds[K][]): readonly RecordChange[] {
  // Sound: kind and record belong together by the signature; the union of changes hides it.
  return records.map((record) => ({ op: 'insert', kind, record }) as unknown as RecordChange)
}

/** Changes that delete records of one kind, or do nothing where there are none. */
export function deletes(kind: RecordKind, ...ids: readonly string[]): readonly RecordChange[] {
  return ids.map((id) => ({ op: 'delete', kind, id }))
}

/** A change that replaces the record of a revision before. */
export function update<K extends RecordKind>(kind: K, record: RecordKinds[K]): RecordChange {
  // Sound: kind and record belong together by the signature; the union of changes hides it.
  return { op: 'update', kind, record } as unknown as RecordChange
}

/** The ids of the first page of an answer. */
export async function idsOf<K extends RecordKind>(
  store: MetadataStore,
  kind: K,
  query?: RecordQuery<K>,
): Promise<readonly string[]> {
  return (await store.query(kind, query)).items.map(({ id }) => id)
}

/** The ids of all pages of an answer, page by page. */
export async function pagesOf<K extends RecordKind>(
  store: MetadataStore,
  kind: K,
  query: RecordQuery<K>,
): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = []
  let cursor: string | undefined
  do {
    const page = await store.query(kind, { ...query, cursor })
    pages.push(page.items.map(({ id }) => id))
    if (cursor !== undefined && page.cursor === cursor) throw new Error('a page has its own start for its end')
    cursor = page.cursor
  } while (cursor !== undefined)
  return pages
}
