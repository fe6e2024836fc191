import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { CACHE_INDEX, METADATA_STORE, type CacheIndex, type MetadataStore, type RecordChange } from '@cairnml/core'

import { openBenchStack } from './bench-stack.ts'
import { PastRun, STEPS_PER_RUN } from './past-runs.ts'

/** Of what is written below; a store of another version is made anew. */
const VERSION = 1
const BATCH = 250

/** How much a filled store holds. */
export interface Filling {
  /** Runs of 1000 steps each. */
  readonly runs: number
  /** How many of them executed their steps: each gives 1000 cache entries. */
  readonly executed: number
}

/** Copies a store with a past to a folder; it is made once and kept among the temporary files of the machine. */
export async function copyFilledStore(filling: Filling, cairnDir: string): Promise<void> {
  const name = `cairn-bench-store-${VERSION}-${filling.runs}-${filling.executed}`
  const kept = nodePath.join(os.tmpdir(), name)
  const mark = nodePath.join(kept, 'complete')
  if (!existsSync(mark)) {
    process.stderr.write(`filling ${kept} with ${filling.runs * STEPS_PER_RUN} step runs ...\n`)
    rmSync(kept, { recursive: true, force: true })
    mkdirSync(kept, { recursive: true })
    await fill(kept, filling)
    writeFileSync(mark, '')
  }
  cpSync(kept, cairnDir, { recursive: true })
}

async function fill(cairnDir: string, { runs, executed }: Filling): Promise<void> {
  await using stack = await openBenchStack(cairnDir)
  const records = await stack.get(METADATA_STORE)
  const index = await stack.get(CACHE_INDEX)
  const origins: PastRun[] = []
  for (let number = 0; number < runs; number++) {
    const isOrigin = number < executed
    const run = new PastRun(number, isOrigin ? undefined : origins[number % executed])
    if (isOrigin) origins.push(run)
    await writeRun(run, records)
    if (isOrigin) await writeResults(run, records, index)
  }
}

async function writeRun(run: PastRun, records: MetadataStore): Promise<void> {
  await records.write([{ op: 'insert', kind: 'run', record: run.record() }])
  for (let from = 0; from < STEPS_PER_RUN; from += BATCH) {
    const steps = positions(from).map((position): RecordChange => ({
      op: 'insert',
      kind: 'stepRun',
      record: run.step(position),
    }))
    await records.write(steps)
  }
}

async function writeResults(run: PastRun, records: MetadataStore, index: CacheIndex): Promise<void> {
  for (let from = 0; from < STEPS_PER_RUN; from += BATCH) {
    const trees = positions(from).map((position): RecordChange => {
      const { key, startedAt } = run.entry(position)
      const record = { id: key, revision: 1, tree: run.keyTree(position), createdAt: startedAt }
      return { op: 'insert', kind: 'keyTree', record }
    })
    await records.write(trees)
    for (const position of positions(from)) {
      const entry = run.entry(position)
      await index.put(entry.key, entry)
    }
  }
}

function positions(from: number): readonly number[] {
  return Array.from({ length: BATCH }, (_, offset) => from + offset)
}
