import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { pipeline } from './pipeline.ts'
import { step } from './step.ts'

const declared = {
  name: 'train',
  params: z.object({ verbose: z.boolean().default(false) }),
  inputs: { x: z.number() },
} as const

describe('what a step is to ignore', () => {
  it.each([{ params: ['verbose'] }, { inputs: ['x'] }, { env: ['ANY'], packages: ['any'] }, {}])(
    'may be %j',
    (ignore) => {
      expect(() => step({ ...declared, ignore })).not.toThrow()
    },
  )

  it.each([
    [
      { params: ['verbos'] },
      'Step "train" ignores the parameter "verbos", but has none of that name. Did you mean "verbose"?',
    ],
    [{ inputs: ['verbose'] }, 'Step "train" ignores the input "verbose", but has none of that name.'],
  ])('cannot be %j, which it does not have', (ignore, message) => {
    const refused = expect.objectContaining({ code: 'CAIRN_IGNORE_UNKNOWN', message }) as Error
    expect(() => step({ ...declared, ignore })).toThrow(refused)
    expect(() =>
      step(declared)
        .implement(() => {})
        .with({ ignore }),
    ).toThrow(refused)
  })

  it('may be anything where the schema does not tell its names, and in a default for all steps of a pipeline', () => {
    expect(() => step({ name: 's', params: z.looseObject({}), ignore: { params: ['any'] } })).not.toThrow()
    expect(() => pipeline({ name: 'p', ignore: { params: ['any'] }, build: () => {} })).not.toThrow()
  })
})
