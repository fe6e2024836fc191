import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import {
  cairnError,
  file,
  MemoryArtifactStore,
  readWhole,
  step,
  thisProcess,
  writeArtifact,
  type ArtifactStore,
  type PutOptions,
  type PutResult,
  type ObjectBody,
  type ResultManifest,
  type StepEvent,
  type StepInvocation,
} from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { runInvocation } from './run-invocation.ts'
import { definitionOf, invocationOf, keysIn } from './worker.fixture.ts'

const KEY = 'ab'.repeat(32)

interface Given {
  readonly store?: ArtifactStore
  readonly signal?: AbortSignal
  readonly invocation?: Partial<StepInvocation>
  readonly events?: StepEvent[]
  readonly variables?: NodeJS.ProcessEnv
  readonly confirm?: () => Promise<string | undefined>
}

function run(of: object, given: Given = {}): Promise<ResultManifest> {
  return runInvocation(invocationOf(given.invocation), {
    store: given.store ?? new MemoryArtifactStore(),
    step: definitionOf(of),
    signal: given.signal ?? new AbortController().signal,
    emit: (event) => given.events?.push(event),
    confirm: given.confirm,
    variables: given.variables,
  })
}

const train = step({
  name: 'train',
  params: z.object({ gamma: z.number() }),
  inputs: { x: z.number() },
  output: z.number(),
}).implement(({ gamma, x }, { metric, metadata }) => {
  metric('loss', 0.5)
  metadata({ rows: 2 })
  return gamma * x
})
const fails = step({ name: 'train', output: z.number() }).implement((_args, { metric }): number => {
  metric('loss', 1)
  throw new RangeError('too much')
})

describe('runInvocation', () => {
  it('gives parameters and inputs, stores the output, and writes what it returns as the manifest', async () => {
    const store = new MemoryArtifactStore()
    const x = await writeArtifact(z.number(), 4, { store, workDir: '', where: 'x' })
    const events: StepEvent[] = []
    const before = Date.now()
    const manifest = await run(train, { store, events, invocation: { params: { gamma: 3 }, inputs: { x } } })
    expect(manifest).toEqual({
      format: 1,
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      run: { id: 'run-1', name: 'Run-1', pipeline: 'p' },
      invocation: 'train',
      step: 'train',
      attempt: 1,
      status: 'completed',
      outputs: { output: expect.objectContaining({ kind: 'file', type: 'json@1', size: 2 }) },
      metrics: [{ name: 'loss', value: 0.5 }],
      metadata: { rows: 2 },
      startedAt: expect.any(Number),
      endedAt: expect.any(Number),
      producer: thisProcess(),
    })
    expect(manifest.startedAt).toBeGreaterThanOrEqual(before)
    expect(manifest.endedAt).toBeGreaterThanOrEqual(manifest.startedAt)
    expect(events.map(({ kind }) => kind)).toEqual(['metric', 'metadata'])
    const bytes = await readWhole(store, 'runs/run-1/train/1/result.json')
    expect(JSON.parse(Buffer.from(bytes ?? []).toString())).toEqual(JSON.parse(JSON.stringify(manifest)))
  })

  it('writes a reusable result under its key in its zone, and nowhere else', async () => {
    const store = new MemoryArtifactStore()
    const one = step({ name: 'train' }).implement(() => undefined)
    const manifest = await run(one, { store, invocation: { key: KEY, zone: 'team' } })
    expect(manifest).toMatchObject({ key: KEY, outputs: {} })
    expect(await keysIn(store)).toEqual([`cache/team/${KEY}/${manifest.id}.json`])
  })

  it('makes a manifest of a failure, too, which is never reusable', async () => {
    const store = new MemoryArtifactStore()
    const manifest = await run(fails, { store, invocation: { key: KEY, attempt: 2 } })
    expect(manifest).toMatchObject({
      status: 'failed',
      outputs: {},
      metrics: [{ name: 'loss', value: 1 }],
      error: { code: 'RangeError', message: 'too much' },
    })
    expect(manifest).not.toHaveProperty('key')
    expect(await keysIn(store)).toEqual(['runs/run-1/train/2/result.json'])
  })

  it('writes content before what refers to it, and the manifest last', async () => {
    const order: string[] = []
    class Noting extends MemoryArtifactStore {
      override put(key: string, body: ObjectBody, options?: PutOptions): Promise<PutResult> {
        order.push(key.split('/')[0] ?? '')
        return super.put(key, body, options)
      }
    }
    const many = step({ name: 'train', outputs: { a: z.number(), b: z.number() } }).implement(() => ({ a: 1, b: 2 }))
    await run(many, { store: new Noting(), invocation: { key: KEY } })
    expect(order).toEqual(['blobs', 'blobs', 'cache'])
  })

  it('takes parameters from their tagged JSON', async () => {
    let seen: unknown
    const takes = step({ name: 'train', params: z.looseObject({}) }).implement((params) => {
      seen = params
    })
    await run(takes, { invocation: { params: { big: { $bigint: '7' }, at: { $date: '1970-01-01T00:00:00.000Z' } } } })
    expect(seen).toEqual({ big: 7n, at: new Date(0) })
    const failed = await run(takes, { invocation: { params: { odd: { $what: '7' } } } })
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'CAIRN_DECLARATION_INVALID' } })
  })

  it.each([
    [
      'completes',
      step({ name: 'train', output: file() }).implement(async (_args, { tempDir }) => {
        const path = nodePath.join(tempDir, 'out')
        await writeFile(path, 'x')
        folders.push(tempDir)
        return path
      }),
    ],
    [
      'fails',
      step({ name: 'train' }).implement((_args, { tempDir }) => {
        folders.push(tempDir)
        throw new Error('no')
      }),
    ],
  ])('removes the folder of a step that %s', async (_how, of) => {
    folders.length = 0
    await run(of)
    expect(folders).toHaveLength(1)
    expect(folders.filter(existsSync)).toEqual([])
  })

  it('stores nothing of a step that was aborted while it ran, and removes its folder', async () => {
    const store = new MemoryArtifactStore()
    const stop = new AbortController()
    folders.length = 0
    const deaf = step({ name: 'train', output: z.number() }).implement((_args, { tempDir }) => {
      folders.push(tempDir)
      stop.abort(new Error('enough'))
      return 1
    })
    await expect(run(deaf, { store, signal: stop.signal, invocation: { key: KEY } })).rejects.toThrow('enough')
    expect(await keysIn(store)).toEqual([])
    expect(folders.filter(existsSync)).toEqual([])
  })

  it('does not call the function of a step that is aborted before', async () => {
    let called = false
    const one = step({ name: 'train' }).implement(() => {
      called = true
    })
    await expect(run(one, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    expect(called).toBe(false)
  })

  it('rejects when not even the manifest can be written', async () => {
    class Full extends MemoryArtifactStore {
      override put(): Promise<PutResult> {
        return Promise.reject(
          cairnError('CAIRN_STORE_UNAVAILABLE', { store: 'full', operation: 'put', reason: 'no room' }),
        )
      }
    }
    const one = step({ name: 'train' }).implement(() => undefined)
    await expect(run(one, { store: new Full() })).rejects.toMatchObject({ code: 'CAIRN_STORE_UNAVAILABLE' })
  })

  it('gives every call its own values, whatever a step does to them', async () => {
    const store = new MemoryArtifactStore()
    const rows = await writeArtifact(z.array(z.number()), [1], { store, workDir: '', where: 'x' })
    const seen: unknown[] = []
    const spoils = step({
      name: 'train',
      params: z.object({ list: z.array(z.number()) }),
      inputs: { rows: z.array(z.number()) },
    }).implement((args) => {
      seen.push(structuredClone(args))
      args.list.push(9)
      args.rows.push(9)
    })
    const given = { store, invocation: { params: { list: [1] }, inputs: { rows } } }
    await run(spoils, given)
    await run(spoils, given)
    expect(seen).toEqual([
      { list: [1], rows: [1] },
      { list: [1], rows: [1] },
    ])
  })
})

/** Folders of steps, noted by the steps themselves. */
const folders: string[] = []

describe('the secrets of a step', () => {
  const asks = step({ name: 'ask', output: z.string(), secrets: ['API_KEY'] }).implement((_args, { secrets, log }) => {
    log.info(`asking with ${secrets.API_KEY}`)
    throw new Error(`${secrets.API_KEY} was refused`, { cause: secrets.API_KEY })
  })
  const secrets = { secrets: ['API_KEY'] }

  it('are given to its function, and are in nothing that it leaves behind', async () => {
    const store = new MemoryArtifactStore()
    const events: StepEvent[] = []
    const variables = { API_KEY: 'sk-secret-1' }
    const manifest = await run(asks, { store, events, invocation: secrets, variables })
    expect(manifest.error?.message).toBe('*** was refused')
    expect(manifest.error?.stack).toContain('Error: *** was refused')
    expect(events).toEqual([{ kind: 'log', level: 'info', text: 'asking with ***' }])
    for (const key of await keysIn(store)) {
      expect(Buffer.from((await readWhole(store, key)) ?? []).toString()).not.toContain('sk-secret-1')
    }
  })

  it.each([{}, { API_KEY: '' }])('fail it before it runs if they are not set: %j', async (variables) => {
    const manifest = await run(asks, { invocation: secrets, variables })
    expect(manifest).toMatchObject({ status: 'failed', error: { code: 'CAIRN_SECRET_MISSING' } })
    expect(manifest.error?.message).toContain('API_KEY')
  })
})

describe('a result that was to be reusable', () => {
  const one = step({ name: 'one', output: z.number() }).implement(() => 1)

  it('is no cache entry where the outside changed while it was made', async () => {
    const store = new MemoryArtifactStore()
    const confirm = async (): Promise<string> => 'a.csv changed while it ran'
    const manifest = await run(one, { store, invocation: { key: KEY }, confirm })
    expect(manifest).toMatchObject({ status: 'completed', notKept: 'a.csv changed while it ran' })
    expect(manifest.key).toBeUndefined()
    expect((await keysIn(store)).filter((key) => key.startsWith('cache/'))).toEqual([])
  })

  it('is asked about after its outputs are stored, and only if it has a key and completed', async () => {
    const store = new MemoryArtifactStore()
    const asked: (readonly string[])[] = []
    const confirm = async (): Promise<undefined> => void asked.push(await keysIn(store))
    await run(one, { confirm })
    await run(fails, { confirm, invocation: { key: KEY } })
    expect(asked).toEqual([])
    await run(one, { store, confirm, invocation: { key: KEY } })
    expect(asked).toEqual([[expect.stringMatching(/^blobs\//)]])
  })
})
