import { mkdir, writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import { encodeNpy, external, matrix, pipeline, step, text, vector } from '@cairnml/core'
import { temporaryFolder } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { keysIn, statuses, Trial, valueOf } from '../trial/trial.fixture.ts'

const sum = step({ name: 'sum', inputs: { y: vector }, output: z.number() }).implement(({ y }) =>
  y.reduce((a, b) => a + b, 0),
)
const summed = pipeline({ name: 'summed', inputs: { y: vector }, build: ({ y }) => sum({ y }) })
const count = step({ name: 'count', inputs: { rows: z.array(z.number()) }, output: z.number() }).implement(
  ({ rows }) => rows.length,
)
const counted = pipeline({
  name: 'counted',
  inputs: { rows: z.array(z.number()) },
  build: ({ rows }) => count({ rows }),
})
const npy = (data: Float64Array): Uint8Array => encodeNpy({ shape: [data.length], data })

describe('data from outside', () => {
  it('is given as a value and counts by its content', async () => {
    const trial = new Trial()
    const run = await trial.run(summed, { y: external(vector, Float64Array.of(1, 2)) })
    await expect(valueOf(run, 'sum')).resolves.toBe(3)
    expect((await trial.run(summed, { y: external(vector, Float64Array.of(1, 2)) })).status).toBe('cached')
    expect((await trial.run(summed, { y: external(vector, Float64Array.of(1, 3)) })).status).toBe('completed')
  })

  it('is given as a file and counts by its content, wherever it lies', async () => {
    await using folder = await temporaryFolder()
    const trial = new Trial()
    const [a, b] = [nodePath.join(folder.path, 'a.npy'), nodePath.join(folder.path, 'b.npy')]
    await writeFile(a, npy(Float64Array.of(4, 5)))
    await writeFile(b, npy(Float64Array.of(4, 5)))
    const run = await trial.run(summed, { y: external(vector, { file: a }) })
    await expect(valueOf(run, 'sum')).resolves.toBe(9)
    expect((await trial.run(summed, { y: external(vector, { file: b }) })).status).toBe('cached')
    await writeFile(a, npy(Float64Array.of(4, 6)))
    expect((await trial.run(summed, { y: external(vector, { file: a }) })).status).toBe('completed')
  })

  it.each([
    ['cut short', summed, npy(Float64Array.of(1, 2)).subarray(0, -3)],
    ['no .npy at all', summed, Buffer.from('1,2,3')],
    ['empty', summed, new Uint8Array(0)],
    ['of another shape', summed, encodeNpy({ shape: [1, 1], data: Float64Array.of(1) })],
    ['of another number type', summed, encodeNpy({ shape: [1], data: Int32Array.of(1) })],
    ['cut JSON', counted, Buffer.from('{"a":')],
    ['other JSON', counted, Buffer.from('["a"]')],
  ])('is refused by name before anything is recorded when its file is %s', async (_how, given, content) => {
    await using folder = await temporaryFolder()
    const trial = new Trial()
    const file = nodePath.join(folder.path, 'data')
    await writeFile(file, content)
    const args = { y: external(vector, { file }), rows: external(z.array(z.number()), { file }) }
    const { inputs } = given === summed ? { inputs: { y: args.y } } : { inputs: { rows: args.rows } }
    await expect(trial.run(given, inputs)).rejects.toMatchObject({
      code: 'CAIRN_EXTERNAL_INVALID',
      message: expect.stringContaining(file) as string,
    })
    expect(await trial.runRecords()).toEqual([])
  })

  it('is recorded with the path that it was given by, which a changed file is told with', async () => {
    await using folder = await temporaryFolder()
    const trial = new Trial()
    const file = nodePath.join(folder.path, 'y.npy')
    await writeFile(file, npy(Float64Array.of(1)))
    const { id } = await trial.run(summed, { y: external(vector, { file }) })
    const { inputs } = await trial.stepRecord(id, 'sum')
    expect(inputs?.['y']).toMatchObject({ external: file, metadata: { shape: [1], mean: 1 } })
    await writeFile(file, npy(Float64Array.of(2)))
    await trial.run(summed, { y: external(vector, { file }) })
    expect(trial.lines.find((line) => line.startsWith('Step sum runs'))).toContain(
      `input y changed (data from outside, ${file})`,
    )
  })

  it('is refused before anything is recorded when its file cannot be read', async () => {
    await using folder = await temporaryFolder()
    const trial = new Trial()
    const missing = nodePath.join(folder.path, 'missing.npy')
    await mkdir(nodePath.join(folder.path, 'dir'))
    await expect(trial.run(summed, { y: external(vector, { file: missing }) })).rejects.toMatchObject({
      code: 'CAIRN_FILE_MISSING',
      message: expect.stringContaining('missing.npy'),
    })
    const dir = external(vector, { file: nodePath.join(folder.path, 'dir') })
    await expect(trial.run(summed, { y: dir })).rejects.toMatchObject({ code: 'CAIRN_FILE_MISSING' })
    expect(await trial.runRecords()).toEqual([])
    expect((await trial.records.query('pipeline')).items).toEqual([])
  })

  it('is refused before anything is recorded when its value does not fit its type', async () => {
    const trial = new Trial()
    // Sound: plain JavaScript can hand in anything.
    const wrong = external(matrix, { shape: [1] } as never)
    const p = pipeline({ name: 'p', inputs: { x: matrix }, build: () => undefined })
    await expect(trial.run(p, { x: wrong })).resolves.toMatchObject({ status: 'completed' })
    const used = pipeline({ name: 'used', inputs: { y: vector }, build: ({ y }) => sum({ y }) })
    await expect(trial.run(used, { y: external(vector, [1] as never) })).rejects.toMatchObject({
      code: 'CAIRN_VALUE_UNSTORABLE',
    })
    expect(await trial.runRecords()).toHaveLength(1)
  })

  it('that is used twice is stored once and may be returned', async () => {
    const trial = new Trial()
    const p = pipeline({ name: 'p', inputs: { y: vector }, build: ({ y }) => ({ y, a: sum({ y }), b: sum({ y }) }) })
    const run = await trial.run(p, { y: external(vector, Float64Array.of(7)) })
    expect((await keysIn(trial.artifacts, 'blobs/')).length).toBe(2)
    // Sound: the result has the shape of what build returns.
    const { y } = run.result as unknown as { readonly y: { load(): Promise<unknown> } }
    await expect(y.load()).resolves.toEqual(Float64Array.of(7))
  })

  it('that no step uses may be returned all the same', async () => {
    const p = pipeline({ name: 'p', inputs: { note: text }, build: ({ note }) => [note] })
    const run = await new Trial().run(p, { note: external(text, 'hello') })
    // Sound: the result has the shape of what build returns.
    const [note] = run.result as unknown as readonly { load(): Promise<unknown> }[]
    await expect(note?.load()).resolves.toBe('hello')
  })

  it('may be a condition', async () => {
    const p = pipeline({
      name: 'p',
      inputs: { yes: z.boolean(), y: vector },
      build: ({ yes, y }) => sum({ y }, { when: yes }),
    })
    const y = external(vector, Float64Array.of(1))
    const trial = new Trial()
    expect(statuses(await trial.run(p, { y, yes: external(z.boolean(), true) }))).toEqual({ sum: 'completed' })
    expect(statuses(await trial.run(p, { y, yes: external(z.boolean(), false) }))).toEqual({ sum: 'skipped' })
  })
})
