import {
  cairnError,
  MemoryMetadataStore,
  type DisposableComponent,
  type MetadataStore,
  type OperationOptions,
  type RecordChange,
  type RecordKind,
  type RecordKinds,
  type RecordNotice,
  type RecordPage,
  type RecordQuery,
} from '@cairnml/core'

import { Database } from './database/database.ts'
import { isMissingFile } from './database/missing-file.ts'
import { ChangeLog } from './metadata/change-log.ts'
import { FactWriter } from './metadata/fact-writer.ts'
import { KEY_TREE_TABLE } from './metadata/key-tree-table.ts'
import { METADATA_SCHEMA } from './metadata/metadata-schema-data.ts'
import { PIPELINE_TABLE } from './metadata/pipeline-table.ts'
import { PIPELINE_VERSION_TABLE } from './metadata/pipeline-version-table.ts'
import type { AnyQuery } from './metadata/record-query.ts'
import { RecordReader } from './metadata/record-reader.ts'
import type { RecordTable, RecordTables } from './metadata/record-table.ts'
import { RecordWriter } from './metadata/record-writer.ts'
import { RUN_TABLE } from './metadata/run-table.ts'
import { stepRunTable } from './metadata/step-run-table.ts'
import { SymbolTable } from './metadata/symbol-table.ts'
import type { StoreLocation } from './store-location.ts'

interface Opened {
  readonly database: Database
  readonly tables: RecordTables
  readonly symbols: SymbolTable
  readonly reader: RecordReader
  readonly writer: RecordWriter
  readonly log: ChangeLog
}

/** Answers for a store without a file. */
const EMPTY = new MemoryMetadataStore()

/**
 * A metadata store in one SQLite file, which any number of processes may use at once. The file is opened at the first
 * use, and made at the first write: where it is missing, the store is empty, and reading it leaves it so.
 *
 * Besides the codes of the port: CAIRN_DATABASE_UNREADABLE, CAIRN_DATABASE_NEWER, CAIRN_DATABASE_BUSY when another
 * process holds the file for longer than the busy timeout, and CAIRN_STORE_UNAVAILABLE when it cannot be written.
 */
export class SqliteMetadataStore implements MetadataStore, DisposableComponent {
  readonly name: string
  readonly type = 'sqlite'
  readonly #location: StoreLocation
  #opened: Opened | undefined
  #closed = false

  constructor(location: StoreLocation) {
    this.name = location.name
    this.#location = location
  }

  /** Whether the file is whole and can be written, or could be made. */
  async check(options?: OperationOptions): Promise<void> {
    const { checkDatabase } = await import('./database/check-database.ts')
    checkDatabase(this.#location, METADATA_SCHEMA, options)
  }

  async write(changes: readonly RecordChange[], options?: OperationOptions): Promise<void> {
    options?.signal?.throwIfAborted()
    if (changes.length === 0) return
    const { database, symbols, writer, log } = this.#open()
    let committed = false
    try {
      database.transaction('write records', () => {
        for (const change of changes) writer.apply(change)
        log.append(changes)
      })
      committed = true
    } finally {
      symbols.settle(committed)
    }
  }

  async get<K extends RecordKind>(
    kind: K,
    id: string,
    options?: OperationOptions,
  ): Promise<RecordKinds[K] | undefined> {
    options?.signal?.throwIfAborted()
    if (this.#isEmpty()) return EMPTY.get(kind, id)
    const { database, tables, reader } = this.#open()
    return database.guard('read a record', () => {
      const table = tableOf(tables, kind)
      const row = reader.find(table, table.locate(id))
      return row === undefined ? undefined : table.decode(row)
    })
  }

  async query<K extends RecordKind>(
    kind: K,
    query: RecordQuery<K> = {},
    options?: OperationOptions,
  ): Promise<RecordPage<RecordKinds[K]>> {
    options?.signal?.throwIfAborted()
    if (this.#isEmpty()) return EMPTY.query(kind, query)
    const { database, tables, reader } = this.#open()
    return database.guard('read records', () => {
      const table = tableOf(tables, kind)
      // Sound: it is the same with the names of the fields forgotten; they are checked against the table.
      const { rows, cursor } = reader.page(table, query as AnyQuery)
      const items = rows.map((row) => table.decode(row))
      return cursor === undefined ? { items } : { items, cursor }
    })
  }

  async *changes(since: number, options?: OperationOptions): AsyncIterable<RecordNotice> {
    let last: number | undefined = since
    while (last !== undefined) {
      options?.signal?.throwIfAborted()
      if (this.#isEmpty()) return
      const { database, log } = this.#open()
      const after: number = last
      const notices = database.guard('read changes', () => log.read(after))
      for (const notice of notices) {
        options?.signal?.throwIfAborted()
        yield notice
      }
      last = notices.at(-1)?.sequence
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#opened?.database.close()
  }

  #isEmpty(): boolean {
    return !this.#closed && this.#opened === undefined && isMissingFile(this.#location.file)
  }

  #open(): Opened {
    if (this.#closed) {
      const { file } = this.#location
      throw cairnError('CAIRN_STORE_UNAVAILABLE', { store: file, operation: 'be used', reason: 'it is closed' })
    }
    this.#opened ??= open(this.#location)
    return this.#opened
  }
}

function open(location: StoreLocation): Opened {
  const database = new Database({ ...location, schema: METADATA_SCHEMA })
  const symbols = new SymbolTable(database)
  const tables: RecordTables = {
    pipeline: PIPELINE_TABLE,
    pipelineVersion: PIPELINE_VERSION_TABLE,
    run: RUN_TABLE,
    stepRun: stepRunTable(symbols),
    keyTree: KEY_TREE_TABLE,
  }
  const reader = new RecordReader(database, symbols)
  const writer = new RecordWriter(database, tables, new FactWriter(database, symbols))
  return { database, tables, symbols, reader, writer, log: new ChangeLog(database) }
}

function tableOf<K extends RecordKind>(tables: RecordTables, kind: K): RecordTable<K> {
  if (Object.hasOwn(tables, kind)) return tables[kind]
  throw cairnError('CAIRN_RECORD_QUERY', { kind, problem: 'there is no such kind' })
}
