import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { temporaryFolder, type TemporaryFolder } from '@cairnml/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { localConformance } from './conformance.ts'

const NODE_TEST = ['--conditions=@cairnml/source', '--test', '--test-reporter=tap']

describe('the components of this plugin', () => {
  let folder: TemporaryFolder
  let count = 0

  beforeAll(async () => {
    folder = await temporaryFolder()
  })
  afterAll(() => folder[Symbol.asyncDispose]())
  afterEach(() => void (count += 1))

  localConformance({ describe, it }, () => folder.path)

  it('pass the same tests under node:test', { timeout: 120_000 }, async () => {
    const file = `${import.meta.dirname}/processes/node-test.ts`
    const { stdout } = await promisify(execFile)(process.execPath, [...NODE_TEST, file], { maxBuffer: 2 ** 24 })
    const counts = [...stdout.matchAll(/^# (tests|pass) (\d+)$/gm)].map(([, what, number]) => `${what} ${number}`)
    expect(counts).toEqual([`tests ${count}`, `pass ${count}`])
  })
})
