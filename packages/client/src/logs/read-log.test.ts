import { logPrefix, logSegmentKey, MemoryArtifactStore, type LogEntry } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { RecordedProject } from '../recorded-project.fixture.ts'
import { readLog, type LoggedLine, type LogOptions } from './read-log.ts'

const SOURCE = { run: 'r1', invocation: 'train' }
const entry = (text: string): LogEntry => ({ time: 1, stream: 'stdout', text })

async function put(store: MemoryArtifactStore, at: { attempt?: number; segment: number }, body: string): Promise<void> {
  const key = logSegmentKey(logPrefix(SOURCE.run, SOURCE.invocation, at.attempt ?? 1), at.segment)
  await store.put(key, Buffer.from(body))
}

const linesOf = (...texts: readonly string[]): string =>
  texts.map((text) => `${JSON.stringify(entry(text))}\n`).join('')

async function collect(lines: AsyncIterable<LoggedLine>): Promise<readonly string[]> {
  const texts: string[] = []
  for await (const { attempt, text } of lines) texts.push(`${attempt} ${text}`)
  return texts
}

const read = (store: MemoryArtifactStore, options?: LogOptions): Promise<readonly string[]> =>
  collect(readLog(store, SOURCE, options))

describe('a log', () => {
  it('is read attempt by attempt, segment by segment, by number', async () => {
    const store = new MemoryArtifactStore()
    await put(store, { segment: 10 }, linesOf('d'))
    await put(store, { segment: 2 }, linesOf('c'))
    await put(store, { segment: 1 }, linesOf('a', 'b'))
    await put(store, { attempt: 2, segment: 1 }, linesOf('again'))
    await store.put('runs/r1/train/1/result.json', Buffer.from('{}'))
    await store.put('runs/r1/train_2/1/log/1.ndjson', Buffer.from(linesOf('another step')))
    expect(await read(store)).toEqual(['1 a', '1 b', '1 c', '1 d', '2 again'])
    expect(await read(store, { attempt: 2 })).toEqual(['2 again'])
  })

  it('is empty where nothing is stored', async () => {
    expect(await read(new MemoryArtifactStore())).toEqual([])
  })

  it('is read without what is damaged', async () => {
    const store = new MemoryArtifactStore()
    await put(store, { segment: 1 }, `${linesOf('a')}{"time":\nnull\n7\n{"text":"no time"}\n${linesOf('b').trimEnd()}`)
    expect(await read(store)).toEqual(['1 a', '1 b'])
  })

  it('is read whole where characters lie across the pieces that a store gives', async () => {
    const store = new MemoryArtifactStore()
    const bytes = Buffer.from(linesOf('Grüße 🗿', 'next'))
    store.get = async () => pieces(bytes)
    await put(store, { segment: 1 }, '')
    expect(await read(store)).toEqual(['1 Grüße 🗿', '1 next'])
  })
})

async function* pieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (const byte of bytes) yield Uint8Array.of(byte)
}

describe('the log of a step run', () => {
  it('is that of the step run whose result it reuses', async () => {
    const project = new RecordedProject()
    await project.run('first', { train: { parts: { code: 'a' } } })
    await project.run('second', { train: { parts: { code: 'a' }, origin: 'r1.train' } })
    await put(project.artifacts, { segment: 1 }, linesOf('made here'))
    await using client = await project.client()
    const own = await (await client.run('first')).step('train')
    const reused = await (await client.run('second')).step('train')
    expect(await collect(own.log())).toEqual(['1 made here'])
    expect(await collect(reused.log())).toEqual(['1 made here'])
  })

  it('is empty where nobody knows any more whose result it reuses', async () => {
    const project = new RecordedProject()
    await project.run('second', { train: { parts: { code: 'a' }, origin: 'gone.train' } })
    await using client = await project.client()
    expect(await collect((await (await client.run('second')).step('train')).log())).toEqual([])
  })
})
