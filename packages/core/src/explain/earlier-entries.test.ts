import { describe, expect, it } from 'vitest'

import type { KeyTree } from '../cache-policy/cache-policy.ts'
import { MemoryMetadataStore } from '../metadata-store/memory-metadata-store.ts'
import type { RecordChange, RecordQuery } from '../index.ts'
import type { RecordKind, StepRunRecord } from '../records/records.ts'
import { EarlierEntries } from './earlier-entries.ts'

const tree = (values: Readonly<Record<string, number>>): KeyTree => ({
  policy: 'content',
  parts: Object.entries(values).map(([label, value]) => ({ label, value })),
})

/** A metadata store that counts what it is asked. */
class CountingStore extends MemoryMetadataStore {
  queries = 0
  trees = 0

  override query<K extends RecordKind>(kind: K, query?: RecordQuery<K>) {
    this.queries += 1
    return super.query(kind, query)
  }

  override get<K extends RecordKind>(kind: K, id: string) {
    if (kind === 'keyTree') this.trees += 1
    return super.get(kind, id)
  }
}

let time = 0

async function filled(
  entries: readonly { readonly run: string; readonly invocation?: string; readonly tree: KeyTree | undefined }[],
): Promise<CountingStore> {
  const store = new CountingStore()
  for (const { run, invocation = 'train', tree: parts } of entries) {
    const key = parts === undefined ? 'lost' : JSON.stringify(parts)
    const stepRun: StepRunRecord = {
      id: `${run}.${invocation}`,
      revision: 1,
      run,
      invocation,
      step: 'train',
      position: 0,
      status: 'completed',
      startedAt: ++time,
      key,
      entry: `${run}-entry`,
      entryOf: 'train',
    }
    const changes: RecordChange[] = [{ op: 'insert', kind: 'stepRun', record: stepRun }]
    if (parts !== undefined && (await store.get('keyTree', key)) === undefined) {
      changes.push({ op: 'insert', kind: 'keyTree', record: { id: key, revision: 1, tree: parts, createdAt: 1 } })
    }
    await store.write(changes)
  }
  store.trees = 0
  return store
}

async function nearestIn(store: CountingStore, values: Readonly<Record<string, number>>, invocation = 'train') {
  const entries = new EarlierEntries(store, 'train', ({ run }) => run !== 'own')
  const found = await entries.nearest({ tree: tree(values), invocation, pipeline: 'p' })
  return found?.stepRun.id
}

describe('the nearest earlier entry', () => {
  it('is none where none was made', async () => {
    expect(await nearestIn(await filled([]), { a: 1 })).toBeUndefined()
  })

  it('is the one that differs in the fewest parts, however old', async () => {
    const store = await filled([
      { run: 'r1', tree: tree({ a: 1, b: 1, c: 1 }) },
      { run: 'r2', tree: tree({ a: 2, b: 2, c: 1 }) },
      { run: 'r3', tree: tree({ a: 2, b: 3, c: 3 }) },
    ])
    expect(await nearestIn(store, { a: 1, b: 1, c: 2 })).toBe('r1.train')
  })

  it('is the newest of equally near ones', async () => {
    const store = await filled([
      { run: 'r1', tree: tree({ a: 1 }) },
      { run: 'r2', tree: tree({ a: 2 }) },
    ])
    expect(await nearestIn(store, { a: 3 })).toBe('r2.train')
  })

  it('is of equally near ones that of the same invocation of the same pipeline', async () => {
    const sweep = ['train', 'train_2', 'train_3'].map((invocation, a) => ({ run: 'r1', invocation, tree: tree({ a }) }))
    const store = await filled(sweep)
    expect(await nearestIn(store, { a: 7 }, 'train_2')).toBe('r1.train_3')
    const run = {
      id: 'r1',
      revision: 1,
      name: 'R1',
      nameKey: 'r1',
      pipeline: 'p',
      version: 1,
      status: 'completed',
    } as const
    const rest = { startedAt: 1, params: {}, options: {}, tags: [], stack: { name: 's', components: {} } }
    const process = { host: 'h', user: 'u', pid: 1, node: 'v24', platform: 'linux-x64' }
    await store.write([{ op: 'insert', kind: 'run', record: { ...run, ...rest, process } }])
    expect(await nearestIn(store, { a: 7 }, 'train_2')).toBe('r1.train_2')
  })

  it('is not of the run itself, however many entries that made', async () => {
    const own = Array.from({ length: 100 }, (_, a) => ({ run: 'own', invocation: `i${a}`, tree: tree({ a }) }))
    expect(await nearestIn(await filled([{ run: 'r1', tree: tree({ a: 1 }) }, ...own]), { a: 5 })).toBe('r1.train')
  })

  it('is not one whose parts are lost', async () => {
    const store = await filled([
      { run: 'r1', tree: tree({ a: 1 }) },
      { run: 'r2', tree: undefined },
    ])
    expect(await nearestIn(store, { a: 2 })).toBe('r1.train')
  })

  it('asks the store once for many invocations, and for each key once', async () => {
    const store = await filled(Array.from({ length: 40 }, (_, a) => ({ run: `r${a}`, tree: tree({ a: a % 4, b: 1 }) })))
    const asked = store.queries
    const entries = new EarlierEntries(store, 'train', () => true)
    for (let a = 0; a < 50; a++) await entries.nearest({ tree: tree({ a, b: 2 }), invocation: 'x', pipeline: 'p' })
    expect(store.queries - asked).toBe(1)
    expect(store.trees).toBe(4)
  })
})
