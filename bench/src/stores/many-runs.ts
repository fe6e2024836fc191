import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { METADATA_STORE, sortableId, type RecordChange, type RunRecord } from '@cairnml/core'

import { openBenchStack } from './bench-stack.ts'

/** Of what is written below; a store of another version is made anew. */
const VERSION = 1
const BATCH = 1000
const STARTED = Date.UTC(2024, 0, 1)
const MINUTE_MS = 60_000
const PIPELINES = ['nightly', 'training', 'sweep', 'rare'] as const

/** A folder for local state with many runs of one step each; it is made once and kept for the next time. */
export async function storeOfRuns(runs: number): Promise<string> {
  const kept = nodePath.join(os.tmpdir(), `cairn-bench-runs-${VERSION}-${runs}`)
  const mark = nodePath.join(kept, 'complete')
  if (existsSync(mark)) return kept
  process.stderr.write(`filling ${kept} with ${runs} runs ...\n`)
  rmSync(kept, { recursive: true, force: true })
  mkdirSync(kept, { recursive: true })
  await using stack = await openBenchStack(kept)
  const records = await stack.get(METADATA_STORE)
  const pipelines = PIPELINES.map((name): RecordChange => {
    return { op: 'insert', kind: 'pipeline', record: { id: name, revision: 1, name, createdAt: STARTED } }
  })
  await records.write(pipelines)
  for (let from = 0; from < runs; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, runs - from) }, (_, offset) => from + offset)
    await records.write(numbers.flatMap(changesOf))
  }
  writeFileSync(mark, '')
  return kept
}

function changesOf(number: number): readonly RecordChange[] {
  const run = runOf(number)
  const { id, startedAt, status } = run
  const base = { id: `${id}.train`, revision: 1, run: id, invocation: 'train', step: 'train', position: 0 } as const
  return [
    { op: 'insert', kind: 'run', record: run },
    { op: 'insert', kind: 'stepRun', record: { ...base, status, startedAt, endedAt: run.endedAt, params: run.params } },
  ]
}

function runOf(number: number): RunRecord {
  const startedAt = STARTED + number * MINUTE_MS
  const pipeline = number % 5000 === 0 ? 'rare' : PIPELINES[number % 3]
  const name = `${pipeline}-${number}`
  // Spread evenly, and never the same twice.
  const acc = ((number * 7919) % 1_000_003) / 1_000_003
  return {
    id: sortableId(startedAt),
    revision: 1,
    name,
    nameKey: name,
    pipeline: pipeline ?? 'nightly',
    version: 1 + (number % 3),
    status: number % 1000 === 7 ? 'failed' : 'completed',
    startedAt,
    endedAt: startedAt + (number % 60_000),
    params: { gamma: (number % 100) / 1000, model: { kind: number % 2 === 0 ? 'svc' : 'nn' }, seed: number },
    options: {},
    tags: number % 10_000 === 3 ? ['s7', 'best'] : ['s7'],
    stack: { name: 'default', components: {} },
    process: { host: 'bench', user: 'bench', pid: 1, node: process.version, platform: 'linux-x64' },
    metrics: [
      { name: 'acc', value: acc },
      { name: 'loss', value: 1 - acc },
    ],
    counts: { completed: 1 },
  }
}
