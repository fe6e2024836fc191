import { MemoryArtifactStore, readWhole, type ArtifactStore, type LogEntry, type LogRef } from '@cairnml/core'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { invocationOf, keysIn } from '../worker.fixture.ts'
import { LogWriter } from './log-writer.ts'

const PREFIX = 'runs/run-1/train/1/log/'
const line = (text: string): LogEntry => ({ time: 7, stream: 'stdout', text })

function writerOf(store: ArtifactStore, mostBytes?: number): LogWriter {
  return new LogWriter(store, invocationOf(), mostBytes === undefined ? {} : { mostBytes })
}

async function entriesOf(store: ArtifactStore, log: LogRef | undefined): Promise<readonly LogEntry[]> {
  const texts: string[] = []
  for (let segment = 1; segment <= (log?.segments ?? 0); segment++) {
    const bytes = await readWhole(store, `${PREFIX}${segment}.ndjson`)
    texts.push(Buffer.from(bytes ?? []).toString('utf8'))
  }
  return texts
    .join('')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as LogEntry)
}

afterEach(() => vi.useRealTimers())

describe('the log of an attempt', () => {
  it('is nothing at all where nothing was printed', async () => {
    const store = new MemoryArtifactStore()
    expect(await writerOf(store).close()).toBeUndefined()
    expect(await keysIn(store)).toEqual([])
  })

  it('is stored at the end, and closed once', async () => {
    const store = new MemoryArtifactStore()
    const log = writerOf(store)
    log.write(line('one'))
    log.write({ time: 8, stream: 'log', level: 'warn', text: 'two "quoted"' })
    const closed = await log.close()
    expect(closed).toEqual({ prefix: PREFIX, segments: 1, lines: 2 })
    expect(await entriesOf(store, closed)).toEqual([
      { time: 7, stream: 'stdout', text: 'one' },
      { time: 8, stream: 'log', level: 'warn', text: 'two "quoted"' },
    ])
    log.write(line('too late'))
    expect(await log.close()).toBe(closed)
  })

  it('is stored in segments of 256 KB', async () => {
    const store = new MemoryArtifactStore()
    const log = writerOf(store)
    for (let number = 0; number < 1200; number++) log.write(line(`${number}`.padEnd(1000, '.')))
    const closed = await log.close()
    expect(closed?.segments).toBe(5)
    const sizes = await Promise.all((await keysIn(store)).map(async (key) => (await store.stat(key))?.size ?? 0))
    expect(Math.max(...sizes)).toBeLessThan(260 * 1024)
    expect((await entriesOf(store, closed)).map(({ text }) => Number.parseInt(text, 10))).toEqual(
      Array.from({ length: 1200 }, (_, number) => number),
    )
  })

  it('is stored two seconds after it was written while the step goes on', async () => {
    vi.useFakeTimers()
    const store = new MemoryArtifactStore()
    const log = writerOf(store)
    log.write(line('early'))
    await vi.advanceTimersByTimeAsync(1900)
    expect(await keysIn(store)).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(await keysIn(store)).toEqual([`${PREFIX}1.ndjson`])
    await log.close()
  })

  it('ends with a note where a step prints more than is kept', async () => {
    const store = new MemoryArtifactStore()
    const log = writerOf(store, 1000)
    for (let number = 0; number < 100; number++) log.write(line(`line ${number}`))
    const closed = await log.close()
    const entries = await entriesOf(store, closed)
    expect(closed).toMatchObject({ isTruncated: true, lines: entries.length })
    expect(entries.length).toBeLessThan(30)
    const left = 100 - (entries.length - 1)
    expect(entries.at(-1)?.text).toBe(`[${left} lines left out: the step printed more than its log keeps]`)
  })

  it('does not hold more than 16 MB while the store is busy, and says what is missing', async () => {
    const store = new MemoryArtifactStore()
    const log = writerOf(store)
    for (let number = 0; number < 2000; number++) log.write(line('x'.repeat(16_000)))
    const closed = await log.close()
    expect(closed).toMatchObject({ isTruncated: true })
    expect(closed?.lines).toBeLessThan(1100)
    expect((await entriesOf(store, closed)).at(-1)?.text).toMatch(/^\[\d+ lines left out/)
  })

  it('cuts lines of more than 16 K characters', async () => {
    const store = new MemoryArtifactStore()
    const log = writerOf(store)
    log.write(line('x'.repeat(20_000)))
    const [entry] = await entriesOf(store, await log.close())
    expect(entry?.text).toBe(`${'x'.repeat(16_384)}... [3616 more characters]`)
  })

  it('does not fail where the store refuses a segment', async () => {
    const store = new MemoryArtifactStore()
    vi.spyOn(store, 'put').mockRejectedValueOnce(new Error('full'))
    const log = writerOf(store)
    log.write(line('lost'))
    expect(await log.close()).toEqual({ prefix: PREFIX, segments: 1, lines: 1, isTruncated: true })
  })
})
