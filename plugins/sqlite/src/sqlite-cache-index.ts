import {
  cairnError,
  entryInTheWay,
  isCairnError,
  type AcquireOptions,
  type BeaterReference,
  type Busy,
  type CacheEntry,
  type CacheIndex,
  type DisposableComponent,
  type Lease,
  type OperationOptions,
  type PutEntryOptions,
} from '@cairnml/core'

import { Database, DEFAULT_BUSY_TIMEOUT_MS } from './database/database.ts'
import { isMissingFile } from './database/missing-file.ts'
import { CACHE_SCHEMA } from './entries/cache-schema-data.ts'
import type { EntryStore } from './entries/entry-store.ts'
import { openEntryStore } from './entries/keyv-sqlite.ts'
import { Turns } from './entries/turns.ts'
import { beaterReference } from './leases/beater-reference.ts'
import { LeaseTable } from './leases/lease-table.ts'
import { secretOf } from './secret/secret-row.ts'
import type { StoreLocation } from './store-location.ts'

interface Opened {
  readonly database: Database
  readonly entries: EntryStore
  readonly leases: LeaseTable
  readonly turns: Turns
}

/**
 * A cache index in one SQLite file, which any number of processes may use at once: the entries are a Keyv store, the
 * leases a table beside it. The file is opened at the first use, and made at the first change: where it is missing, the
 * index is empty, and reading it leaves it so.
 *
 * Besides the codes of the port: CAIRN_DATABASE_UNREADABLE, CAIRN_DATABASE_NEWER, CAIRN_DATABASE_BUSY when another
 * process holds the file for longer than the busy timeout, and CAIRN_STORE_UNAVAILABLE when it cannot be used.
 */
export class SqliteCacheIndex implements CacheIndex, DisposableComponent {
  readonly name: string
  readonly type = 'sqlite'
  readonly #location: StoreLocation
  #opened: Opened | undefined
  #opening: Promise<Opened> | undefined
  #closed = false

  constructor(location: StoreLocation) {
    this.name = location.name
    this.#location = location
  }

  /** Whether the file is whole and can be written, or could be made. */
  async check(options?: OperationOptions): Promise<void> {
    const { checkDatabase } = await import('./database/check-database.ts')
    checkDatabase(this.#location, CACHE_SCHEMA, options)
  }

  async get(key: string, options?: OperationOptions): Promise<readonly CacheEntry[]> {
    if (this.#isEmpty(options)) return []
    const { database, entries } = await this.#open(options)
    try {
      return (await entries.get(key)) ?? []
    } catch (error) {
      throw database.explain(error, 'read entries')
    }
  }

  async getMany(keys: readonly string[], options?: OperationOptions): Promise<readonly (readonly CacheEntry[])[]> {
    if (this.#isEmpty(options)) return keys.map(() => [])
    const { database, entries } = await this.#open(options)
    try {
      const found = await entries.getMany([...keys])
      return found.map((list) => list ?? [])
    } catch (error) {
      throw database.explain(error, 'read entries')
    }
  }

  async put(key: string, entry: CacheEntry, options?: PutEntryOptions): Promise<CacheEntry> {
    return this.#change(options, async ({ entries }) => {
      const stored = (await entries.get(key)) ?? []
      const other = entryInTheWay(stored, entry, options?.seen)
      if (other !== undefined) return other
      if (await entries.set(key, [entry, ...stored])) return entry
      throw new Error('the database refused it')
    })
  }

  async remove(key: string, entry?: string, options?: OperationOptions): Promise<void> {
    await this.#change(options, async ({ entries }) => {
      const stored = (await entries.get(key)) ?? []
      const left = entry === undefined ? [] : stored.filter(({ id }) => id !== entry)
      if (left.length === stored.length) return
      const isDone = left.length === 0 ? await entries.delete(key) : await entries.set(key, left)
      if (!isDone) throw new Error('the database refused it')
    })
  }

  async acquire(key: string, owner: string, options?: AcquireOptions): Promise<Lease | Busy> {
    const taken = await this.#lease(options, (leases) => leases.take(key, owner, options?.takeOver))
    if (typeof taken !== 'number') return taken
    return {
      key,
      fence: taken,
      renew: (renewal) => this.#lease(renewal, (leases) => leases.beat(key, taken)),
      release: (ending) => this.#lease(ending, (leases) => leases.release(key, taken)),
    }
  }

  /** Needs no turn: it writes nothing, and a change of entries that is under way leaves leases alone. */
  async holder(key: string, options?: OperationOptions): Promise<Busy | undefined> {
    if (this.#isEmpty(options)) return undefined
    const { leases } = await this.#open(options)
    return leases.holder(key)
  }

  beater(): BeaterReference {
    const { file, busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS } = this.#location
    return beaterReference({ file, busyTimeoutMs })
  }

  async secret(options?: OperationOptions): Promise<Uint8Array> {
    const { database, turns } = await this.#open(options)
    return turns.take(async () => secretOf(database))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    const opened = this.#opened ?? (await this.#opening?.catch(() => undefined))
    await opened?.turns.idle()
    opened?.database.close()
  }

  /** Reads, decides and writes while no other process can write. */
  async #change<T>(options: OperationOptions | undefined, work: (opened: Opened) => Promise<T>): Promise<T> {
    const opened = await this.#open(options)
    const { database, turns } = opened
    return turns.take(async () => {
      options?.signal?.throwIfAborted()
      try {
        database.begin()
        const result = await work(opened)
        database.commit()
        return result
      } catch (error) {
        database.rollback()
        throw this.#writeError(database, error)
      }
    })
  }

  #writeError(database: Database, error: unknown): unknown {
    const explained = database.explain(error, 'write entries')
    if (isCairnError(explained) && explained.code !== 'CAIRN_STORE_UNAVAILABLE') return explained
    const reason = error instanceof Error ? error.message : String(error)
    return cairnError('CAIRN_INDEX_WRITE', { index: this.#location.file, reason }, { cause: error })
  }

  /** Works on leases between two changes of entries, which would keep the write lock from it. */
  async #lease<T>(options: OperationOptions | undefined, work: (leases: LeaseTable) => T): Promise<T> {
    const { leases, turns } = await this.#open(options)
    return turns.take(async () => work(leases))
  }

  #isEmpty(options: OperationOptions | undefined): boolean {
    options?.signal?.throwIfAborted()
    return !this.#closed && (this.#opened ?? this.#opening) === undefined && isMissingFile(this.#location.file)
  }

  /** What is open already costs no promise: a cached step asks once. */
  #open(options: OperationOptions | undefined): Opened | Promise<Opened> {
    options?.signal?.throwIfAborted()
    if (this.#closed) {
      const { file } = this.#location
      throw cairnError('CAIRN_STORE_UNAVAILABLE', { store: file, operation: 'be used', reason: 'it is closed' })
    }
    return this.#opened ?? (this.#opening ??= this.#openFile())
  }

  async #openFile(): Promise<Opened> {
    try {
      this.#opened = await open(this.#location)
      return this.#opened
    } finally {
      this.#opening = undefined
    }
  }
}

async function open(location: StoreLocation): Promise<Opened> {
  const database = new Database({ ...location, schema: CACHE_SCHEMA })
  try {
    const entries = await openEntryStore(database)
    return { database, entries, leases: new LeaseTable(database), turns: Turns.of(location.file) }
  } catch (error) {
    database.close()
    throw database.explain(error, 'open')
  }
}
