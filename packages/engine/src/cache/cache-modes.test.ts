import { pipeline, step, type RunOptions } from '@cairnml/core'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { keysIn, statuses, Trial } from '../trial/trial.fixture.ts'

const calls = vi.fn<() => number>(() => 1)
const one = step({ name: 'one', output: z.number() }).implement(() => calls())
const p = pipeline({ name: 'p', build: () => one() })
const off = pipeline({ name: 'p', build: () => one.with({ cache: false })() })

const entries = async (trial: Trial): Promise<number> => (await keysIn(trial.artifacts, 'cache/')).length

async function doing(trial: Trial, what: object, options: RunOptions = {}): Promise<string | undefined> {
  return statuses(await trial.run(what, {}, options))['one']
}

describe('cache modes', () => {
  it.each<[string, RunOptions, { first: string; entries: number; then: string }]>([
    ['on keeps and looks up', { cache: 'on' }, { first: 'completed', entries: 1, then: 'cached' }],
    ['off keeps nothing', { cache: 'off' }, { first: 'completed', entries: 0, then: 'completed' }],
    ['read keeps nothing', { cache: 'read' }, { first: 'completed', entries: 0, then: 'completed' }],
    ['write keeps', { cache: 'write' }, { first: 'completed', entries: 1, then: 'cached' }],
    ['refresh keeps', { refresh: ['one'] }, { first: 'completed', entries: 1, then: 'cached' }],
  ])('%s, in an empty stack', async (_sentence, options, expected) => {
    const trial = new Trial()
    expect(await doing(trial, p, options)).toBe(expected.first)
    expect(await entries(trial)).toBe(expected.entries)
    expect(await doing(trial, p)).toBe(expected.then)
  })

  it.each<[string, RunOptions, { again: string; entries: number }]>([
    ['on reuses', { cache: 'on' }, { again: 'cached', entries: 1 }],
    ['off looks up nothing', { cache: 'off' }, { again: 'completed', entries: 1 }],
    ['read reuses', { cache: 'read' }, { again: 'cached', entries: 1 }],
    ['write runs and keeps another', { cache: 'write' }, { again: 'completed', entries: 2 }],
    ['refresh runs and keeps another', { refresh: ['one'] }, { again: 'completed', entries: 2 }],
  ])('%s, where a result is', async (_sentence, options, expected) => {
    const trial = new Trial()
    await doing(trial, p)
    expect(await doing(trial, p, options)).toBe(expected.again)
    expect(await entries(trial)).toBe(expected.entries)
    expect(await doing(trial, p)).toBe('cached')
  })

  it('come from CAIRN_CACHE where the run says nothing', async () => {
    const trial = new Trial()
    await doing(trial, p)
    vi.stubEnv('CAIRN_CACHE', 'off')
    try {
      expect(await doing(trial, p)).toBe('completed')
      expect(await doing(trial, p, { cache: 'on' })).toBe('cached')
    } finally {
      vi.unstubAllEnvs()
    }
  })
})

describe('a step with cache: false', () => {
  it('runs every time and stores no entry', async () => {
    const trial = new Trial()
    calls.mockClear()
    for (let times = 0; times < 3; times++) expect(await doing(trial, off)).toBe('completed')
    expect(calls).toHaveBeenCalledTimes(3)
    expect(await entries(trial)).toBe(0)
    const kept = await keysIn(trial.artifacts, 'runs/')
    expect(kept.filter((key) => key.endsWith('/result.json'))).toHaveLength(3)
    expect(await doing(trial, p)).toBe('completed')
  })

  it('that says true again reuses the entry from before', async () => {
    const trial = new Trial()
    expect(await doing(trial, p)).toBe('completed')
    expect(await doing(trial, off)).toBe('completed')
    expect(await doing(trial, p)).toBe('cached')
  })
})
