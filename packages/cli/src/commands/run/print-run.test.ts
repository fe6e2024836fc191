import type { ArtifactRef, Run, StepRun } from '@cairnml/core'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { printRun } from './print-run.ts'

afterEach(() => vi.restoreAllMocks())

const ARTIFACT: ArtifactRef = { kind: 'file', digest: 'sha256:1', size: 2, type: 'json@1', path: 'data.json' }
const stored = (artifact: ArtifactRef | undefined): StepRun['output'] => ({ artifact, load: async () => undefined })

const LOAD: StepRun = {
  id: 'load-2',
  step: 'load',
  status: 'completed',
  output: stored(ARTIFACT),
  outputs: { rows: stored(ARTIFACT), note: stored(undefined) },
  metrics: [{ name: 'rows', value: 3 }] as unknown as StepRun['metrics'],
  error: undefined,
}
const TRAIN: StepRun = {
  id: 'train',
  step: 'train',
  status: 'failed',
  output: stored(undefined),
  outputs: {},
  metrics: [],
  error: { code: 'TypeError', message: 'on "purpose"\n', stack: 'at /secret/place', hint: 'none' },
}

function printed(steps: readonly StepRun[]): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const run: Run = {
    id: 'r1',
    name: 'nightly',
    pipeline: 'training',
    version: 2,
    status: 'failed',
    result: stored(undefined) as Run['result'],
    steps: Object.fromEntries(steps.map((step) => [step.id, step])),
  }
  printRun(run)
  return write.mock.calls.map(([text]) => text).join('')
}

describe('printRun', () => {
  it('prints one line of JSON: the run, its steps in order, the artifacts that there are', () => {
    const line = printed([TRAIN, LOAD])
    expect(line).toMatch(/^[^\n]+\n$/)
    expect(JSON.parse(line)).toEqual({
      format: 'cairn.run/1',
      id: 'r1',
      name: 'nightly',
      pipeline: 'training',
      version: 2,
      status: 'failed',
      steps: [
        {
          id: 'train',
          step: 'train',
          status: 'failed',
          outputs: {},
          metrics: [],
          error: { code: 'TypeError', message: 'on "purpose"\n', hint: 'none' },
        },
        {
          id: 'load-2',
          step: 'load',
          status: 'completed',
          outputs: { rows: ARTIFACT },
          metrics: [{ name: 'rows', value: 3 }],
        },
      ],
    })
  })

  it('leaves stacks out, which name places on this machine', () => {
    expect(printed([TRAIN])).not.toContain('secret')
  })
})
