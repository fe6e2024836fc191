import type { MetadataStore, RecordChange, StepRunRecord } from '@cairnml/core'

const GROUP_MS = 20
const GROUP_SIZE = 256

/**
 * Writes step runs in groups: a commit of its own for each would cost more than the rest of a cached step. What is not
 * yet written is lost if the process dies; results are not, they are found by their keys.
 */
export class Recorder {
  readonly #store: MetadataStore
  /** By id; a record that is written twice within a group is written once. */
  readonly #pending = new Map<string, RecordChange & { readonly kind: 'stepRun' }>()
  /** The newest state of each step run, by id. */
  readonly #newest = new Map<string, StepRunRecord>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #failure: { readonly error: unknown } | undefined

  constructor(store: MetadataStore) {
    this.#store = store
  }

  /** Queues the first record of a step run. */
  insert(record: StepRunRecord): void {
    this.#add({ op: 'insert', kind: 'stepRun', record })
  }

  /** Queues a later state of a step run: the whole record, its revision raised by one. */
  update(record: StepRunRecord): void {
    const pending = this.#pending.get(record.id)
    if (pending?.op === 'insert') this.#add({ op: 'insert', kind: 'stepRun', record: { ...record, revision: 1 } })
    else this.#add({ op: 'update', kind: 'stepRun', record })
  }

  /** Everything that was queued, as it is by then, written or not. */
  get stepRuns(): Iterable<StepRunRecord> {
    return this.#newest.values()
  }

  /** Whether a record was queued and is not written yet. */
  isPending(id: string): boolean {
    return this.#pending.has(id)
  }

  /**
   * Writes everything that is queued.
   *
   * @throws what the store threw, now or in an earlier group
   */
  async flush(): Promise<void> {
    this.#start()
    await this.#writing
    if (this.#failure !== undefined) throw this.#failure.error
  }

  #add(change: RecordChange & { readonly kind: 'stepRun'; readonly op: 'insert' | 'update' }): void {
    this.#pending.set(change.record.id, change)
    this.#newest.set(change.record.id, change.record)
    if (this.#pending.size >= GROUP_SIZE) this.#start()
    else this.#timer ??= setTimeout(() => this.#start(), GROUP_MS)
  }

  #start(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#pending.size === 0) return
    const changes = [...this.#pending.values()]
    this.#pending.clear()
    this.#writing = this.#writing
      .then(() => this.#store.write(changes))
      .catch((error: unknown) => {
        this.#failure ??= { error }
      })
  }
}
