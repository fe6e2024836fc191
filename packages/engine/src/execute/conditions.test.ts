import { json, list, optional, pipeline, step } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { statuses, Trial, valueOf } from '../trial/trial.fixture.ts'

const decide = step({ name: 'decide', params: z.object({ yes: z.boolean() }), output: z.boolean() }).implement(
  ({ yes }) => yes,
)
const one = step({ name: 'one', output: z.number() }).implement(() => 1)
const two = step({ name: 'two', output: z.number() }).implement(() => 2)
const three = step({ name: 'three', output: z.number() }).implement(() => 3)
const next = step({ name: 'next', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => x + 1)
const sum = step({ name: 'sum', inputs: { all: list(z.number()) }, output: z.number() }).implement(
  ({ all }) => all.length,
)
const tell = step({ name: 'tell', inputs: { note: optional(z.number()) }, output: z.string() }).implement(
  ({ note }) => `note ${note}`,
)

const given = pipeline({
  name: 'given',
  params: z.object({ yes: z.boolean() }),
  build: ({ yes }) => {
    const x = one({}, { when: decide({ yes }) })
    const below = next({ x })
    return [sum({ all: [below, two()] }), tell({ note: x }), three({}, { after: below })]
  },
})

describe('a condition', () => {
  it('that is true lets its step run and everything below', async () => {
    const run = await new Trial().run(given, { yes: true })
    expect(new Set(Object.values(statuses(run)))).toEqual(new Set(['completed']))
    await expect(valueOf(run, 'tell')).resolves.toBe('note 1')
  })

  it('that is false skips its step and what needs it, but not what can do without it or only comes after it', async () => {
    const trial = new Trial()
    const run = await trial.run(given, { yes: false })
    expect(statuses(run)).toEqual({
      decide: 'completed',
      one: 'skipped',
      next: 'skipped',
      two: 'completed',
      sum: 'skipped',
      tell: 'completed',
      three: 'completed',
    })
    expect(run.status).toBe('completed')
    await expect(valueOf(run, 'tell')).resolves.toBe('note undefined')
    await expect(valueOf(run, 'next')).rejects.toMatchObject({ code: 'CAIRN_RESULT_MISSING' })
    expect(trial.lines.filter((line) => line.includes('skipped'))).toEqual([
      'Step one is skipped: its condition is false.',
      'Step next is skipped: one is skipped.',
      'Step sum is skipped: next is skipped.',
    ])
    expect(await trial.lastRun()).toMatchObject({ counts: { completed: 4, skipped: 3 } })
  })

  it('that is false again finds everything else cached', async () => {
    const trial = new Trial()
    await trial.run(given, { yes: false })
    const run = await trial.run(given, { yes: false })
    expect(statuses(run)).toMatchObject({
      decide: 'cached',
      one: 'skipped',
      next: 'skipped',
      tell: 'cached',
      three: 'cached',
    })
  })

  it('that turns true reuses what ran before and runs the rest', async () => {
    const trial = new Trial()
    await trial.run(given, { yes: false })
    const run = await trial.run(given, { yes: true })
    expect(statuses(run)).toEqual({
      decide: 'completed',
      one: 'completed',
      next: 'completed',
      two: 'cached',
      sum: 'completed',
      tell: 'completed',
      three: 'cached',
    })
  })

  it('that is no boolean fails its step by name', async () => {
    const wrong = step({ name: 'wrong', output: json<boolean>() }).implement(() => 'yes' as unknown as boolean)
    const p = pipeline({ name: 'p', build: () => one({}, { when: wrong() }) })
    const run = await new Trial().run(p, {}, { reject: false })
    expect(statuses(run)).toEqual({ wrong: 'completed', one: 'failed' })
    expect(run.steps['one']?.error).toMatchObject({ code: 'CAIRN_VALUE_INVALID' })
    expect(run.steps['one']?.error?.message).toContain('The condition of step "one"')
  })

  it('whose step is itself skipped skips, too', async () => {
    const build = (): object => {
      const no = decide({ yes: false })
      return next({ x: one({}, { id: 'b', when: decide({ yes: true }, { id: 'inner', when: no }) }) })
    }
    const run = await new Trial().run(pipeline({ name: 'p', build }))
    expect(statuses(run)).toEqual({ decide: 'completed', inner: 'skipped', b: 'skipped', next: 'skipped' })
  })
})

describe('an optional input', () => {
  it('may be left out', async () => {
    const run = await new Trial().run(pipeline({ name: 'p', build: () => tell() }))
    await expect(valueOf(run, 'tell')).resolves.toBe('note undefined')
  })

  it('may come from an optional output that its step leaves out', async () => {
    const maybe = step({ name: 'maybe', outputs: { note: optional(z.number()) } }).implement(() => ({}))
    const trial = new Trial()
    const p = pipeline({ name: 'p', build: () => tell({ note: maybe().note }) })
    const run = await trial.run(p)
    await expect(valueOf(run, 'tell')).resolves.toBe('note undefined')
    expect((await trial.run(p)).status).toBe('cached')
    await expect(run.steps['maybe']?.outputs['note']?.load()).resolves.toBeUndefined()
  })
})
