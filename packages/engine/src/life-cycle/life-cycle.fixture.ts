import { json, list, pipeline, step, type MetadataStore, type Run } from '@cairnml/core'
import { z } from 'zod'

import { Trial, type TrialParts } from '../trial/trial.fixture.ts'
import type { CacheStores } from './open-cache.ts'

/** Gives a text of this many characters. */
export const load = step({
  name: 'load',
  params: z.object({ size: z.number().default(1000) }),
  output: z.string(),
}).implement(({ size }) => 'x'.repeat(size))

/** Gives the lengths of the text, of half of it, and again of it, as a list. */
export const lengths = step({ name: 'lengths', inputs: { text: z.string() }, output: list(z.number()) }).implement(
  ({ text }) => [text.length, text.length / 2, text.length],
)

/** Is never reused. */
export const report = step({
  name: 'report',
  inputs: { all: list(z.number()) },
  output: json<{ readonly sum: number }>(),
  cache: false,
}).implement(({ all }) => ({ sum: all.reduce((sum, one) => sum + one, 0) }))

/** All three: one file, a collection, and a result that is kept for its run only. */
export const chain = pipeline({
  name: 'chain',
  params: z.object({ size: z.number().default(1000) }),
  build: ({ size }) => report({ all: lengths({ text: load({ size }) }) }),
})

/** A trial with what commands on the cache get of its stack. */
export class CacheTrial extends Trial {
  readonly stores: CacheStores

  constructor(parts: TrialParts = {}) {
    super(parts)
    this.stores = { artifactStore: this.artifacts, metadataStore: this.records, cacheIndex: this.index }
  }

  chain(size = 1000, options: Parameters<Trial['run']>[2] = {}): Promise<Run> {
    return this.run(chain, { size }, options)
  }
}

/** Makes the store say that a run goes on, until the function that is returned is called. */
export async function pretendRunning(store: MetadataStore, id: string): Promise<() => Promise<void>> {
  const setStatus = async (status: 'running' | 'completed'): Promise<void> => {
    const run = await store.get('run', id)
    if (run === undefined) throw new Error(`There is no run ${id}.`)
    await store.write([{ op: 'update', kind: 'run', record: { ...run, status, revision: run.revision + 1 } }])
  }
  await setStatus('running')
  return () => setStatus('completed')
}
