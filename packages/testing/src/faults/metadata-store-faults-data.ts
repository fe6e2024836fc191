import {
  type MetadataStore,
  type RecordChange,
  type RecordKind,
  type RecordKinds,
  type RecordNotice,
  type RunRecord,
} from '@cairnml/core'

import { collectItems } from '../fixtures/bytes.ts'
import type { Faults } from './fault.ts'

type Notices = readonly RecordNotice[]

/** Other notices than were written. */
const noticing =
  (change: (notices: Notices, since: number) => Notices) =>
  (inner: MetadataStore): Partial<MetadataStore> => ({
    async *changes(since, options) {
      options?.signal?.throwIfAborted()
      yield* change(await collectItems(inner.changes(since)), since)
    },
  })

/** The filters of a query that are texts are compared by hand. */
const comparing =
  (holds: (found: string, asked: string) => boolean, of: 'value' | 'prefix') =>
  (inner: MetadataStore): Partial<MetadataStore> => ({
    query: async (kind, query = {}, options) => {
      const filters = Object.entries<unknown>(query.where ?? {})
      const asked = filters.flatMap(([field, filter]) => {
        const value = of === 'value' ? filter : prefixOf(filter)
        return typeof value === 'string' ? [[field, value] as const] : []
      })
      if (asked.length === 0) return inner.query(kind, query, options)
      const page = await inner.query(kind, { ...query, where: undefined }, options)
      const items = page.items.filter((record) =>
        // Sound: indexed fields are texts and numbers.
        asked.every(([field, value]) => holds(String((record as unknown as Record<string, unknown>)[field]), value)),
      )
      return { ...page, items }
    },
  })

function prefixOf(filter: unknown): unknown {
  return typeof filter === 'object' && filter !== null && 'prefix' in filter ? filter.prefix : undefined
}

const like = (found: string, prefix: string): boolean =>
  new RegExp(`^${RegExp.escape(prefix).replaceAll('_', '.').replaceAll('%', '.*')}`, 'su').test(found)

function withDelete(change: RecordChange): readonly RecordChange[] {
  return change.op === 'insert' ? [{ op: 'delete', kind: change.kind, id: change.record.id }, change] : [change]
}

/** The change as one that follows whatever is stored. */
async function rebased(inner: MetadataStore, change: RecordChange): Promise<RecordChange> {
  if (change.op !== 'update') return change
  const stored = await inner.get(change.kind, change.record.id)
  if (stored === undefined) return change
  // Sound: only the revision changes, which every kind has.
  return { ...change, record: { ...change.record, revision: stored.revision + 1 } } as RecordChange
}

/** The change with a name that nobody else has. */
function disguised(change: RecordChange): RecordChange {
  if (change.kind !== 'run' || change.op === 'delete') return change
  const { record } = change
  return { ...change, record: { ...record, nameKey: `${record.nameKey}\n${record.id}` } }
}

function undisguised<K extends RecordKind>(record: RecordKinds[K]): RecordKinds[K] {
  if (!('nameKey' in record)) return record
  const run: RunRecord = { ...record, nameKey: record.nameKey.replace(/\n.*$/s, '') }
  // Sound: only runs have that field.
  return run as RecordKinds[K]
}

/** What a metadata store may do wrong. */
export const METADATA_STORE_FAULTS: Faults<MetadataStore> = {
  'applies half of a batch': {
    breaks: (inner) => ({
      write: async (changes, options) => {
        for (const change of changes) await inner.write([change], options)
      },
    }),
    noticedBy: 'batches > leave out everything when one insert meets an id that exists',
  },
  'writes half of what is aborted': {
    breaks: (inner) => ({
      write: async (changes, options) => {
        const half = Math.ceil(changes.length / 2)
        await inner.write(changes.slice(0, half), options)
        if (changes.length > 100) await inner.write(changes.slice(half), options)
        else await inner.write(changes.slice(half))
      },
    }),
    noticedBy: 'abort > leaves a whole batch or none when it is aborted meanwhile',
  },
  'overwrites on insert': {
    breaks: (inner) => ({ write: (changes, options) => inner.write(changes.flatMap(withDelete), options) }),
    noticedBy: 'batches > leave out everything when one insert meets an id that exists',
  },
  'forgets unique fields': {
    breaks: (inner) => ({
      write: (changes, options) => inner.write(changes.map(disguised), options),
      get: async (kind, id, options) => {
        const found = await inner.get(kind, id, options)
        return found && undisguised(found)
      },
      query: async (kind, query, options) => {
        const page = await inner.query(kind, query, options)
        return { ...page, items: page.items.map(undisguised) }
      },
    }),
    noticedBy: 'unique fields > let a name be taken by one run only',
  },
  'takes any revision': {
    breaks: (inner) => ({
      write: async (changes, options) =>
        inner.write(await Promise.all(changes.map((change) => rebased(inner, change))), options),
    }),
    noticedBy: 'revisions > refuse an update of an older one, of one to come, and of the same',
  },
  'ignores filters': {
    breaks: (inner) => ({
      query: (kind, query, options) => inner.query(kind, { ...query, where: undefined }, options),
    }),
    noticedBy: 'filters > compare for equality',
  },
  'ignores bounds': {
    breaks: (inner) => ({
      query: (kind, query = {}, options) => {
        const kept = Object.entries(query.where ?? {}).filter(([, filter]) => typeof filter !== 'object')
        // Sound: the fields that are left are those of the query.
        return inner.query(kind, { ...query, where: Object.fromEntries(kept) as typeof query.where }, options)
      },
    }),
    noticedBy: 'filters > compare with bounds that belong to the range',
  },
  'compares without case': {
    breaks: comparing((found, asked) => found.toLowerCase() === asked.toLowerCase(), 'value'),
    noticedBy: 'filters > compare for equality',
  },
  'compares the start as a pattern': {
    breaks: comparing(like, 'prefix'),
    noticedBy: 'filters > compare the start of a text, character by character',
  },
  'finds the start anywhere': {
    breaks: comparing((found, asked) => found.includes(asked), 'prefix'),
    noticedBy: 'filters > compare the start of a text, character by character',
  },
  'compares letters that look alike': {
    breaks: comparing((found, asked) => found.normalize('NFC') === asked.normalize('NFC'), 'value'),
    noticedBy: 'hostile texts > are compared character by character',
  },
  'ignores conditions': {
    breaks: (inner) => ({
      query: (kind, query, options) => inner.query(kind, { ...query, match: undefined }, options),
    }),
    noticedBy: 'conditions > compare tags, parameters, metrics and the duration of runs',
  },
  'ignores the order': {
    breaks: (inner) => ({
      query: (kind, query, options) => inner.query(kind, { ...query, orderBy: undefined, cursor: undefined }, options),
    }),
    noticedBy: 'order > is that of numbers for numbers',
  },
  'orders texts by language': {
    breaks: (inner) => ({
      query: async (kind, query = {}, options) => {
        const page = await inner.query(kind, query, options)
        if (query.orderBy?.field !== 'name') return page
        const nameOf = (record: object): string => ('name' in record ? String(record.name) : '')
        return { ...page, items: page.items.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'en')) }
      },
    }),
    noticedBy: 'order > is that of code units for texts',
  },
  'repeats a record on the next page': {
    breaks: (inner) => ({
      query: async (kind, query = {}, options) => {
        const page = await inner.query(kind, query, options)
        if (query.cursor === undefined) return page
        const [first] = (await inner.query(kind, { ...query, cursor: undefined, limit: 1 }, options)).items
        return { ...page, items: first === undefined ? page.items : [first, ...page.items] }
      },
    }),
    noticedBy: 'pages > give every record once, in every order',
  },
  'skips a record on the next page': {
    breaks: (inner) => ({
      query: async (kind, query = {}, options) => {
        const page = await inner.query(kind, query, options)
        return query.cursor === undefined ? page : { ...page, items: page.items.slice(1) }
      },
    }),
    noticedBy: 'pages > give every record once, in every order',
  },
  'loses notices': {
    breaks: noticing((notices) => notices.filter(({ op }) => op !== 'delete')),
    noticedBy: 'notices > name every change in the order of writing',
  },
  'gives notices out of order': {
    breaks: noticing((notices) => notices.toReversed()),
    noticedBy: 'notices > name every change in the order of writing',
  },
  'numbers every notice': {
    breaks: noticing((notices, since) => notices.map((notice, at) => ({ ...notice, sequence: since + at + 1 }))),
    noticedBy: 'notices > share a number within a batch, which grows from batch to batch',
  },
  'gives notices after it was aborted': {
    breaks: noticing((notices) => notices),
    noticedBy: 'abort > ends notices in the middle',
  },
  'forgets optional properties': {
    breaks: (inner) => ({
      get: async (kind, id, options) => {
        const found = await inner.get(kind, id, options)
        return found !== undefined && 'error' in found ? { ...found, error: undefined } : found
      },
    }),
    noticedBy: 'records > come back equal to what was written, of every kind',
  },
  'keeps the object of its caller': {
    breaks: (inner) => {
      const kept = new Map<string, RecordKinds[RecordKind]>()
      return {
        write: async (changes, options) => {
          await inner.write(changes, options)
          for (const change of changes) if (change.op === 'insert') kept.set(change.record.id, change.record)
        },
        // Sound: ids of several kinds are not mixed in the test that is to notice.
        get: async (kind, id, options) => (kept.get(id) ?? (await inner.get(kind, id, options))) as never,
      }
    },
    noticedBy: 'records > do not change with the object that was written',
  },
  'remembers what it read': {
    breaks: (inner) => {
      const read = new Map<string, unknown>()
      return {
        get: async (kind, id, options) => {
          const found = read.get(id) ?? (await inner.get(kind, id, options))
          read.set(id, found)
          // Sound: ids of several kinds are not mixed in the test that is to notice.
          return found as never
        },
      }
    },
    noticedBy: 'races > lose no update of writers who read again and retry',
  },
  'ignores signals': {
    breaks: (inner) => ({
      write: (changes) => inner.write(changes),
      get: (kind, id) => inner.get(kind, id),
      query: (kind, query) => inner.query(kind, query),
      changes: (since) => inner.changes(since),
    }),
    noticedBy: 'records > are neither written nor read under an aborted signal',
  },
}
