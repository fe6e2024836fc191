import { existsSync } from 'node:fs'

import { MemoryArtifactStore, type Json, type StepEvent, type StepInvocation } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { invocationOf, OwnTmpDir } from './worker.fixture.ts'
import { LogWriter } from './output/log-writer.ts'
import { Redactor } from './redactor.ts'
import { StepRecorder } from './step-recorder.ts'
import { WorkFolder } from './work-folder.ts'

interface Opened {
  readonly recorder: StepRecorder
  readonly events: StepEvent[]
  readonly folder: WorkFolder
}

function open(invocation: StepInvocation = invocationOf(), secrets: { readonly [name: string]: string } = {}): Opened {
  const events: StepEvent[] = []
  const folder = new WorkFolder()
  const signal = new AbortController().signal
  const recorder = new StepRecorder(invocation, {
    folder,
    signal,
    emit: (event) => events.push(event),
    secrets,
    redactor: new Redactor(secrets),
    log: new LogWriter(new MemoryArtifactStore(), invocation),
  })
  return { recorder, events, folder }
}

describe('the context that a step gets', () => {
  it('tells which run, step, invocation and attempt it is', () => {
    const { context } = open(invocationOf({ invocation: 'train_2', attempt: 3 })).recorder
    expect(context.run).toEqual({ id: 'run-1', name: 'Run-1', pipeline: 'p' })
    expect(context.step).toEqual({ name: 'train', invocation: 'train_2', attempt: 3 })
  })

  it('gives secrets and hides them in everything that is reported', () => {
    const { recorder, events } = open(invocationOf(), { KEY: 'sk-12345' })
    const { context } = recorder
    expect(context.secrets['KEY']).toBe('sk-12345')
    context.log.info('with sk-12345 and sk-12345')
    context.progress(0.5, 'asking with sk-12345')
    context.metric('loss of sk-12345', 1)
    context.metadata({ 'sk-12345': [{ header: 'Bearer sk-12345' }] })
    expect(JSON.stringify([events, recorder.metrics, recorder.metadata])).not.toContain('sk-12345')
    expect(events).toEqual([
      { kind: 'log', level: 'info', text: 'with *** and ***' },
      { kind: 'progress', fraction: 0.5, text: 'asking with ***' },
      { kind: 'metric', name: 'loss of ***', value: 1 },
      { kind: 'metadata', values: { '***': [{ header: 'Bearer ***' }] } },
    ])
  })

  it('keeps metrics in their order and tells them at once', () => {
    const { recorder, events } = open()
    recorder.context.metric('loss', 0.5, 1)
    recorder.context.metric('loss', -0)
    expect(recorder.metrics).toEqual([
      { name: 'loss', value: 0.5, step: 1 },
      { name: 'loss', value: -0 },
    ])
    expect(events).toEqual(recorder.metrics.map((metric) => ({ kind: 'metric', ...metric })))
  })

  it.each<readonly [unknown, unknown, unknown]>([
    ['', 1, undefined],
    [7, 1, undefined],
    ['loss', Number.NaN, undefined],
    ['loss', Number.POSITIVE_INFINITY, undefined],
    ['loss', '1', undefined],
    ['loss', 1n, undefined],
    ['loss', undefined, undefined],
    ['loss', 1, 0.5],
    ['loss', 1, Number.NaN],
    ['loss', 1, null],
    [Symbol('loss'), 1, undefined],
    ['loss', Symbol('one'), undefined],
    ['loss', Object.create(null), undefined],
  ])('refuses the metric %o, %o, %o and keeps nothing of it', (name, value, step) => {
    const { recorder, events } = open()
    // Sound: plain JavaScript can hand in anything.
    const metric = (): void => recorder.context.metric(name as string, value as number, step as number)
    expect(metric).toThrow(expect.objectContaining({ code: 'CAIRN_METRIC_INVALID' }))
    expect(recorder.metrics).toEqual([])
    expect(events).toEqual([])
  })

  it('adds facts up, a later one of a name in place of an earlier', () => {
    const { recorder } = open()
    recorder.context.metadata({ rows: 1, source: { a: [1, null] } })
    recorder.context.metadata({ rows: 2 })
    expect(recorder.metadata).toEqual({ rows: 2, source: { a: [1, null] } })
  })

  it.each([() => 1, { f: () => 1 }, { m: new Map() }, null, 'text', [1]])(
    'refuses facts that are no plain object: %o',
    (values) => {
      const { recorder } = open()
      // Sound: plain JavaScript can hand in anything.
      const given = values as unknown as { readonly [name: string]: Json }
      expect(() => recorder.context.metadata(given)).toThrow(expect.objectContaining({ code: 'CAIRN_VALUE_NOT_PLAIN' }))
      expect(recorder.metadata).toEqual({})
    },
  )

  it.each([
    [0.5, 0.5],
    [-1, 0],
    [7, 1],
    [Number.NaN, 0],
  ])('bounds progress: %d is %d', (given, fraction) => {
    const { recorder, events } = open()
    recorder.context.progress(given, 'half')
    recorder.context.progress(given)
    expect(events).toEqual([
      { kind: 'progress', fraction, text: 'half' },
      { kind: 'progress', fraction },
    ])
  })

  it('tells lines of all levels, also taken out of the logger', () => {
    const { recorder, events } = open()
    const { debug, info, warn, error } = recorder.context.log
    debug('a')
    info('b')
    warn('c')
    error('d')
    expect(events).toEqual([
      { kind: 'log', level: 'debug', text: 'a' },
      { kind: 'log', level: 'info', text: 'b' },
      { kind: 'log', level: 'warn', text: 'c' },
      { kind: 'log', level: 'error', text: 'd' },
    ])
  })

  it('has a folder that is made when it is asked for', async () => {
    const { recorder, folder } = open()
    const { tempDir } = recorder.context
    expect(existsSync(tempDir)).toBe(true)
    expect(recorder.context.tempDir).toBe(tempDir)
    await folder[Symbol.asyncDispose]()
    expect(existsSync(tempDir)).toBe(false)
  })

  it('is closed when the step has ended: every call is refused by name, and no folder is made any more', () => {
    using tmp = new OwnTmpDir()
    const { recorder, events } = open()
    recorder.close()
    const { context } = recorder
    const calls: readonly (readonly [string, () => unknown])[] = [
      ['metric()', () => context.metric('a', 1)],
      ['metadata()', () => context.metadata({})],
      ['progress()', () => context.progress(1)],
      ['log.info()', () => context.log.info('x')],
      ['log.error()', () => context.log.error('x')],
      ['tempDir', () => context.tempDir],
    ]
    for (const [call, act] of calls) {
      const details = expect.objectContaining({ step: 'train', call })
      expect(act, call).toThrow(expect.objectContaining({ code: 'CAIRN_CONTEXT_CLOSED', details }))
    }
    expect(events).toEqual([])
    expect(tmp.content).toEqual([])
  })
})
