import { buildGraph, pipeline, pipelineDefinition, step, type Graph, type RunOptions } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { present } from '../trial/trial.fixture.ts'
import { overridesOf, runSettings } from './run-settings.ts'

const train = step({ name: 'train', output: z.number() }).implement(() => 1)
const graphOf = (options = {}): Graph => {
  const training = pipeline({ name: 'training', build: () => [train(), train()], ...options })
  return buildGraph(present(pipelineDefinition(training)), {})
}
const graph = graphOf({ tags: ['nightly'] })

// Sound: these tests hand in what plain JavaScript could.
const settings = (options: object, environment = {}): ReturnType<typeof runSettings> =>
  runSettings(graph, options as RunOptions, environment)

describe('runSettings', () => {
  it('has defaults that leave everything to steps and pipeline', () => {
    expect(settings({})).toEqual({
      name: undefined,
      substitutions: {},
      tags: ['nightly'],
      cache: undefined,
      refresh: new Set(),
      failureMode: 'stop-on-failure',
      layers: [],
      progress: 'auto',
    })
  })

  it('adds the tags of the run to those of the pipeline', () => {
    expect(settings({ tags: ['s7'] }).tags).toEqual(['nightly', 's7'])
  })

  it('takes the failure mode of the pipeline unless the run has its own', () => {
    const careful = graphOf({ failureMode: 'fail-fast' })
    expect(runSettings(careful, {}, {}).failureMode).toBe('fail-fast')
    expect(runSettings(careful, { failureMode: 'continue-on-failure' }, {}).failureMode).toBe('continue-on-failure')
  })

  it.each([
    [{ chache: 'off' }, 'chache', 'cache'],
    [{ step: {} }, 'step', 'steps'],
    [{ failuremode: 'fail-fast' }, 'failuremode', 'failureMode'],
  ])('refuses the unknown option in %j and names the nearest', (options, name, nearest) => {
    expect(() => settings(options)).toThrow(
      expect.objectContaining({
        code: 'CAIRN_RUN_OPTION_UNKNOWN',
        details: expect.objectContaining({ name, nearest }),
      }),
    )
  })

  it('names no nearest option where none is near', () => {
    expect(() => settings({ velocity: 1 })).toThrow(/^The options of run\(\) have no "velocity"\.$/)
  })

  it.each([
    [{ cache: 'sometimes' }, 'on, read, write, off'],
    [{ failureMode: 'never' }, 'fail-fast, stop-on-failure, continue-on-failure'],
    [{ steps: { train: { timeout: 'long' } } }, 'a duration'],
    [{ steps: { train: { retry: { attempts: 0 } } } }, 'attempts from 1'],
    [{ steps: { train: { cache: 'off' } } }, 'true or false'],
    [{ steps: { train: null } }, 'an object'],
    [{ steps: { train: { params: 0.1 } } }, 'an object'],
  ])('refuses the value in %j and says what is expected', (options, expected) => {
    expect(() => settings(options)).toThrow(expect.objectContaining({ code: 'CAIRN_RUN_OPTION_INVALID' }))
    expect(() => settings(options)).toThrow(expected)
  })

  it('refuses an unknown option of a step', () => {
    expect(() => settings({ steps: { train: { retrys: 3 } } })).toThrow(/have no "retrys"\. Did you mean "retry"\?/)
  })

  it.each([
    [{ refresh: ['trian'] }, /The option refresh names "trian".*Did you mean "train"\?/],
    [{ steps: { train_3: {} } }, /The option steps names "train_3".*Did you mean "train_2"\?/],
  ])('refuses a step in %j that the pipeline does not have', (options, message) => {
    expect(() => settings(options)).toThrow(expect.objectContaining({ code: 'CAIRN_INVOCATION_UNKNOWN' }))
    expect(() => settings(options)).toThrow(message)
  })

  it.each([
    [true, 'on'],
    [false, 'off'],
    ['read', 'read'],
    ['write', 'write'],
  ])('reads the cache option %j as %s', (cache, mode) => {
    expect(settings({ cache }).cache).toBe(mode)
  })

  it('reads CAIRN_CACHE where the run says nothing', () => {
    expect(settings({}, { CAIRN_CACHE: 'read' }).cache).toBe('read')
    expect(settings({ cache: 'write' }, { CAIRN_CACHE: 'read' }).cache).toBe('write')
    expect(settings({}, { CAIRN_CACHE: '' }).cache).toBeUndefined()
  })

  it('refuses a CAIRN_CACHE that is no mode', () => {
    expect(() => settings({}, { CAIRN_CACHE: 'nope' })).toThrow(/cannot be "nope": expected on, read, write, off/)
  })
})

describe('overridesOf', () => {
  const { layers } = settings({
    steps: { train: { timeout: '1s', params: { a: 1, b: 1 } }, train_2: { timeout: '2s', params: { b: 2 } } },
  })
  const given = { ...settings({}), layers }

  it('takes what is said of the step for every invocation', () => {
    expect(overridesOf(given, { id: 'train', step: 'train' })).toEqual({ timeout: '1s', params: { a: 1, b: 1 } })
  })

  it('lets what is said of an invocation win, parameter by parameter', () => {
    expect(overridesOf(given, { id: 'train_2', step: 'train' })).toEqual({ timeout: '2s', params: { a: 1, b: 2 } })
  })

  it('leaves out what was given as undefined', () => {
    const nothing = { timeout: undefined, params: { a: undefined } }
    const open = settings({ steps: { train: { timeout: '1s', params: { a: 1 } }, train_2: nothing } })
    expect(overridesOf(open, { id: 'train_2', step: 'train' })).toEqual({ timeout: '1s', params: { a: 1 } })
  })
})
