import { provenance, pipeline, step, type CodeProvenance, type Provenance } from '@cairnml/core'
import { openStack, type OpenStack } from '@cairnml/core/stack'
import { memoryStack } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { Trial } from '../trial/trial.fixture.ts'
import { ProvenanceWatch } from './provenance-watch.ts'

const FOUND: CodeProvenance = { type: 'mine', commit: 'c0ffee', dirty: true, changed: { count: 1, files: ['a.ts'] } }

/** A provenance that counts how often it is asked. */
class Counted implements Provenance {
  readonly name = 'mine'
  readonly type = 'mine'
  asked = 0
  readonly collect: Provenance['collect']

  constructor(collect: Provenance['collect']) {
    this.collect = (options) => {
      this.asked += 1
      return collect(options)
    }
  }
}

const hanging = (): Promise<never> => new Promise(() => {})
const untilAborted: Provenance['collect'] = (options) =>
  new Promise((resolve) => {
    options?.signal?.addEventListener('abort', () =>
      resolve({ type: 'mine', missing: [String(options.signal?.reason)] }),
    )
  })

const one = step({ name: 'one', output: z.number() }).implement(() => 1)
const two = step({ name: 'two', output: z.number() }).implement(() => 2)
const both = pipeline({ name: 'both', build: () => ({ one: one(), two: two() }) })

describe('a run that executes steps', () => {
  it('records once which state of the code it was made with', async () => {
    const mine = new Counted(async () => FOUND)
    const trial = new Trial({ provenance: mine })
    await trial.run(both)
    expect(await trial.lastRun()).toMatchObject({ status: 'completed', provenance: FOUND })
    expect(mine.asked).toBe(1)
  })

  it('records it when a step failed, too', async () => {
    const trial = new Trial({ provenance: new Counted(async () => FOUND) })
    const broken = step({ name: 'broken' }).implement(() => {
      throw new Error('no')
    })
    await trial.run(pipeline({ name: 'fails', build: () => broken() }), {}, { reject: false })
    expect(await trial.lastRun()).toMatchObject({ status: 'failed', provenance: FOUND })
  })

  it('is not failed by a provenance that throws, at once or later, and says that it is missing', async () => {
    const throwing: Provenance['collect'] = () => {
      throw new Error('no\n  such program')
    }
    for (const collect of [throwing, async () => throwing(), async () => ({ type: 'mine', commit: 1n }) as never]) {
      const trial = new Trial({ provenance: new Counted(collect) })
      await trial.run(both)
      const { status, provenance: known } = await trial.lastRun()
      expect(status).toBe('completed')
      expect(known).toEqual({ type: 'mine', missing: [expect.stringMatching(/^no such program$|BigInt/)] })
    }
  })

  it('that is cancelled does not wait for it', async () => {
    const stop = new AbortController()
    const trial = new Trial({ provenance: new Counted(untilAborted) })
    const cancelling = step({ name: 'cancelling' }).implement((_args, { signal }) => {
      stop.abort()
      signal.throwIfAborted()
    })
    const run = trial.run(pipeline({ name: 'cancels', build: () => cancelling() }), {}, { signal: stop.signal })
    await expect(run).rejects.toMatchObject({ code: 'CAIRN_RUN_CANCELLED' })
    expect((await trial.lastRun()).provenance?.missing).toEqual(['Error: the run was cancelled'])
  })
})

describe('a run that executes nothing', () => {
  it('neither asks nor records', async () => {
    const mine = new Counted(async () => FOUND)
    const trial = new Trial({ provenance: mine })
    await trial.run(both)
    const again = await trial.run(both)
    expect(again.status).toBe('cached')
    expect(mine.asked).toBe(1)
    expect(await trial.lastRun()).not.toHaveProperty('provenance')
  })
})

describe('a stack without one', () => {
  it('records nothing', async () => {
    const trial = new Trial()
    await trial.run(both)
    expect(await trial.lastRun()).not.toHaveProperty('provenance')
  })
})

describe('a provenance that takes too long', () => {
  const opened = (collect: Provenance['collect']): Promise<OpenStack> => {
    const component = provenance({ type: 'mine', create: () => new Counted(collect) })
    const environment = { projectDir: '.', fallbackDirs: [], cairnDir: '.cairn' }
    return openStack({ ...memoryStack(), provenance: { component } }, environment)
  }

  it('is asked to end and may still say what it knows', async () => {
    await using stack = await opened(untilAborted)
    const watch = new ProvenanceWatch(stack, { workMs: 1, endMs: 60_000 })
    watch.start()
    expect(await watch.end({ inHurry: false })).toEqual({
      type: 'mine',
      missing: ['Error: it took longer than 0.001 s'],
    })
  })

  it('is given up where it does not end', async () => {
    await using stack = await opened(hanging)
    const watch = new ProvenanceWatch(stack, { workMs: 1, endMs: 1 })
    watch.start()
    expect(await watch.end({ inHurry: false })).toEqual({ type: 'mine', missing: ['it took longer than 0.001 s'] })
  })
})
