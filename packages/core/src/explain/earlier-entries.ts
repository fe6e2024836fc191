import type { KeyTree } from '../cache-policy/cache-policy.ts'
import type { MetadataStore } from '../metadata-store/metadata-store.ts'
import type { RunRecord, StepRunRecord } from '../records/records.ts'
import { distanceOf } from './compare-key-trees.ts'

const MOST_ENTRIES = 16
const PAGE = 64
const MOST_PAGES = 16

/** An earlier entry of a step: the step run that made it, and the parts of its key. */
export interface EarlierEntry {
  readonly stepRun: StepRunRecord
  readonly tree: KeyTree
  /** The run that it was made in; absent where that is not recorded any more. */
  readonly run?: RunRecord | undefined
}

/** Whose entry is looked for. */
export interface EntrySearch {
  readonly tree: KeyTree
  /** Of entries that are equally near, one of this invocation is taken. */
  readonly invocation: string
  readonly pipeline: string
  /** Leaves out of an entry's tree what is not to be compared. @default all of it is */
  readonly without?: ((tree: KeyTree) => KeyTree) | undefined
}

/**
 * The newest entries that were made of a step, and which of them is nearest to a key. They are read once, and key trees
 * and runs once each, so one is worth keeping where many invocations of a step are explained.
 */
export class EarlierEntries {
  readonly #store: MetadataStore
  readonly #trees = new Map<string, Promise<KeyTree | undefined>>()
  readonly #runs = new Map<string, Promise<RunRecord | undefined>>()
  readonly #stepRuns: Promise<readonly StepRunRecord[]>

  /** @param isEarlier which step runs count; a run is not explained by what it did itself */
  constructor(store: MetadataStore, step: string, isEarlier: (stepRun: StepRunRecord) => boolean) {
    this.#store = store
    this.#stepRuns = newestEntries(store, step, isEarlier)
    // Whoever asks for the nearest gets the error.
    this.#stepRuns.catch(() => undefined)
  }

  /** The entry whose key differs in the fewest parts; of equal ones that of the same invocation, else the newest. */
  async nearest(search: EntrySearch): Promise<EarlierEntry | undefined> {
    const { tree, invocation, pipeline, without } = search
    let best: Omit<EarlierEntry, 'run'> | undefined
    let least = Number.POSITIVE_INFINITY
    for (const stepRun of await this.#stepRuns) {
      const known = stepRun.key === undefined ? undefined : await this.#tree(stepRun.key)
      if (known === undefined) continue
      const distance = distanceOf(without?.(known) ?? known, tree)
      // Half a part: enough to decide between equals, and never more.
      const isSame = distance <= least && stepRun.invocation === invocation && (await this.#isOf(stepRun, pipeline))
      const rank = isSame ? distance - 0.5 : distance
      if (rank < least) [best, least] = [{ stepRun, tree: known }, rank]
      // Different keys differ in one part at least, unless parts are left out.
      if (least <= (without === undefined ? 0.5 : -0.5)) break
    }
    return best && { ...best, run: await this.#run(best.stepRun.run) }
  }

  #tree(key: string): Promise<KeyTree | undefined> {
    const known = this.#trees.get(key) ?? this.#store.get('keyTree', key).then((record) => record?.tree)
    this.#trees.set(key, known)
    return known
  }

  async #isOf({ run }: StepRunRecord, pipeline: string): Promise<boolean> {
    return (await this.#run(run))?.pipeline === pipeline
  }

  #run(id: string): Promise<RunRecord | undefined> {
    const known = this.#runs.get(id) ?? this.#store.get('run', id)
    this.#runs.set(id, known)
    return known
  }
}

async function newestEntries(
  store: MetadataStore,
  step: string,
  isEarlier: (stepRun: StepRunRecord) => boolean,
): Promise<readonly StepRunRecord[]> {
  const found: StepRunRecord[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items, cursor: next } = await store.query('stepRun', {
      where: { entryOf: step },
      orderBy: { field: 'entryOf', direction: 'desc' },
      limit: page === 0 ? MOST_ENTRIES : PAGE,
      cursor,
    })
    found.push(...items.filter(isEarlier))
    if (next === undefined || found.length >= MOST_ENTRIES) break
    cursor = next
  }
  return found.slice(0, MOST_ENTRIES)
}
