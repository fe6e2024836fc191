import { describe, expect, it } from 'vitest'

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
})
