import type { StepExplanation, StoredRun } from '@cairnml/client'
import { describe, expect, it } from 'vitest'

import { explanationJson, runLines, stepLines } from './explanation-text.ts'

// Sound: the text asks the run for nothing else.
const RUN = { name: 'nightly', pipeline: 'training', version: 2, status: 'completed' } as StoredRun

function explained(id: string, clause: string, fields: Partial<StepExplanation> = {}): StepExplanation {
  const base = { id, step: id, label: id, status: 'completed', decision: 'executed', changes: [], notices: [] } as const
  return { ...base, clause, sentence: `${id} ${clause}.`, ...fields }
}

const change = (text: string): StepExplanation['changes'][number] => ({
  kind: 'code',
  label: 'code',
  name: '',
  way: 'changed',
  text,
})
const origin = { run: 'first', runId: 'r0', invocation: 'load', user: 'a', host: 'b', madeAt: 1 }

describe('the explanation of a run', () => {
  it('has a line for each step, and says of a reused one only where from', () => {
    const accepted = { ...origin, accepted: { from: 'e', by: 'bob@box', at: 1 } }
    const steps = [
      explained('load', 'was reused from run first (made by a on host b at ...)', { decision: 'reused', origin }),
      explained('train', 'ran: no earlier entry'),
      explained('report', 'was reused from run first, as bob accepted it', { decision: 'reused', origin: accepted }),
    ]
    expect(runLines(RUN, steps)).toBe(
      [
        'Run nightly of pipeline training (version 2): completed',
        '  load    was reused from run first',
        '  train   ran: no earlier entry',
        '  report  was reused from run first, as bob accepted it',
        '',
      ].join('\n'),
    )
  })
})

it('of a run says what to do about steps that are not cached, once for each kind of reason', () => {
  const refusal = { kind: 'code-from-text', remedy: 'Write the code as functions.' }
  const steps = ['a', 'b'].map((id) => explained(id, 'ran: not cached because it calls eval', { refusal }))
  expect(runLines(RUN, steps).split('\n').slice(2)).toEqual([
    '  b  ran: not cached because it calls eval',
    '  Write the code as functions. See docs/not-cached.md#code-from-text',
    '',
  ])
})

describe('the explanation of a step', () => {
  it('is its sentence, where that says all', () => {
    const train = explained('train', 'ran: code changed (against run a)', {
      changes: [change('code changed')],
      key: 'k',
    })
    expect(stepLines(train)).toBe('train ran: code changed (against run a).\nKey k\n')
  })

  it('says of one that is not cached what to do about it, and where to read more', () => {
    const refusal = { kind: 'code-from-text', remedy: 'Write the code as functions.' }
    const train = explained('train', 'ran: not cached because it calls eval (a.ts:3)', { refusal })
    expect(stepLines(train)).toBe(
      [
        'train ran: not cached because it calls eval (a.ts:3).',
        'Write the code as functions.',
        'See docs/not-cached.md#code-from-text',
        '',
      ].join('\n'),
    )
    expect(JSON.parse(explanationJson(RUN, [train]))).toMatchObject({ steps: [{ refusal }] })
  })

  it('lists all that differs, and what the step reads undeclared', () => {
    const changes = ['function a (src/a.ts) changed', 'package zod 4.1.0 -> 4.1.2'].map(change)
    const train = explained('train', 'ran: ...', { changes, notices: ['reads from outside (fetch, src/load.ts:12).'] })
    expect(stepLines(train)).toBe(
      [
        'train ran: ....',
        '  function a (src/a.ts) changed',
        '  package zod 4.1.0 -> 4.1.2',
        'Step train reads from outside (fetch, src/load.ts:12).',
        '',
      ].join('\n'),
    )
  })

  it('is one line of JSON with a format', () => {
    const train = explained('train', 'ran: no earlier entry')
    const text = explanationJson(RUN, [train])
    expect(text).toMatch(/^[^\n]+\n$/)
    expect(JSON.parse(text)).toEqual({
      format: 'cairn.explanation/1',
      run: 'nightly',
      pipeline: 'training',
      version: 2,
      status: 'completed',
      steps: [train],
    })
  })
})
