import { describe, expect, it } from 'vitest'

import { RunFailedError, isRunFailedError } from '../authoring/run-failed-error.ts'
import type { Run } from '../authoring/run-types.ts'
import { errorRecord } from '../records/error-record.ts'
import { CairnError, cairnError, describeError, isCairnError } from './cairn-error.ts'

describe('cairnError', () => {
  it('renders message and hint from the entry and keeps details and cause', () => {
    const cause = new Error('UNIQUE constraint failed')
    const error = cairnError('CAIRN_RUN_NAME_TAKEN', { name: 'nightly' }, { cause })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'CairnError',
      code: 'CAIRN_RUN_NAME_TAKEN',
      message: 'A run named "nightly" exists already.',
      details: { name: 'nightly' },
      exitCode: 2,
      cause,
    })
    expect(error.stack).toContain('cairn-error.test.ts')
  })

  it('renders a hint that depends on the details', () => {
    const details = { use: 's3', tried: ['a'], from: '/p', install: 'pnpm add a' }
    expect(cairnError('CAIRN_PLUGIN_MISSING', details).hint).toBe('Install it: pnpm add a')
  })

  it('has no cause where none was given', () => {
    expect('cause' in cairnError('CAIRN_BUILD_ASYNC', { pipeline: 'p' })).toBe(false)
  })

  it('takes the exit code of the entry', () => {
    expect(cairnError('CAIRN_RUN_CANCELLED', { run: 'r' }).exitCode).toBe(130)
    expect(cairnError('CAIRN_STEP_TIMEOUT', { step: 's', seconds: 1 }).exitCode).toBe(1)
  })
})

describe('isCairnError', () => {
  it('tells Cairn errors from others, by code if one is given', () => {
    const error = cairnError('CAIRN_BUILD_ASYNC', { pipeline: 'p' })
    expect(isCairnError(error)).toBe(true)
    expect(isCairnError(error, 'CAIRN_BUILD_ASYNC')).toBe(true)
    expect(isCairnError(error, 'CAIRN_RUN_LOST')).toBe(false)
    for (const other of [new Error('x'), { code: 'CAIRN_BUILD_ASYNC' }, undefined, null, 'CAIRN_BUILD_ASYNC']) {
      expect(isCairnError(other)).toBe(false)
    }
  })

  it('knows the errors of another copy of this package', () => {
    const foreign = Object.assign(new Error('x'), { code: 'PLUGIN_CODE', [Symbol.for('cairnml/error')]: true })
    expect(isCairnError(foreign, 'PLUGIN_CODE')).toBe(true)
  })

  it('knows errors of plugins with codes of their own', () => {
    expect(isCairnError(new CairnError({ code: 'S3_REGION', message: 'No region.' }), 'S3_REGION')).toBe(true)
  })
})

describe('describeError', () => {
  it('says code and message, then what to do', () => {
    expect(describeError(cairnError('CAIRN_BUILD_ASYNC', { pipeline: 'p' }))).toMatch(
      /^CAIRN_BUILD_ASYNC: The build .*\nbuild joins /,
    )
    expect(describeError(new CairnError({ code: 'S3_REGION', message: 'No region.' }))).toBe('S3_REGION: No region.')
  })
})

describe('RunFailedError', () => {
  it('carries the run, the failed steps and the first cause', () => {
    const run = { name: 'nightly' } as Run
    const cause = new Error('on purpose')
    const error = new RunFailedError(run, ['train: Error: on purpose'], cause)
    expect(error).toMatchObject({ name: 'RunFailedError', code: 'CAIRN_RUN_FAILED', exitCode: 1, run, cause })
    expect(error.message).toBe('Pipeline run nightly has failed: train: Error: on purpose')
    expect(error.hint).toMatch(/^What finished is kept/)
    expect(isRunFailedError(error)).toBe(true)
    expect(isCairnError(error)).toBe(true)
    expect(isRunFailedError(cairnError('CAIRN_RUN_FAILED', { run: 'r', failures: [] }))).toBe(false)
  })

  it('says first what to do about a fault that Cairn knows, thrown or recorded', () => {
    const cause = cairnError('CAIRN_DECLARED_URL', { step: 'load', url: 'https://a.example', problem: 'it is gone' })
    for (const given of [cause, errorRecord(cause)]) {
      const { hint } = new RunFailedError({ name: 'nightly' } as Run, [], given)
      expect(hint).toMatch(/^Make the URL reachable .*\nWhat finished is kept/)
    }
    const own = Object.assign(new Error('x'), { code: 'E_OWN', hint: 'sk-123' })
    expect(new RunFailedError({ name: 'nightly' } as Run, [], own).hint).toMatch(/^What finished is kept/)
  })
})
