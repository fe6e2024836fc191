import type { PlannedStep, RunPlan } from '@cairnml/engine'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { printPlan } from './print-plan.ts'

afterEach(() => vi.restoreAllMocks())

function printed(plan: RunPlan, json: boolean): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  printPlan(plan, json)
  return write.mock.calls.map(([text]) => text).join('')
}

const planned = (id: string, state: PlannedStep['state'], more: Partial<PlannedStep> = {}): PlannedStep => ({
  id,
  step: id,
  label: id,
  state,
  on: [],
  ...more,
})

const PLAN: RunPlan = {
  pipeline: 'training',
  version: 3,
  steps: [
    planned('load', 'reused', { key: 'abc' }),
    planned('train-2', 'runs', { label: 'train (2)' }),
    planned('roll', 'runs', { reason: 'not cached: its cache is off' }),
    planned('test', 'depends', { on: ['train-2'] }),
    planned('report', 'depends', { on: ['train-2', 'roll'] }),
    planned('publish', 'skipped'),
  ],
}

describe('printPlan', () => {
  it('says of every step what would happen, in columns', () => {
    expect(printed(PLAN, false)).toBe(
      [
        'Plan of pipeline training (version 3):',
        '  load       reused',
        '  train (2)  runs',
        '  roll       runs: not cached: its cache is off',
        '  test       runs if train-2 changes',
        '  report     runs if train-2, roll change',
        '  publish    skipped',
        '',
      ].join('\n'),
    )
  })

  it('says that a pipeline was not run like this before', () => {
    expect(printed({ pipeline: 'training', version: undefined, steps: [planned('load', 'runs')] }, false)).toBe(
      'Plan of pipeline training (a new version):\n  load  runs\n',
    )
  })

  it('prints a plan without steps', () => {
    expect(printed({ pipeline: 'empty', version: 1, steps: [] }, false)).toContain(
      'Plan of pipeline empty (version 1):\n',
    )
  })

  it('prints one line of JSON that holds all of the plan', () => {
    const line = printed(PLAN, true)
    expect(line).toMatch(/^[^\n]+\n$/)
    expect(JSON.parse(line)).toEqual({ format: 'cairn.plan/1', ...PLAN })
  })
})
