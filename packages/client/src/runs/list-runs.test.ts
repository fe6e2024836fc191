import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { thisProcess } from '@cairnml/core'

import type { Client } from '../create-client.ts'
import { NOON, RecordedProject } from '../recorded-project.fixture.ts'
import type { RunQuery } from './run-query.ts'

let project: RecordedProject
let client: Client
beforeEach(async () => {
  project = new RecordedProject()
  client = await project.client()
  const dead = { ...thisProcess(), startTicks: 1, bootId: 'another boot' }
  const acc = (value: number) => ({ metrics: [{ name: 'acc', value }] })
  await project.run('nightly-1', {}, { pipeline: 'Training', tags: ['s7'], params: { gamma: 0.1 }, ...acc(0.8) })
  await project.run('nightly-2', {}, { pipeline: 'Training', version: 2, params: { gamma: 0.01 }, ...acc(0.95) })
  await project.run('manual', {}, { pipeline: 'other', tags: ['s7', 'best'], ...acc(0.9) })
  await project.run('broken', {}, { pipeline: 'other', status: 'failed' })
  await project.run('lost', {}, { pipeline: 'other', status: 'running', process: dead })
  await project.run('live', {}, { pipeline: 'other', status: 'running', process: thisProcess() })
  const record = { id: 'training', revision: 1, name: 'Training', createdAt: 1 }
  const version = (number: number) =>
    ({
      id: `training@${number}`,
      revision: 1,
      pipeline: 'training',
      version: number,
      structure: 's',
      createdAt: 2,
    }) as const
  await project.records.write([
    { op: 'insert', kind: 'pipeline', record },
    { op: 'insert', kind: 'pipelineVersion', record: version(1) },
    { op: 'insert', kind: 'pipelineVersion', record: { ...version(2), structure: 't' } },
  ])
})
afterEach(() => client[Symbol.asyncDispose]())

async function names(query: RunQuery): Promise<readonly string[]> {
  return (await client.runs(query)).runs.map(({ name }) => name)
}

describe('runs', () => {
  it.each<[string, RunQuery, readonly string[]]>([
    ['all, newest first', {}, ['live', 'lost', 'broken', 'manual', 'nightly-2', 'nightly-1']],
    ['of a pipeline, ignoring case', { pipeline: 'TRAINING' }, ['nightly-2', 'nightly-1']],
    ['of a version', { pipeline: 'training', version: 1 }, ['nightly-1']],
    ['with a tag', { tag: 's7' }, ['manual', 'nightly-1']],
    ['with several tags', { tag: ['s7', 'best'] }, ['manual']],
    ['by the start of the name', { name: 'NIGHT' }, ['nightly-2', 'nightly-1']],
    ['since and until', { since: NOON + 1000, until: new Date(NOON + 2000) }, ['manual', 'nightly-2']],
    ['by a metric', { where: 'metrics.acc >= 0.9' }, ['manual', 'nightly-2']],
    ['by a parameter', { where: 'params.gamma < 0.05 or tag = best' }, ['manual', 'nightly-2']],
    ['in the order of a metric', { sort: 'metrics.acc', direction: 'asc' }, ['nightly-1', 'manual', 'nightly-2']],
    ['in the order of a name', { sort: 'name', direction: 'asc', limit: 2 }, ['broken', 'live']],
    ['that failed, those whose process died among them', { status: 'failed' }, ['lost', 'broken']],
    ['that are running, with a process', { status: 'running' }, ['live']],
    ['by a condition on the status', { where: 'status != failed and pipeline = other' }, ['live', 'manual']],
  ])('are found: %s', async (_, query, expected) => {
    expect(await names(query)).toEqual(expected)
  })

  it('come in pages, each run once, also where some are left out', async () => {
    const found: string[] = []
    let cursor: string | undefined
    do {
      const page = await client.runs({ where: 'status != running', limit: 2, cursor })
      expect(page.runs.length).toBeLessThanOrEqual(2)
      found.push(...page.runs.map(({ name }) => name))
      cursor = page.cursor
    } while (cursor !== undefined)
    expect(found).toEqual(['lost', 'broken', 'manual', 'nightly-2', 'nightly-1'])
  })

  it.each([
    [{ where: 'acc > 1' }, 'CAIRN_WHERE_INVALID'],
    [{ sort: 'tag' }, 'CAIRN_WHERE_INVALID'],
    [{ sort: 'nope' }, 'CAIRN_WHERE_INVALID'],
    [{ cursor: 'made up' }, 'CAIRN_RECORD_QUERY'],
    [{ limit: 0 }, 'CAIRN_RECORD_QUERY'],
  ])('are refused for %j', async (query, code) => {
    await expect(client.runs(query)).rejects.toMatchObject({ code })
  })
})

describe('a pipeline', () => {
  it('has its versions and its runs over all of them, newest first', async () => {
    const pipeline = await client.pipeline('training')
    expect(pipeline).toMatchObject({ name: 'Training', createdAt: 1 })
    expect(pipeline.versions.map(({ version }) => version)).toEqual([1, 2])
    expect(pipeline.runs.map(({ name }) => name)).toEqual(['nightly-2', 'nightly-1'])
    expect((await pipeline.versions[0]?.runs())?.runs.map(({ name }) => name)).toEqual(['nightly-1'])
    expect((await pipeline.findRuns({ tag: 's7' })).runs).toHaveLength(1)
    expect((await client.pipelines()).map(({ name, last }) => [name, last?.name])).toEqual([['Training', 'nightly-2']])
  })

  it('has a last run and a last successful one', async () => {
    await project.run('nightly-3', {}, { pipeline: 'Training', status: 'failed' })
    const { last, lastSuccessful } = await client.pipeline('Training')
    expect([last?.name, lastSuccessful?.name]).toEqual(['nightly-3', 'nightly-2'])
  })

  it('that was never run is not known', async () => {
    await expect(client.pipeline('trainig')).rejects.toMatchObject({
      code: 'CAIRN_PIPELINE_NOT_RECORDED',
      details: { name: 'trainig', nearest: 'Training' },
    })
  })
})
