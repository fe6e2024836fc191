import { readFile, rm, writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import { external, list, materializer, pipeline, reference, step, text } from '@cairnml/core'
import { temporaryFolder } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { present, statuses, Trial, valueOf } from '../trial/trial.fixture.ts'

const params = z.object({ file: z.string() })
const point = step({ name: 'point', params, output: reference }).implement(({ file }) => file)
const length = step({ name: 'length', inputs: { data: reference }, output: z.number() }).implement(
  async ({ data }) => (await readFile(data)).length,
)
const measured = pipeline({ name: 'measured', params, build: ({ file }) => length({ data: point({ file }) }) })

describe('a result with a reference', () => {
  it('is reused while what it points to is the same, and says why it runs when it changed', async () => {
    await using folder = await temporaryFolder()
    const trial = new Trial()
    const file = nodePath.join(folder.path, 'data.csv')
    await writeFile(file, 'one')
    await expect(valueOf(await trial.run(measured, { file }), 'length')).resolves.toBe(3)
    expect((await trial.run(measured, { file })).status).toBe('cached')
    await writeFile(file, 'three')
    const planned = await trial.plan(measured, { file })
    expect(planned.steps[0]).toMatchObject({
      state: 'runs',
      reason: expect.stringContaining(`the reference ${file} changed`) as string,
    })
    const lines = await trial.linesOf(async () => {
      const run = await trial.run(measured, { file })
      expect(statuses(run)).toEqual({ point: 'completed', length: 'completed' })
      await expect(valueOf(run, 'length')).resolves.toBe(5)
    })
    expect(lines).toContainEqual(
      expect.stringMatching(/^Step point runs: entry not accepted: the reference .* changed \(made by run /),
    )
    expect((await trial.run(measured, { file })).status).toBe('cached')
    await writeFile(file, 'one')
    const back = await trial.run(measured, { file })
    expect(statuses(back)).toEqual({ point: 'cached', length: 'cached' })
    await expect(valueOf(back, 'length')).resolves.toBe(3)
  })

  it('runs again when its target is gone, which is the step\u2019s own error then', async () => {
    await using folder = await temporaryFolder()
    const trial = new Trial()
    const file = nodePath.join(folder.path, 'data.csv')
    await writeFile(file, 'one')
    await trial.run(measured, { file })
    await rm(file)
    const run = await trial.run(measured, { file }, { reject: false })
    expect(run.steps['point']).toMatchObject({ status: 'failed', error: { code: 'CAIRN_REFERENCE_UNREACHABLE' } })
  })

  it('is no hit while nobody can tell: the step fails with the code of that', async () => {
    let isAway = false
    const shaky = materializer<string>({
      name: 'shaky',
      version: 1,
      write: (value, files) => files.write('a.txt', value),
      read: (files) => files.text(),
      changed: () => {
        if (isAway) throw new Error('the server is away')
        return undefined
      },
    })
    const give = step({ name: 'give', output: shaky }).implement(() => 'x')
    const p = pipeline({ name: 'p', build: () => give() })
    const trial = new Trial()
    await trial.run(p)
    expect((await trial.run(p)).status).toBe('cached')
    isAway = true
    const run = await trial.run(p, {}, { reject: false })
    expect(run.steps['give']).toMatchObject({ status: 'failed', error: { message: 'the server is away' } })
  })

  it('is not kept when what an input refers to changes while the step runs', async () => {
    await using folder = await temporaryFolder()
    const file = nodePath.join(folder.path, 'data.csv')
    await writeFile(file, 'one')
    const spoil = step({ name: 'spoil', inputs: { data: reference }, output: z.number() }).implement(
      async ({ data }) => {
        await writeFile(data, 'changed meanwhile')
        return 1
      },
    )
    const p = pipeline({ name: 'p', inputs: { data: reference }, build: ({ data }) => spoil({ data }) })
    const trial = new Trial()
    await trial.run(p, { data: external(reference, file) })
    expect(trial.lines).toContain(`Step spoil: the reference ${file} changed; its result is not kept for reuse.`)
  })
})

describe('a lazy list between steps', () => {
  const letters = step({ name: 'letters', output: list(text, { lazy: true }) }).implement(async function* () {
    yield* ['a', 'b']
  })
  const eager = step({ name: 'eager', output: list(text) }).implement(() => ['a', 'b'])
  const join = step({ name: 'join', inputs: { items: list(text, { lazy: true }) }, output: text }).implement(
    async ({ items }) => [...(await Array.fromAsync(items)), ...(await Array.fromAsync(items))].join(''),
  )
  const whole = step({ name: 'whole', inputs: { items: list(text) }, output: text }).implement(({ items }) =>
    items.join('-'),
  )

  it('is the same as an eager one, for values and for keys', async () => {
    const trial = new Trial()
    const lazily = pipeline({
      name: 'lazily',
      build: () => ({ j: join({ items: letters() }), w: whole({ items: letters() }) }),
    })
    const run = await trial.run(lazily)
    await expect(valueOf(run, 'join')).resolves.toBe('abab')
    await expect(valueOf(run, 'whole')).resolves.toBe('a-b')
    const eagerly = pipeline({ name: 'eagerly', build: () => join({ items: eager() }) })
    expect(statuses(await trial.run(eagerly))).toEqual({ eager: 'completed', join: 'cached' })
    const loaded: unknown = await present(run.steps['letters']).output.load()
    // Sound: that is what a lazy list is read as.
    expect(await Array.fromAsync(loaded as AsyncIterable<unknown>)).toEqual(['a', 'b'])
  })

  it('says which input it was when an item of it cannot be read', async () => {
    const trial = new Trial()
    const damage = step({ name: 'damage', inputs: { items: list(text, { lazy: true }) }, output: text }).implement(
      async ({ items }) => {
        for await (const { key } of trial.artifacts.list('blobs/')) await trial.artifacts.delete(key)
        return (await Array.fromAsync(items)).join('')
      },
    )
    const p = pipeline({ name: 'p', build: () => damage({ items: letters() }) })
    const run = await trial.run(p, {}, { reject: false })
    expect(run.steps['damage']?.error).toMatchObject({
      code: 'CAIRN_ARTIFACT_MISSING',
      message: expect.stringContaining('The input "items" of step "damage" cannot be read.') as string,
    })
  })

  it('is followed by a line where a preview fails', async () => {
    const blind = materializer<string>({
      name: 'blind',
      version: 1,
      write: (value, files) => files.write('a.txt', value),
      read: (files) => files.text(),
      preview: () => {
        throw new Error('no font')
      },
    })
    const give = step({ name: 'give', output: blind }).implement(() => 'x')
    const trial = new Trial()
    expect((await trial.run(pipeline({ name: 'p', build: () => give() }))).status).toBe('completed')
    expect(trial.lines).toContain(
      '[give] The output "output" of step "give" is stored without preview: its materializer blind gave none (no font).',
    )
  })
})
