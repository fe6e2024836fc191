import { pipeline, step, type HookEvent, type Hooks } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { Trial } from '../trial/trial.fixture.ts'

/** Hooks that write down who was called. */
function noting(into: string[], who: string): Required<Hooks> {
  const note = (hook: string) => async (event: HookEvent) => {
    await Promise.resolve()
    into.push(`${who} ${hook}${event.step === undefined ? '' : ` ${event.step}`}`)
  }
  return { onStart: note('onStart'), onSuccess: note('onSuccess'), onFailure: note('onFailure') }
}

const number = z.object({ n: z.number() })

describe('hooks', () => {
  it('of pipeline and steps are called around the work, in order', async () => {
    const seen: string[] = []
    const one = step({ name: 'one', output: z.number(), ...noting(seen, 'step') }).implement(() => {
      seen.push('one')
      return 1
    })
    const p = pipeline({ name: 'p', ...noting(seen, 'pipeline'), build: () => one() })
    await new Trial().run(p)
    expect(seen).toEqual(['pipeline onStart', 'step onStart one', 'one', 'step onSuccess one', 'pipeline onSuccess'])
  })

  it('of a step that fails say so, with the error', async () => {
    const seen: string[] = []
    const errors: unknown[] = []
    const broken = step({
      name: 'broken',
      ...noting(seen, 'step'),
      onFailure: ({ error }) => void errors.push(error),
    }).implement(() => {
      throw new RangeError('no')
    })
    const p = pipeline({ name: 'p', ...noting(seen, 'pipeline'), build: () => broken() })
    await new Trial().run(p, {}, { reject: false })
    expect(seen).toEqual(['pipeline onStart', 'step onStart broken', 'pipeline onFailure'])
    expect(errors).toEqual([expect.objectContaining({ message: 'no' })])
  })

  it('of a step that fails before its function could start say so, too', async () => {
    const seen: string[] = []
    const text = step({ name: 'text', output: z.string() }).implement(() => 'x')
    const one = step({ name: 'one', params: number, ...noting(seen, 'step') }).implement(() => undefined)
    // Sound: a handle of the wrong type is what this test is about.
    const p = pipeline({ name: 'p', build: () => one({ n: text() as never }) })
    await new Trial().run(p, {}, { reject: false })
    expect(seen).toEqual(['step onFailure one'])
  })

  it('of a step are not called when its result is reused', async () => {
    const seen: string[] = []
    const one = step({ name: 'one', output: z.number(), ...noting(seen, 'step') }).implement(() => 1)
    const p = pipeline({ name: 'p', ...noting(seen, 'pipeline'), build: () => one() })
    const trial = new Trial()
    await trial.run(p)
    seen.length = 0
    await trial.run(p)
    expect(seen).toEqual(['pipeline onStart', 'pipeline onSuccess'])
  })

  it('of a step that is skipped are not called', async () => {
    const seen: string[] = []
    const no = step({ name: 'no', output: z.boolean() }).implement(() => false)
    const one = step({ name: 'one', ...noting(seen, 'step') }).implement(() => undefined)
    await new Trial().run(pipeline({ name: 'p', build: () => one({}, { when: no() }) }))
    expect(seen).toEqual([])
  })

  it('of the run take the place of the step’s own', async () => {
    const seen: string[] = []
    const one = step({ name: 'one', output: z.number(), ...noting(seen, 'step') }).implement(() => 1)
    const p = pipeline({ name: 'p', build: () => one() })
    await new Trial().run(p, {}, { steps: { one: { onStart: noting(seen, 'run').onStart } } })
    expect(seen).toEqual(['run onStart one', 'step onSuccess one'])
  })

  it('that throw are reported and change nothing', async () => {
    const fail = (): never => {
      throw new Error('hook')
    }
    const one = step({
      name: 'one',
      output: z.number(),
      onStart: fail,
      onSuccess: () => Promise.reject(new Error('late')),
    }).implement(() => 1)
    const p = pipeline({ name: 'p', onStart: fail, onSuccess: fail, build: () => one() })
    const trial = new Trial()
    const run = await trial.run(p)
    expect(run.status).toBe('completed')
    expect(trial.lines.filter((line) => line.startsWith('Hook'))).toEqual([
      'Hook onStart of pipeline p has failed: Error hook.',
      'Hook onStart of step one has failed: Error hook.',
      'Hook onSuccess of step one has failed: Error late.',
      'Hook onSuccess of pipeline p has failed: Error hook.',
    ])
  })

  it('are told run, pipeline and step', async () => {
    const events: HookEvent[] = []
    const one = step({ name: 'one', onStart: (event) => void events.push(event) }).implement(() => undefined)
    const p = pipeline({
      name: 'p',
      onStart: (event) => void events.push(event),
      build: () => one({}, { id: 'first' }),
    })
    const run = await new Trial().run(p)
    expect(events).toEqual([
      { run: run.name, pipeline: 'p' },
      { run: run.name, pipeline: 'p', step: 'first' },
    ])
  })
})
