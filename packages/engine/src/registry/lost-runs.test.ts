import { spawnSync } from 'node:child_process'

import { MemoryMetadataStore, pipeline, step, thisProcess, type ProcessIdentity } from '@cairnml/core'
import { runRecord, stepRunRecord } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { present, Trial } from '../trial/trial.fixture.ts'
import { markLostRuns } from './lost-runs.ts'

const { pid } = spawnSync(process.execPath, ['-e', ''])
const DEAD: ProcessIdentity = { ...thisProcess(), pid }

const one = step({ name: 'one', output: z.number() }).implement(() => 1)
const next = pipeline({ name: 'next', build: () => one() })

describe('a run whose process died', () => {
  it('is marked as failed by the next run, with the steps that it had begun', async () => {
    const trial = new Trial()
    await trial.records.write([
      { op: 'insert', kind: 'run', record: runRecord({ id: 'r', name: 'lost', process: DEAD }) },
      { op: 'insert', kind: 'stepRun', record: stepRunRecord({ run: 'r', invocation: 'a', status: 'completed' }) },
      { op: 'insert', kind: 'stepRun', record: stepRunRecord({ run: 'r', invocation: 'b', status: 'running' }) },
    ])
    const before = Date.now()
    await trial.run(next)
    const lost = present(await trial.records.get('run', 'r'))
    expect(lost).toMatchObject({ status: 'failed', revision: 2, error: { code: 'CAIRN_RUN_LOST' } })
    expect(lost.error?.message).toContain('lost')
    expect(lost.endedAt).toBeGreaterThanOrEqual(before)
    expect(await trial.stepRecord('r', 'a')).toMatchObject({ status: 'completed', revision: 1 })
    expect(await trial.stepRecord('r', 'b')).toMatchObject({ status: 'failed', error: { code: 'CAIRN_RUN_LOST' } })
  })

  it('is told from one that may still live: this process, another host', async () => {
    const store = new MemoryMetadataStore()
    const lives: readonly ProcessIdentity[] = [thisProcess(), { ...DEAD, host: 'elsewhere' }]
    for (const [at, process] of lives.entries()) {
      await store.write([{ op: 'insert', kind: 'run', record: runRecord({ id: `r${at}`, process }) }])
    }
    await markLostRuns(store)
    for (const at of lives.keys()) expect(await store.get('run', `r${at}`)).toMatchObject({ status: 'running' })
  })

  it('is marked among many, over all pages', async () => {
    const store = new MemoryMetadataStore()
    const ids = Array.from({ length: 250 }, (_, at) => `r${at}`)
    for (const id of ids) await store.write([{ op: 'insert', kind: 'run', record: runRecord({ id, process: DEAD }) }])
    await markLostRuns(store)
    expect((await store.query('run', { where: { status: 'running' } })).items).toEqual([])
    expect((await store.query('run', { where: { status: 'failed' }, limit: 1000 })).items).toHaveLength(250)
  })

  it('is marked once when several processes notice', async () => {
    const store = new MemoryMetadataStore()
    await store.write([{ op: 'insert', kind: 'run', record: runRecord({ id: 'r', process: DEAD }) }])
    await Promise.all([markLostRuns(store), markLostRuns(store), markLostRuns(store)])
    expect(await store.get('run', 'r')).toMatchObject({ status: 'failed', revision: 2 })
  })
})
