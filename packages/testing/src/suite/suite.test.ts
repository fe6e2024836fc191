import { describe, expect, it } from 'vitest'

import { CollectingRunner } from './collecting-runner.ts'
import { registerSuite, type Section } from './suite.ts'
import type { ConformanceOptions } from './test-runner.ts'

interface Counter {
  readonly opened: number
  [Symbol.asyncDispose](): Promise<void>
}
type Options = ConformanceOptions<Counter>

const SECTIONS: readonly Section<Counter, Options>[] = [
  { title: 'always', tests: { works: async () => {}, breaks: () => Promise.reject(new Error('no')) } },
  { title: 'never', when: () => false, tests: { absent: async () => {} } },
]

async function outcomesOf(options: Partial<Options>): Promise<readonly string[]> {
  const runner = new CollectingRunner()
  const create = (): Counter => ({ opened: 1, [Symbol.asyncDispose]: async () => {} })
  registerSuite(runner, { name: 'Counter', create, ...options }, SECTIONS)
  return (await runner.run()).map(({ name, error }) => `${name}: ${error === undefined ? 'passed' : 'failed'}`)
}

describe('a conformance suite', () => {
  it('runs the sections that apply', async () => {
    expect(await outcomesOf({})).toEqual([
      'Counter conforms > always > works: passed',
      'Counter conforms > always > breaks: failed',
    ])
  })

  it('leaves out what is named in skip, and says why', async () => {
    expect(await outcomesOf({ skip: [{ reason: 'slow', tests: ['breaks'] }] })).toEqual([
      'Counter conforms > always > works: passed',
      'Counter conforms > always > breaks (left out: slow): passed',
      'Counter conforms > leaves out only tests that exist: passed',
    ])
  })

  it('leaves out all tests of a section that is named in skip, none of which may pass', async () => {
    expect(await outcomesOf({ skip: [{ reason: 'slow', tests: ['always'] }] })).toEqual([
      'Counter conforms > always > works (left out: slow): failed',
      'Counter conforms > always > breaks (left out: slow): passed',
      'Counter conforms > leaves out only tests that exist: passed',
    ])
  })

  it('fails when a skip names a test or section that does not exist or does not apply', async () => {
    for (const name of ['misspelt', 'absent', 'never']) {
      const outcomes = await outcomesOf({ skip: [{ reason: 'slow', tests: [name] }] })
      expect(outcomes).toContain('Counter conforms > leaves out only tests that exist: failed')
    }
  })

  it('fails when a test is left out that passes', async () => {
    expect(await outcomesOf({ skip: [{ reason: 'habit', tests: ['works'] }] })).toContain(
      'Counter conforms > always > works (left out: habit): failed',
    )
  })

  it('lets a test be left out that comes to no end', async () => {
    const runner = new CollectingRunner()
    const skip = [{ reason: 'endless', tests: ['hangs'] }]
    const create = (): Counter => ({ opened: 1, [Symbol.asyncDispose]: async () => {} })
    registerSuite<Counter, Options>(runner, { name: 'Counter', create, skip }, [
      { title: 'always', tests: { hangs: () => new Promise(() => {}) } },
    ])
    expect((await runner.run()).filter(({ error }) => error !== undefined)).toEqual([])
  })

  it('disposes every component, also after a failure, of one opened again and of another one that a test asks for', async () => {
    let open = 0
    const create = (): Counter => {
      open += 1
      return { opened: open, [Symbol.asyncDispose]: async () => void (open -= 1) }
    }
    await outcomesOf({ create, reopen: create })
    expect(open).toBe(0)
    const runner = new CollectingRunner()
    const opened: number[] = []
    registerSuite<Counter, Options>(runner, { name: 'Counter', create }, [
      { title: 'always', tests: { asks: async ({ another }) => void opened.push((await another()).opened, open) } },
    ])
    await runner.run()
    expect(opened).toEqual([2, 2])
    expect(open).toBe(0)
  })
})
