import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { firstPipeline } from '../src/pipeline.ts'
import type { SvcParams } from '../src/svc-params.ts'

let home: string

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'cairn-digits-'))
  vi.stubEnv('CAIRN_DIR', path.join(home, '.cairn'))
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

async function run(params: Partial<SvcParams> = {}) {
  const { result, steps } = await firstPipeline.run(params, { log: false })
  const { supportVectors } = await result.model.load()
  const status = Object.fromEntries(Object.values(steps).map((step) => [step.id, step.status]))
  return { accuracy: await result.accuracy.load(), supportVectors, status }
}

const ran = { digits_data_loader: 'cached', svc_trainer: 'completed', evaluator: 'completed' }

// Correct answers of 360 and support vectors as scikit-learn 1.9.1 finds them with `SVC(...)` on the same split.
describe('first_pipeline', () => {
  it('trains the classifier that scikit-learn trains', async () => {
    expect(await run()).toEqual({
      accuracy: 345 / 360,
      supportVectors: 695,
      status: { ...ran, digits_data_loader: 'completed' },
    })
  })

  it.each([
    [{ gamma: 0.0015 }, 345, 776],
    [{ gamma: 0.01 }, 257, 1427],
    [{ gamma: 0.001, C: 2.5 }, 346, 681],
    [{ gamma: 0.01, C: 2.5, kernel: 'linear' as const }, 335, 387],
  ])('trains it again with %o and loads no data twice', async (params, correct, supportVectors) => {
    expect(await run(params)).toEqual({ accuracy: correct / 360, supportVectors, status: ran })
  })

  it('reuses everything when nothing has changed', async () => {
    const { accuracy, supportVectors, status } = await run()
    expect({ accuracy, supportVectors }).toEqual({ accuracy: 345 / 360, supportVectors: 695 })
    expect(new Set(Object.values(status))).toEqual(new Set(['cached']))
  })
})
