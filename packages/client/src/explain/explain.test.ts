import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { entryKey } from '@cairnml/core'
import { cacheEntry } from '@cairnml/testing'

import type { Client } from '../create-client.ts'
import { RecordedProject, type StepFacts } from '../recorded-project.fixture.ts'

let project: RecordedProject
let client: Client
beforeEach(async () => {
  project = new RecordedProject()
  client = await project.client()
})
afterEach(() => client[Symbol.asyncDispose]())

const MADE = { parts: { code: 'a', 'param:gamma': 0.001 } }

async function sentenceFor(train: StepFacts, options: Parameters<RecordedProject['run']>[2] = {}): Promise<string> {
  await project.run('second', { train }, options)
  return (await client.run('second').explain('train')).sentence
}

describe('the sentence for a step', () => {
  beforeEach(() => project.run('first', { load: { parts: { code: 'l' } }, train: MADE }))

  it('that was reused says which run made its result, who, where and when', async () => {
    expect(await sentenceFor({ ...MADE, origin: 'r1.train' })).toBe(
      'train was reused from run first (made by alice on host box at 2026-11-20 12:05:54); ' +
        'nothing that counts has changed.',
    )
  })

  it.each<[what: string, train: StepFacts, sentence: string]>([
    ['that is the first of its kind', { parts: { code: 'z' }, why: { kind: 'first' } }, 'train ran: no earlier entry.'],
    [
      'of which something differs',
      { parts: { code: 'a', 'param:gamma': 0.0015 }, why: { kind: 'changed', against: 'r1.train' } },
      'train ran: parameter gamma 0.001 -> 0.0015 (against run first).',
    ],
    [
      'of which much differs',
      { parts: { code: 'b', 'param:gamma': 1, platform: 'x', key: 1 }, why: { kind: 'changed', against: 'r1.train' } },
      'train ran: parameter gamma 0.001 -> 1; code changed; what its own key() gives is new; and 1 more (against run first).',
    ],
    [
      'that came to another machine',
      { parts: { ...MADE.parts, platform: 'darwin-arm64-137' }, why: { kind: 'changed', against: 'r1.train' } },
      'train ran: platform is new (darwin-arm64-137) (against run first).',
    ],
    [
      'whose entry has expired',
      { ...MADE, why: { kind: 'refused', against: 'r1.train', reason: 'entry expired' } },
      'train ran: entry expired (made by run first).',
    ],
    [
      'whose output is gone',
      { ...MADE, why: { kind: 'output-gone', against: 'r1.train', outputs: ['model'] } },
      'train ran: output gone: model (made by run first).',
    ],
    [
      'whose entry is gone',
      { ...MADE, why: { kind: 'entry-gone', against: 'r1.train' } },
      'train ran: entry gone (made by run first).',
    ],
    ['that was forced', { ...MADE, why: { kind: 'forced' } }, 'train ran: forced (--force or --refresh).'],
    [
      'that cannot be cached',
      { uncacheable: 'it calls eval (src/train.ts:3)' },
      'train ran: not cached because it calls eval (src/train.ts:3).',
    ],
    ['whose cache is off', {}, 'train ran: not cached because its cache is off.'],
    [
      'that failed',
      { parts: { code: 'z' }, status: 'failed', why: { kind: 'changed', against: 'r1.train' } },
      'train ran and failed: parameter gamma is gone (was 0.001); code changed (against run first).',
    ],
    ['that failed on the way', { status: 'failed', params: undefined }, 'train failed before it started.'],
    [
      'that failed on the way for a reason',
      { status: 'failed', params: undefined, error: { code: 'CAIRN_KEY_FUNCTION', message: 'The key\u0007 failed.' } },
      'train failed before it started: CAIRN_KEY_FUNCTION The key\\u0007 failed.',
    ],
    ['that was skipped', { status: 'skipped', params: undefined }, 'train was skipped.'],
    ['that was cancelled', { status: 'cancelled', params: undefined }, 'train was cancelled before it started.'],
    [
      'whose comparison is lost',
      { ...MADE, why: { kind: 'changed', against: 'gone.train' } },
      'train ran: something that is no longer recorded differs (against run that is no longer recorded).',
    ],
    [
      'of which no reason is recorded, as one would have been found then',
      { parts: { ...MADE.parts, 'param:gamma': 2 } },
      'train ran: parameter gamma 0.001 -> 2 (against run first).',
    ],
  ])('%s', async (_what, train, sentence) => {
    expect(await sentenceFor(train)).toBe(sentence)
  })

  it('in a run without cache', async () => {
    expect(await sentenceFor({}, { options: { cache: 'off' } })).toBe(
      'train ran: not cached because the cache was off for the whole run.',
    )
  })

  it('says which step an input comes from, and whether that ran again', async () => {
    const why = { kind: 'changed', against: 'r3.fit', from: { x: ['load'] } } as const
    await project.run('a', {})
    await project.run('b', { fit: { parts: { 'input:x': 'aaaa' } } })
    await project.run('c', { load: { parts: { code: 'm' } }, fit: { parts: { 'input:x': 'bbbb' }, why } })
    await project.run('d', {
      load: { parts: { code: 'l' }, origin: 'r1.load' },
      fit: { parts: { 'input:x': 'c' }, why },
    })
    expect((await client.run('c').explain('fit')).clause).toContain('input x changed (from load, which ran again)')
    expect((await client.run('d').explain('fit')).clause).toContain('input x changed (from load, reused)')
  })

  it('says that somebody accepted an earlier result, and what changed since', async () => {
    const parts = { code: 'b', 'param:gamma': 0.001 }
    await project.run('second', { train: { parts, origin: 'r1.train', entry: 'accepted-1' } })
    const { key = '' } = await client.run('second').explain('train')
    const accepted = { from: 'r1-entry', by: 'bob@box', at: 1, reason: 'only a log line' }
    const entry = { ...cacheEntry('accepted-1', key), accepted }
    await project.artifacts.put(entryKey('default', key, 'accepted-1'), Buffer.from(JSON.stringify(entry)))
    expect((await client.run('second').explain('train')).sentence).toBe(
      'train was reused from run first (made by alice on host box at 2026-11-20 12:05:54), ' +
        'as bob@box accepted it (only a log line); changed since: code changed.',
    )
  })

  it('knows a result of another machine by its manifest', async () => {
    await project.run('second', { train: { parts: { code: 'q' }, origin: 'elsewhere.train', entry: 'e1' } })
    const { key = '', sentence } = await client.run('second').explain('train')
    expect(sentence).toContain('train was reused from a run that is no longer recorded; nothing')
    await project.artifacts.put(entryKey('default', key, 'e1'), Buffer.from(JSON.stringify(cacheEntry('e1', key))))
    expect((await client.run('second').explain('train')).sentence).toMatch(
      /^train was reused from run Name-of-run-1 \(made by user on host host at .*\); nothing that counts has changed\.$/,
    )
  })
})

describe('an explanation', () => {
  it('has everything that differs, with texts in full, and what the step reads undeclared', async () => {
    await project.run('first', { train: MADE })
    const notices = ['reads from outside (fetch, src/load.ts:12) and declares nothing.']
    const parts = { code: 'b', 'param:gamma': 2 }
    await project.run('second', { train: { parts, notices, why: { kind: 'changed', against: 'r1.train' } } })
    expect(await client.run().explain('train')).toMatchObject({
      id: 'train',
      step: 'train',
      status: 'completed',
      decision: 'executed',
      reason: 'changed',
      against: 'first',
      notices,
      changes: [
        { kind: 'parameter', name: 'gamma', before: '0.001', after: '2', text: 'parameter gamma 0.001 -> 2' },
        { kind: 'code', text: 'code changed' },
      ],
    })
  })

  it('of a step that is not cached holds the kind of the reason and what to do about it', async () => {
    const uncacheable = 'it calls eval (src/train.ts:3)'
    await project.run('first', { train: { uncacheable }, own: { uncacheable: 'the moon is full' }, off: {} })
    const { steps } = await client.run().explain()
    const refusal = { kind: 'code-from-text', remedy: expect.stringMatching(/^Write .*\.$/) as string }
    expect(steps[0]).toMatchObject({ id: 'train', decision: 'not-cached', refusal })
    expect((await (await client.run()).step('train')).refusal).toEqual(refusal)
    for (const other of steps.slice(1)) {
      expect(other.decision).toBe('not-cached')
      expect(other).not.toHaveProperty('refusal')
    }
  })

  it('of a run has its steps in the order of the plan', async () => {
    await project.run('first', { load: { parts: { code: 'l' }, why: { kind: 'first' } }, train: {} })
    const { run, steps } = await client.run('first').explain()
    expect(run).toBe('first')
    expect(steps.map(({ label, clause }) => `${label} ${clause}`)).toEqual([
      'load ran: no earlier entry',
      'train ran: not cached because its cache is off',
    ])
  })

  it('against another run compares with that, whatever the decision was', async () => {
    await project.run('first', { train: MADE, old: {} })
    await project.run('second', { train: { parts: { ...MADE.parts, code: 'b' } } })
    await project.run('third', { train: { ...MADE, origin: 'r1.train' }, old: { uncacheable: 'it calls eval' } })
    const against = async (step: string, run: string): Promise<string> =>
      (await client.run('third').explain(step, { against: run })).sentence
    expect(await against('train', 'second')).toBe('train differs: code changed (against run second).')
    expect(await against('train', 'last~2')).toBe('train is the same against run first: nothing that counts differs.')
    expect(await against('old', 'first')).toBe(
      'old cannot be compared against run first: in run third it is not cached because it calls eval.',
    )
    await expect(against('old', 'second')).rejects.toMatchObject({
      code: 'CAIRN_STEP_RUN_UNKNOWN',
      details: { run: 'second', step: 'old', known: ['train'] },
    })
    await expect(against('train', 'nope')).rejects.toMatchObject({ code: 'CAIRN_RUN_UNKNOWN' })
  })
})
