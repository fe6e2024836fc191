import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { afterEach, describe, expect, it } from 'vitest'

import { memoryConformance } from './memory-components.fixture.ts'

const NODE_TEST = ['--conditions=@cairnml/source', '--test', '--test-reporter=tap']

describe('the reference components', () => {
  let count = 0
  afterEach(() => void (count += 1))
  memoryConformance({ describe, it })

  it('pass the same tests under node:test', { timeout: 120_000 }, async () => {
    const file = `${import.meta.dirname}/node-test.fixture.ts`
    const { stdout } = await promisify(execFile)(process.execPath, [...NODE_TEST, file], { maxBuffer: 2 ** 24 })
    const counts = [...stdout.matchAll(/^# (tests|pass) (\d+)$/gm)].map(([, what, number]) => `${what} ${number}`)
    expect(counts).toEqual([`tests ${count}`, `pass ${count}`])
  })
})
