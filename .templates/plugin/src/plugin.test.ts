import { describe, expect, it } from 'vitest'

import plugin from './plugin.ts'

describe('the plugin', () => {
  it('offers an artifact store', () => {
    expect(plugin.name).toBe('__name__')
    expect(plugin.components.map(({ port }) => port)).toEqual(['artifactStore'])
  })

  it.each([
    [{}, true],
    [{ prefix: 'cairn/' }, true],
    [{ prefix: 'cairn' }, false],
    [{ prefx: 'cairn/' }, false],
  ])('takes the options %j: %s', async (options, accepted) => {
    const schema = await plugin.components[0]?.options?.()
    const result = await schema?.['~standard'].validate(options)
    expect(result !== undefined && result.issues === undefined).toBe(accepted)
  })
})
