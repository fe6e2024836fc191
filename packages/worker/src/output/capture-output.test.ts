import { setTimeout as sleep } from 'node:timers/promises'

import {
  MemoryArtifactStore,
  readWhole,
  step,
  type LogEntry,
  type ResultManifest,
  type StepContext,
} from '@cairnml/core'
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest'

import { runInvocation, type WorkerEnvironment } from '../run-invocation.ts'
import { definitionOf, invocationOf } from '../worker.fixture.ts'
import type { PrintedLine } from './step-output.ts'

let store: MemoryArtifactStore
let stdout: MockInstance<typeof process.stdout.write>
let stderr: MockInstance<typeof process.stderr.write>
beforeEach(() => {
  store = new MemoryArtifactStore()
  stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => vi.restoreAllMocks())

/** What went to a stream, as one text. */
const written = (stream: MockInstance): string => stream.mock.calls.map(([chunk]) => String(chunk)).join('')

type Body = (args: object, context: StepContext) => void | Promise<void>

function run(name: string, body: Body, environment: Partial<WorkerEnvironment> = {}): Promise<ResultManifest> {
  const secrets = Object.keys(environment.variables ?? {})
  const declared = step({ name, secrets }).implement(body)
  return runInvocation(invocationOf({ invocation: name, step: name, secrets }), {
    store,
    step: definitionOf(declared),
    signal: new AbortController().signal,
    emit: () => undefined,
    ...environment,
  })
}

async function logOf(manifest: ResultManifest): Promise<readonly LogEntry[]> {
  const bytes = await readWhole(store, `${manifest.log?.prefix}1.ndjson`)
  const lines = Buffer.from(bytes ?? [])
    .toString('utf8')
    .split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LogEntry)
}

const textsOf = async (manifest: ResultManifest): Promise<readonly string[]> =>
  (await logOf(manifest)).map(({ stream, text }) => `${stream}: ${text}`)

describe('what a step prints', () => {
  it('is in its log, line by line, and goes where it went', async () => {
    const manifest = await run('train', (_args, { log }) => {
      process.stdout.write('one\ntw')
      process.stderr.write('warning\n')
      log.warn('said\ntwice')
      process.stdout.write('o\r\n')
      process.stdout.write('no end')
    })
    expect(await textsOf(manifest)).toEqual([
      'stdout: one',
      'stderr: warning',
      'log: said',
      'log: twice',
      'stdout: two',
      'stdout: no end',
    ])
    expect(manifest.log).toEqual({ prefix: 'runs/run-1/train/1/log/', segments: 1, lines: 6 })
    expect(stdout.mock.calls).toEqual([['one\ntw'], ['o\r\n'], ['no end']])
    expect(written(stderr)).toBe('warning\n')
  })

  it('is nothing in the manifest of a step that prints nothing', async () => {
    expect(await run('train', () => undefined)).not.toHaveProperty('log')
  })

  it('belongs to the step that printed it, however many run at once', async () => {
    const chatty = (name: string) => async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn++) {
        await Promise.resolve()
        process.stdout.write(`${name} ${turn}: `)
        await sleep(0)
        setImmediate(() => process.stderr.write(`late ${name}\n`))
        process.stdout.write('done\n')
      }
      await sleep(5)
    }
    const names = ['a', 'b', 'c', 'd']
    const manifests = await Promise.all(names.map((name) => run(name, chatty(name))))
    for (const [index, manifest] of manifests.entries()) {
      const texts = (await textsOf(manifest)).toSorted()
      const name = names[index]
      expect(texts.filter((text) => text.startsWith('stderr'))).toEqual(Array(20).fill(`stderr: late ${name}`))
      const turns = Array.from({ length: 20 }, (_, turn) => `stdout: ${name} ${turn}: done`)
      expect(texts.filter((text) => text.startsWith('stdout'))).toEqual(turns.toSorted())
    }
  })

  it('is its log also where it fails', async () => {
    const manifest = await run('train', () => {
      process.stdout.write('before\n')
      throw new Error('no')
    })
    expect(manifest.status).toBe('failed')
    expect(await textsOf(manifest)).toEqual(['stdout: before'])
  })

  it('keeps characters whole that come in several pieces, and other encodings', async () => {
    const bytes = Buffer.from('Grüße 🗿\n')
    const manifest = await run('train', () => {
      for (const byte of bytes) process.stdout.write(Uint8Array.of(byte))
      process.stdout.write('c3bc0a', 'hex')
    })
    expect(await textsOf(manifest)).toEqual(['stdout: Grüße 🗿', 'stdout: ü'])
    expect(stdout.mock.lastCall).toEqual(['c3bc0a', 'hex'])
  })

  it('shows of a line that was written over what is left in the end', async () => {
    const manifest = await run('train', () => void process.stdout.write('10 %\r50 %\r100 %\n'))
    expect(await textsOf(manifest)).toEqual(['stdout: 100 %'])
  })

  it('is not that of a step that has ended, or of the program around it', async () => {
    const timer = Promise.withResolvers<void>()
    const lines: string[] = []
    const environment = { emit: () => void process.stdout.write('told\n') }
    const body: Body = (_args, { log }) => {
      log.info('hello')
      setTimeout(() => timer.resolve(void process.stdout.write('late\n')), 5)
    }
    const manifest = await run('train', body, environment)
    await timer.promise
    lines.push(...(await textsOf(manifest)))
    expect(lines).toEqual(['log: hello'])
    expect(written(stdout)).toBe('told\nlate\n')
  })

  it('leaves the streams as they were', async () => {
    const before = process.stdout.write
    await run('train', () => expect(process.stdout.write).not.toBe(before))
    expect(process.stdout.write).toBe(before)
  })

  it('is logged once where the step leaves a function of its own on the stream', async () => {
    await run('first', () => {
      const below = process.stdout.write.bind(process.stdout)
      // Sound: it is called with one text here.
      process.stdout.write = ((chunk: string) => below(`> ${chunk}`)) as typeof process.stdout.write
    })
    const manifest = await run('second', () => void process.stdout.write('once\n'))
    expect(await textsOf(manifest)).toEqual(['stdout: once'])
    expect(written(stdout)).toBe('> once\n')
  })

  it('goes to who asks for it in place of the streams', async () => {
    const printed: PrintedLine[] = []
    const body: Body = () => {
      process.stdout.write('one\n\ntwo')
      process.stderr.write('three\n')
    }
    const manifest = await run('train', body, { onPrinted: (line) => printed.push(line) })
    expect(printed).toEqual([
      { stream: 'stdout', text: 'one' },
      { stream: 'stdout', text: '' },
      { stream: 'stderr', text: 'three' },
      { stream: 'stdout', text: 'two' },
    ])
    expect(written(stdout) + written(stderr)).toBe('')
    expect(await textsOf(manifest)).toHaveLength(4)
  })

  it('calls back who waits for a write', async () => {
    const body: Body = () => new Promise<void>((resolve) => void process.stdout.write('x\n', () => resolve()))
    stdout.mockImplementation((_chunk: unknown, ...rest: unknown[]) => {
      const callback = rest.findLast((each) => typeof each === 'function')
      callback?.()
      return true
    })
    await run('train', body)
    await run('train', body, { onPrinted: () => undefined })
    expect(stdout).toHaveBeenCalledTimes(2)
  })
})

describe('secrets that a step prints', () => {
  const variables = { KEY: 'sk-very-secret' }

  it('are hidden in the log and on the streams, also where they come in pieces', async () => {
    const body: Body = () => {
      process.stdout.write('key sk-very-secret\n')
      process.stdout.write('key sk-ve')
      process.stdout.write('ry-secret!\nand sk-very-secret')
    }
    const manifest = await run('train', body, { variables })
    expect(await textsOf(manifest)).toEqual(['stdout: key ***', 'stdout: key ***!', 'stdout: and ***'])
    expect(written(stdout)).toBe('key ***\nkey ***!\nand ***')
  })

  it.each([65_530, 65_536, 65_543, 131_080])('are hidden in the middle of an endless line, at %i', async (at) => {
    const body: Body = () => {
      const text = `${'x'.repeat(at - 7)}sk-very-secret${'y'.repeat(70_000)}`
      for (let start = 0; start < text.length; start += 1000) process.stdout.write(text.slice(start, start + 1000))
    }
    const manifest = await run('train', body, { variables })
    const [, before, mask, after] = /^(x*)(.*?)(y*)$/.exec(written(stdout)) ?? []
    expect({ before: before?.length, mask, after: after?.length }).toEqual({
      before: at - 7,
      mask: '***',
      after: 70_000,
    })
    expect(JSON.stringify(await logOf(manifest))).not.toContain('secret')
  })
})
