import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import {
  blobKey,
  file,
  json,
  list,
  materializer,
  text,
  vector,
  writeArtifact,
  type ArtifactRef,
  type Port,
} from '@cairnml/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createClient, type Client } from '../create-client.ts'
import { RecordedProject } from '../recorded-project.fixture.ts'

const upper = materializer<string>({
  name: 'upper',
  version: 2,
  write: (value, files) => files.write('a.txt', value.toUpperCase()),
  read: (files) => files.text(),
})

let project: RecordedProject
let client: Client
let workDir: string
beforeEach(async () => {
  project = new RecordedProject()
  client = await project.client()
  workDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-artifacts-'))
})
afterEach(async () => {
  await client[Symbol.asyncDispose]()
  await rm(workDir, { recursive: true })
})

function stored(type: Port, value: unknown): Promise<ArtifactRef> {
  return writeArtifact(type, value, { store: project.artifacts, workDir, where: 'It' })
}

/** Two runs: the second reuses `load` and trains anew; both evaluate. */
async function twoRuns(): Promise<{
  readonly x: ArtifactRef
  readonly first: ArtifactRef
  readonly second: ArtifactRef
}> {
  const x = await stored(vector, new Float64Array([1, 2]))
  const [first, second] = [await stored(json(), { a: 1 }), await stored(json(), { a: 2 })]
  const accuracy = await stored(json(), 0.9)
  await project.run('one', {
    load: { outputs: { output: x }, inputs: {}, parts: { code: 'l' } },
    train: { inputs: { x }, outputs: { model: first, log: await stored(text, 'fit') } },
    evaluate: { inputs: { model: first, all: [x, x] }, outputs: { output: accuracy } },
  })
  await project.run('two', {
    load: { origin: 'r1.load' },
    train: { inputs: { x }, outputs: { model: second } },
    evaluate: { inputs: { model: second }, outputs: { output: accuracy } },
  })
  return { x, first, second }
}

describe('an artifact', () => {
  it('is named by run, step and output, by step, and by its digest', async () => {
    const { x, first, second } = await twoRuns()
    const digestOf = async (name: string): Promise<string> => (await client.artifact(name)).artifact.digest
    expect(await digestOf('one/train/model')).toBe(first.digest)
    expect(await digestOf('last/train')).toBe(second.digest)
    expect(await digestOf('train')).toBe(second.digest)
    expect(await digestOf('train/model')).toBe(second.digest)
    expect(await digestOf('two/load')).toBe(x.digest)
    expect(await digestOf(first.digest)).toBe(first.digest)
    expect(await digestOf(`sha256:${first.digest.slice(0, 12).toUpperCase()}`)).toBe(first.digest)
  })

  it.each([
    ['one/train', 'step "train" (completed) has the outputs model, log'],
    ['one/train/modl', 'step "train" (completed) has the outputs model, log (did you mean "model"?)'],
    ['a/b/c/d', 'it is not <run>/<step>/<output> nor a digest'],
    ['one//model', 'it is not <run>/<step>/<output> nor a digest'],
    ['', 'it is not <run>/<step>/<output> nor a digest'],
    ['0123456789', 'no recorded step made or read it, and the newest run has no such step'],
  ])('is not known by %j', async (name, problem) => {
    await twoRuns()
    await expect(client.artifact(name)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_UNKNOWN', details: { problem } })
  })

  it('is refused where the run or the step is not known', async () => {
    await twoRuns()
    await expect(client.artifact('nope/train')).rejects.toMatchObject({ code: 'CAIRN_RUN_UNKNOWN' })
    await expect(client.artifact('one/trian/model')).rejects.toMatchObject({ code: 'CAIRN_STEP_RUN_UNKNOWN' })
  })

  it('loads by its stored type, or by the type that is given', async () => {
    const path = nodePath.join(workDir, 'a.csv')
    const own = await stored(upper, 'abc')
    await (await import('node:fs/promises')).writeFile(path, 'a,b\n')
    await project.run('r', {
      a: { outputs: { output: await stored(vector, new Float64Array([1, 2])) } },
      b: { outputs: { output: await stored(list(text), ['x', 'y']) } },
      c: { outputs: { output: own } },
      d: { outputs: { output: await stored(file('.csv'), path) } },
    })
    const run = await client.run('r')
    expect(await run.step('a').output.load()).toEqual(new Float64Array([1, 2]))
    expect(await client.run('r').step('b').output.load()).toEqual(['x', 'y'])
    expect((await (await client.artifact('b')).items()).map(({ name }) => name)).toEqual(
      ['last/b/output[0]', 'last/b/output[1]'].map((each) => each.replace('last', 'r')),
    )
    await expect(run.step('c').output.load()).rejects.toMatchObject({
      code: 'CAIRN_MATERIALIZER_UNKNOWN',
      details: { artifact: 'The artifact "r/c/output"', type: 'upper@2' },
    })
    const loaded: string = await run.step('c').output.load(upper)
    expect(loaded).toBe('ABC')
    expect(await run.step('d').output.load()).toMatch(/\.csv$/)
    await expect(run.step('a').output.load(text)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_TYPE' })
  })

  it('gives its files and their bytes, and notices damage', async () => {
    const ref = await stored(text, 'hello')
    await project.run('r', { a: { outputs: { output: ref } } })
    const artifact = await client.artifact('a')
    const bytes = async (path?: string): Promise<string> => {
      let all = ''
      for await (const chunk of artifact.stream(path)) all += Buffer.from(chunk).toString()
      return all
    }
    expect(await artifact.files()).toMatchObject([{ path: 'value.txt', size: 5 }])
    expect(await bytes()).toBe('hello')
    await expect(bytes('../x')).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_UNKNOWN' })
    await project.artifacts.delete(blobKey(ref.digest))
    await expect(bytes()).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_MISSING' })
  })
})

describe('lineage', () => {
  it('goes up to what made an artifact, through reused steps to the run that executed them', async () => {
    const { x, second } = await twoRuns()
    const lineage = await (await client.artifact('two/evaluate')).lineage()
    expect(lineage).toMatchObject({ direction: 'up', truncated: false })
    expect(lineage.steps.map(({ run, invocation }) => `${run}/${invocation}`)).toEqual([
      'two/evaluate',
      'two/train',
      'one/load',
    ])
    expect(lineage.steps[0]?.inputs).toEqual({ model: [second.digest] })
    expect(lineage.artifacts.find(({ digest }) => digest === x.digest)).toMatchObject({ type: 'float64-array@1' })
  })

  it('of equal bytes made twice is that of the run which was named', async () => {
    await twoRuns()
    const one = await (await client.artifact('one/evaluate')).lineage()
    expect(one.steps.map(({ id }) => id)).toEqual(['r1.evaluate', 'r1.train', 'r1.load'])
  })

  it('goes down to who used it, over all runs', async () => {
    await twoRuns()
    const lineage = await (await client.artifact('one/load')).lineage({ direction: 'down' })
    expect(lineage.steps.map(({ id }) => id).toSorted()).toEqual(['r1.evaluate', 'r1.train', 'r2.evaluate', 'r2.train'])
    const cut = await (await client.artifact('one/load')).lineage({ direction: 'down', limit: 2 })
    expect(cut.steps).toHaveLength(2)
    expect(cut.truncated).toBe(true)
  })
})

it('an empty project has no artifacts', async () => {
  await using empty = await createClient({ from: workDir })
  await expect(empty.artifact('train')).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_UNKNOWN' })
})
