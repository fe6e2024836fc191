import { mkdtemp, rm, readdir } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { thisProcess } from '@cairnml/core'
import { artifactRef } from '@cairnml/testing'

import { createClient, type Client } from '../create-client.ts'
import { NOON, RecordedProject } from '../recorded-project.fixture.ts'

let project: RecordedProject
let client: Client
beforeEach(async () => {
  project = new RecordedProject()
  client = await project.client()
})
afterEach(() => client[Symbol.asyncDispose]())

describe('a run', () => {
  beforeEach(async () => {
    await project.run('nightly-1', {}, { pipeline: 'Training' })
    await project.run('nightly-10', {}, { pipeline: 'Training' })
    await project.run('Manual', {}, { pipeline: 'evaluation' })
    const record = { id: 'training', revision: 1, name: 'Training', createdAt: 1 }
    await project.records.write([{ op: 'insert', kind: 'pipeline', record }])
  })

  it.each([
    ['last', 'Manual'],
    ['LAST', 'Manual'],
    ['last~1', 'nightly-10'],
    ['last~2', 'nightly-1'],
    ['Training@last', 'nightly-10'],
    ['training@last~1', 'nightly-1'],
    ['evaluation@last', 'Manual'],
    ['manual', 'Manual'],
    ['man', 'Manual'],
    ['nightly-1', 'nightly-1'],
    ['NIGHTLY-10', 'nightly-10'],
  ])('is named by %s', async (name, found) => {
    expect((await client.run(name)).name).toBe(found)
  })

  it('is the newest where none is named', async () => {
    expect((await client.run()).name).toBe('Manual')
  })

  it.each([
    ['last~3', undefined],
    ['last~999999999', undefined],
    ['nope@last', undefined],
    ['trainig@last', 'Training@last'],
    ['nihgtly-1', 'nightly-1'],
    ['', undefined],
  ])('is not known by %j', async (name, nearest) => {
    await expect(client.run(name)).rejects.toMatchObject({ code: 'CAIRN_RUN_UNKNOWN', details: { name, nearest } })
  })

  it('is not known by a start that others have, too', async () => {
    await expect(client.run('nightly')).rejects.toMatchObject({
      code: 'CAIRN_RUN_AMBIGUOUS',
      details: { known: ['nightly-1', 'nightly-10'] },
    })
  })

  it('is found among hundreds', async () => {
    for (let i = 0; i < 250; i++) await project.run(`many-${i}`, {})
    expect((await client.run('last~250')).name).toBe('Manual')
    expect((await client.run('last~252')).name).toBe('nightly-1')
    await expect(client.run('last~253')).rejects.toMatchObject({ code: 'CAIRN_RUN_UNKNOWN' })
  })

  it('has its facts', async () => {
    const params = { gamma: { $number: 'NaN' }, seed: { $bigint: '7' } }
    await project.run('full', {}, { params, options: { cache: 'off' }, tags: ['a'], endedAt: NOON + 9000 })
    expect(await client.run('full')).toMatchObject({
      name: 'full',
      status: 'completed',
      params: { gamma: Number.NaN, seed: 7n },
      options: { cache: 'off' },
      tags: ['a'],
      startedAt: NOON + 3000,
      endedAt: NOON + 9000,
      process: { user: 'alice', host: 'box' },
    })
  })

  it('whose process died has failed, and so has what was running in it', async () => {
    const process = { ...thisProcess(), startTicks: 1, bootId: 'another boot' }
    const steps = { load: {}, train: { status: 'running' }, report: { status: 'pending' } } as const
    await project.run('dead', steps, { status: 'running', process })
    const run = await client.run('dead')
    expect(run).toMatchObject({ status: 'failed', error: { code: 'CAIRN_RUN_LOST' } })
    expect((await run.steps()).map(({ status, error }) => [status, error?.code])).toEqual([
      ['completed', undefined],
      ['failed', 'CAIRN_RUN_LOST'],
      ['failed', 'CAIRN_RUN_LOST'],
    ])
  })
})

describe('a step of a run', () => {
  it('that was reused has what its origin gave', async () => {
    const made = {
      parts: { code: 'a' },
      params: { gamma: { $number: '-0' } },
      inputs: { x: artifactRef('x') },
      outputs: { model: artifactRef() },
      metrics: [{ name: 'loss', value: 1 }],
      metadata: { rows: 3 },
    }
    await project.run('first', { train: made })
    await project.run('second', { train: { parts: made.parts, origin: 'r1.train' } })
    expect(await (await client.run('second')).step('train')).toMatchObject({
      id: 'train',
      status: 'cached',
      params: { gamma: -0 },
      inputs: made.inputs,
      outputs: { model: { artifact: made.outputs.model } },
      metrics: made.metrics,
      metadata: made.metadata,
      origin: { run: 'first', invocation: 'train', user: 'alice', host: 'box', madeAt: NOON },
    })
  })

  it('is found by its id, or by its name where that is called once', async () => {
    await project.run('r', {
      train: {},
      train_2: { step: 'train' },
      trainer: { step: 'svc' },
      b: { step: 'two' },
      c: { step: 'two' },
    })
    const run = await client.run('r')
    expect((await run.step('train')).id).toBe('train')
    expect((await run.step('train_2')).label).toBe('train (train_2)')
    expect(await run.step('svc')).toMatchObject({ id: 'trainer', label: 'svc' })
    await expect(run.step('two')).rejects.toMatchObject({ code: 'CAIRN_STEP_RUN_UNKNOWN' })
    await expect(run.step('trian')).rejects.toMatchObject({ details: { run: 'r', step: 'trian', nearest: 'train' } })
  })

  it('comes in the order of the plan, however many there are', async () => {
    const ids = Array.from({ length: 2500 }, (_, i) => `s${(i * 7919) % 2500}`)
    await project.run('long', Object.fromEntries(ids.map((id) => [id, {}])))
    expect((await (await client.run('long')).steps()).map(({ id }) => id)).toEqual(ids)
  })
})

describe('a client', () => {
  it('is missing in an empty project, which says what to do', async () => {
    await using client = await new RecordedProject().client()
    await expect(client.run()).rejects.toMatchObject({
      code: 'CAIRN_RUN_UNKNOWN',
      message: 'Nothing was run here yet.',
      hint: expect.stringContaining('`cairn run <file>`') as string,
    })
  })

  it('makes nothing in a project where nothing was run', async () => {
    const from = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-client-'))
    await using empty = await createClient({ from })
    await expect(empty.run('last')).rejects.toMatchObject({ code: 'CAIRN_RUN_UNKNOWN', details: { name: 'last' } })
    expect(await readdir(from)).toEqual([])
    await rm(from, { recursive: true })
  })

  it('refuses a stack that is not known', async () => {
    await expect(createClient({ stack: 'prod' })).rejects.toMatchObject({ code: 'CAIRN_STACK_UNKNOWN' })
  })
})
