import { step } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { gitPolicy, gitProvenance } from './git-options.ts'
import plugin from './plugin.ts'

describe('the plugin', () => {
  it('offers a provenance and a cache policy', () => {
    expect(plugin.name).toBe('git')
    expect(plugin.components.map(({ port }) => port)).toEqual(['provenance', 'cachePolicy'])
  })

  it('is named by what stands for its components in code', () => {
    expect(gitProvenance()).toEqual({ use: '@cairnml/plugin-git' })
    expect(gitPolicy()).toEqual({ use: '@cairnml/plugin-git' })
    expect(gitPolicy({ paths: ['src'] })).toEqual({ use: '@cairnml/plugin-git', paths: ['src'] })
  })

  it.each([
    [{}, true],
    [{ paths: ['src', '../lib', 'a b/ü.ts'] }, true],
    [{ paths: [] }, false],
    [{ paths: [''] }, false],
    [{ paths: ['/etc'] }, false],
    [{ paths: [String.raw`C:\x`] }, false],
    [{ paths: ['a\nb'] }, false],
    [{ paths: 'src' }, false],
    [{ path: ['src'] }, false],
  ])('takes the options %j of the policy, and the same of a step: %s', async (given, accepted) => {
    for (const schema of [await plugin.components[1]?.options?.(), await plugin.components[1]?.settings?.()]) {
      const result = await schema?.['~standard'].validate(given)
      expect(result !== undefined && result.issues === undefined).toBe(accepted)
    }
  })

  it('types what steps say to the policy', () => {
    const train = step({ name: 'train', output: z.number() }).implement(() => 1)
    expect(train.with({ settings: { git: { paths: ['src'] } } })).toBeTypeOf('function')
    // @ts-expect-error one path is no list
    train.with({ settings: { git: { paths: 'src' } } })
    // @ts-expect-error a setting that it does not have
    train.with({ settings: { git: { path: ['src'] } } })
  })
})
