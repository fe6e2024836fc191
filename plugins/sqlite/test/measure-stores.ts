// Prints what the stores cost: node --conditions=@cairnml/source test/measure-stores.ts [step runs] [entries]
import { hash } from 'node:crypto'
import { statSync } from 'node:fs'
import path from 'node:path'

import type { RecordChange } from '@cairnml/core'

import type { SqliteCacheIndex } from '../src/sqlite-cache-index.ts'
import type { SqliteMetadataStore } from '../src/sqlite-metadata-store.ts'
import { entry, insert, run, stepRun } from './records.ts'
import { scratchFolder } from './scratch-folder.ts'
import { indexIn, metadataIn } from './stores.ts'

const STEPS = 1000
const BATCH = 256
const KEYS = Array.from({ length: STEPS }, (_, i) => hash('sha256', String(i)))

const [stepRuns = '1000000', entries = '100000'] = process.argv.slice(2)
const RUNS = Math.ceil(Number(stepRuns) / STEPS)
const ENTRIES = Number(entries)

const runId = (number: number): string => `20261121T${String(number).padStart(8, '0')}`
const keyOf = (number: number): string => hash('sha256', `entry ${number}`)

function cachedSteps(number: number, from: number): readonly RecordChange[] {
  const length = Math.min(BATCH, STEPS - from)
  return Array.from({ length }, (_, i) => {
    const position = from + i
    const key = KEYS[position]
    const origin = `${runId(0)}-origin.step-${position}`
    const reused = { key, origin, entry: `01JD${String(position).padStart(22, '0')}`, endedAt: 1_800_000_000_002 }
    const fields = { step: `step-${position % 50}`, position, startedAt: 1_800_000_000_001 }
    return insert('stepRun', stepRun(runId(number), `step-${position}`, { ...fields, ...reused }))
  })
}

/** Milliseconds of each call. */
async function timed(count: number, work: (i: number) => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    await work(i)
    times.push(performance.now() - start)
  }
  return times
}

function report(what: string, times: readonly number[], per = 1): void {
  const sorted = times.toSorted((a, b) => a - b)
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length
  const [median = 0, worst = 0] = [sorted[sorted.length >> 1], sorted.at(-1)]
  const format = (time: number): string => (time / per).toFixed(4).padStart(9)
  console.log(`${what.padEnd(46)} mean ${format(mean)}  median ${format(median)}  worst ${format(worst)} ms`)
}

async function fill(store: SqliteMetadataStore, from: number, to: number): Promise<void> {
  const times: number[] = []
  for (let number = from; number < to; number++) {
    await store.write([insert('run', run(runId(number), { startedAt: number }))])
    for (let at = 0; at < STEPS; at += BATCH) {
      const batch = cachedSteps(number, at)
      const start = performance.now()
      await store.write(batch)
      times.push((performance.now() - start) / batch.length)
    }
  }
  report(`insert, per step run (${(from * STEPS).toLocaleString('en')} before)`, times)
}

async function measureMetadata(project: string): Promise<void> {
  await using store = metadataIn(project)
  report('open a fresh metadata store', await timed(1, () => store.get('run', 'none')))
  const tenth = Math.max(1, Math.floor(RUNS / 10))
  for (let at = 0; at < RUNS; at += tenth) await fill(store, at, Math.min(RUNS, at + tenth))
  const extra = await timed(2000, (i) =>
    store.write([insert('stepRun', stepRun('extra', `s-${i}`, { key: KEYS[i % STEPS] }))]),
  )
  report('insert one step run in a batch of its own', extra)
  const some = (): string => runId(Math.floor(Math.random() * RUNS))
  const get = await timed(5000, (i) => store.get('stepRun', `${some()}.step-${i % STEPS}`))
  report('get a step run', get)
  const first = { orderBy: { field: 'position', direction: 'asc' }, limit: 100 } as const
  report(
    '100 step runs of a run by position',
    await timed(500, () => store.query('stepRun', { ...first, where: { run: some() } })),
  )
  const { cursor } = await store.query('stepRun', { ...first, where: { run: runId(0) }, limit: 800 })
  report(
    'the 9th such page',
    await timed(500, () => store.query('stepRun', { ...first, where: { run: runId(0) }, cursor })),
  )
  const history = await timed(20, (i) => store.query('stepRun', { where: { invocation: `step-${i}` }, limit: 50 }))
  report('50 step runs of an invocation in all runs', history)
  const newest = { orderBy: { field: 'startedAt', direction: 'desc' }, limit: 50 } as const
  report('the newest 50 runs', await timed(200, () => store.query('run', newest)))
  report(
    'the newest 50 runs of a pipeline',
    await timed(200, () => store.query('run', { ...newest, where: { pipeline: 'train' } })),
  )
  const size = statSync(path.join(project, '.cairn/metadata.sqlite')).size
  console.log(`metadata.sqlite: ${(size / 1e6).toFixed(0)} MB, ${Math.round(size / (RUNS * STEPS))} bytes per step run`)
}

async function measureIndex(project: string): Promise<void> {
  await using index = indexIn(project)
  report('open a fresh cache index', await timed(1, () => index.get('none')))
  const tenth = Math.ceil(ENTRIES / 10)
  const times = await timed(ENTRIES, (i) => index.put(keyOf(i), entry(keyOf(i), `01JD${i}`)))
  report('put, the first tenth', times.slice(0, tenth))
  report('put, the last tenth', times.slice(-tenth))
  await measureLookUps(index)
  const lease = await timed(2000, async (i) => {
    const taken = await index.acquire(keyOf(i), 'me')
    if (!('busy' in taken)) await taken.release()
  })
  report('acquire and release a lease', lease)
  const size = statSync(path.join(project, '.cairn/cache.sqlite')).size
  console.log(`cache.sqlite: ${(size / 1e6).toFixed(0)} MB, ${Math.round(size / ENTRIES)} bytes per entry`)
}

async function measureLookUps(index: SqliteCacheIndex): Promise<void> {
  const keys = Array.from({ length: 10_000 }, () => keyOf(Math.floor(Math.random() * ENTRIES)))
  report('look up a key', await timed(keys.length, (i) => index.get(keys[i] ?? '')))
  report('look up a key that is not there', await timed(keys.length, (i) => index.get(`no ${keys[i]}`)))
  const many = await timed(100, (i) => index.getMany(keys.slice(i * 100, i * 100 + 100)))
  report('look up 100 keys at once, per key', many, 100)
}

using project = scratchFolder()
await measureMetadata(project.path)
await measureIndex(project.path)
