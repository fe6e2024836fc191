import { randomUUID } from 'node:crypto'

import {
  MemoryCacheIndex,
  MemoryMetadataStore,
  type CacheEntry,
  type CacheIndex,
  type Json,
  type MetadataStore,
  type RecordChange,
} from '@cairnml/core'

import { broken } from './fault.ts'
import { Journal, type JournalFault } from './journal.ts'

/** A metadata store over a journal, which nobody locks. */
export function journalMetadataStore(file: string, fault: JournalFault): MetadataStore {
  const journal = new Journal(file, fault)
  const inner = new MemoryMetadataStore()
  const catchUp = async (): Promise<void> => {
    // Sound: `write` alone adds lines.
    const lines = journal.news() as unknown as readonly { readonly batch: string; readonly change: RecordChange }[]
    for (const [, batch] of Map.groupBy(lines, (line) => line.batch)) {
      // Whoever comes second with a conflict is left out by all alike.
      await inner.write(batch.map(({ change }) => change)).catch(() => undefined)
    }
  }
  return broken<MetadataStore>(inner, {
    write: async (changes) => {
      await catchUp()
      const trial = new MemoryMetadataStore()
      await trial.write(changes)
      const batch = randomUUID()
      // Sound: changes are plain data.
      await journal.append(changes.map((change) => ({ batch, change }) as unknown as Json))
    },
    get: async (kind, id) => {
      await catchUp()
      return inner.get(kind, id)
    },
    query: async (kind, query) => {
      await catchUp()
      return inner.query(kind, query)
    },
    changes: async function* (since) {
      await catchUp()
      yield* inner.changes(since)
    },
  })
}

/** A cache index over a journal, which nobody locks; its leases are known to its own process only. */
export function journalCacheIndex(file: string, fault: JournalFault): CacheIndex {
  const journal = new Journal(file, fault)
  const inner = new MemoryCacheIndex()
  const catchUp = async (): Promise<void> => {
    // Sound: `put` alone adds lines.
    for (const entry of journal.news() as unknown as readonly CacheEntry[]) {
      const [newest] = await inner.get(entry.key)
      await inner.put(entry.key, entry, { seen: newest?.id })
    }
  }
  return broken<CacheIndex>(inner, {
    get: async (key) => {
      await catchUp()
      return inner.get(key)
    },
    getMany: async (keys) => {
      await catchUp()
      return inner.getMany(keys)
    },
    put: async (key, entry) => {
      await catchUp()
      const [newest] = await inner.get(key)
      if (newest !== undefined) return newest
      // Sound: entries are plain data.
      await journal.append([entry as unknown as Json])
      return entry
    },
  })
}
