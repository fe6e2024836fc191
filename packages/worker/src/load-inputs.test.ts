import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import {
  blobKey,
  cairnError,
  file,
  list,
  materializer,
  MemoryArtifactStore,
  optional,
  step,
  writeArtifact,
  type ArtifactRef,
  type ArtifactStore,
  type Port,
} from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { loadInputs } from './load-inputs.ts'
import { definitionOf, invocationOf, ioOf, OwnTmpDir } from './worker.fixture.ts'

const store = new MemoryArtifactStore()
const written = (port: Port, value: unknown, into: ArtifactStore = store): Promise<ArtifactRef> =>
  writeArtifact(port, value, { store: into, workDir: '/nowhere', where: 'x' })

const reader = definitionOf(
  step({ name: 'reader', inputs: { x: z.number(), all: list(z.number()), note: optional(z.string()) } }).implement(
    () => undefined,
  ),
)

describe('loadInputs', () => {
  it('gives the values of all inputs, lists in their order, and leaves out what is absent', async () => {
    const inputs = {
      x: await written(z.number(), 1),
      all: [await written(z.number(), 3), await written(z.number(), 2)],
    }
    await expect(loadInputs(invocationOf({ inputs }), reader, ioOf(store))).resolves.toEqual({ x: 1, all: [3, 2] })
  })

  it('takes one collection for a list', async () => {
    const inputs = { all: await written(list(z.number()), [5, 4]) }
    await expect(loadInputs(invocationOf({ inputs }), reader, ioOf(store))).resolves.toEqual({ all: [5, 4] })
  })

  it('passes over an input that the step does not declare', async () => {
    const inputs = { other: await written(z.number(), 1) }
    await expect(loadInputs(invocationOf({ inputs }), reader, ioOf(store))).resolves.toEqual({})
  })

  it('makes a folder only for types that need one', async () => {
    using tmp = new OwnTmpDir()
    await loadInputs(invocationOf({ inputs: { x: await written(z.number(), 1) } }), reader, ioOf(store))
    expect(tmp.content).toEqual([])
  })

  it('gives the path of a private copy of a file, which goes with the folder', async () => {
    const csv = file('.csv')
    const reads = definitionOf(step({ name: 'reads', inputs: { table: csv } }).implement(() => undefined))
    const io = ioOf(store)
    const source = nodePath.join(io.folder.path, 'source.csv')
    await writeFile(source, 'a,b')
    const values = await loadInputs(invocationOf({ inputs: { table: await written(csv, source) } }), reads, io)
    const path = String(values['table'])
    expect(path).toMatch(/\.csv$/)
    await expect(readFile(path, 'utf8')).resolves.toBe('a,b')
    await io.folder[Symbol.asyncDispose]()
    expect(existsSync(path)).toBe(false)
  })

  it('says which input is gone, damaged or of another type', async () => {
    const own = new MemoryArtifactStore()
    const x = await written(z.number(), 12, own)
    const load = (ref: ArtifactRef): Promise<unknown> =>
      loadInputs(invocationOf({ inputs: { x: ref } }), reader, ioOf(own))
    await expect(load({ ...x, type: 'matrix@1' })).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_TYPE' })
    await own.put(blobKey(x.digest), Buffer.from('13'))
    await expect(load(x)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_CORRUPT', exitCode: 1 })
    await own.delete(blobKey(x.digest))
    await expect(load(x)).rejects.toMatchObject({
      code: 'CAIRN_ARTIFACT_MISSING',
      message: expect.stringMatching(/^The input "x" of step "train" cannot be read\. The object blobs/),
      hint: expect.stringContaining('Run the pipeline again'),
    })
  })

  it('gives a code and the name of the input to whatever a materializer throws', async () => {
    const fails = (error: unknown): Promise<unknown> => {
      const odd = materializer<string>({
        name: 'odd',
        version: 1,
        write: (value, files) => files.write('v', value),
        read: () => {
          throw error
        },
      })
      const reads = definitionOf(step({ name: 'reads', inputs: { x: odd } }).implement(() => undefined))
      return written(odd, 'v').then((x) => loadInputs(invocationOf({ inputs: { x } }), reads, ioOf(store)))
    }
    const thrown = new TypeError('not a model.')
    await expect(fails(thrown)).rejects.toMatchObject({
      code: 'CAIRN_VALUE_INVALID',
      message: 'The input "x" of step "train" does not fit its declared schema: it cannot be read (not a model).',
      cause: thrown,
    })
    await expect(fails('text')).rejects.toMatchObject({ code: 'CAIRN_VALUE_INVALID' })
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    await expect(fails(reset)).rejects.toBe(reset)
    const own = cairnError('CAIRN_NPY_INVALID', { reason: 'it is short' })
    await expect(fails(own)).rejects.toMatchObject({ code: 'CAIRN_NPY_INVALID', cause: own })
  })

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController()
    const inputs = { x: await written(z.number(), 1) }
    stop.abort(new Error('enough'))
    const loading = loadInputs(invocationOf({ inputs }), reader, ioOf(store, stop.signal))
    await expect(loading).rejects.toBe(stop.signal.reason)
  })
})
