import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { step } from './step.ts'
import { stepSecrets } from './step-secrets.ts'

describe('stepSecrets', () => {
  it('gives the values of declared names and of nothing else', () => {
    const secrets = stepSecrets('ask', ['KEY'], { KEY: 'value', OTHER: 'x' })
    expect({ ...secrets }).toEqual({ KEY: 'value' })
    expect(secrets['toString']).toBeUndefined()
    expect({ ...stepSecrets('ask', undefined, { KEY: 'value' }) }).toEqual({})
  })

  it.each([{}, { KEY: '' }, { KEY: undefined }])('names step and secret where it is missing: %j', (environment) => {
    expect(() => stepSecrets('ask', ['KEY'], environment)).toThrow(
      expect.objectContaining({ code: 'CAIRN_SECRET_MISSING', details: { step: 'ask', secret: 'KEY' } }),
    )
  })
})

describe('entrypoint', () => {
  const ask = step({ name: 'ask', output: z.string(), secrets: ['CAIRN_TEST_KEY'] }).implement(
    (_args, { secrets }) => secrets.CAIRN_TEST_KEY,
  )

  it('gives a step its secrets from the environment', async () => {
    vi.stubEnv('CAIRN_TEST_KEY', 'value')
    expect(await ask.entrypoint()).toBe('value')
    vi.unstubAllEnvs()
    await expect(ask.entrypoint()).rejects.toMatchObject({ code: 'CAIRN_SECRET_MISSING' })
  })
})
