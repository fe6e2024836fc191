import type { CodeProvenance } from '@cairnml/core'
import type { StoredRun, StoredStep } from '@cairnml/client'
import { describe, expect, it } from 'vitest'

import { runText } from './run-text.ts'

const STARTED = new Date(2026, 10, 20, 12, 5, 54).getTime()

async function* nothing(): AsyncIterable<never> {}

function storedStep(id: string, fields: Partial<StoredStep> = {}): StoredStep {
  const step = {
    id,
    step: id,
    label: id,
    status: 'completed',
    startedAt: STARTED,
    endedAt: STARTED + 51,
    params: {},
    inputs: {},
    outputs: {},
    metrics: [],
    metadata: {},
    options: {},
    key: undefined,
    uncacheable: undefined,
    refusal: undefined,
    why: undefined,
    origin: undefined,
    packages: [],
    attempts: [],
    error: undefined,
    log: nothing,
    ...fields,
  }
  // Sound: the text asks a step for no output.
  return step as unknown as StoredStep
}

function storedRun(fields: Partial<StoredRun> = {}): StoredRun {
  const run = {
    id: 'r1',
    name: 'nightly',
    pipeline: 'training',
    version: 2,
    status: 'completed',
    startedAt: STARTED,
    endedAt: STARTED + 161,
    params: {},
    options: {},
    tags: [],
    stack: { name: 'default', components: {} },
    process: {
      host: 'box',
      user: 'alice',
      pid: 1,
      node: 'v24.11.0',
      platform: 'linux-x64',
      commit: 'c0ffee'.repeat(6),
    },
    provenance: undefined,
    error: undefined,
    ...fields,
  }
  // Sound: the text is made from what is recorded and asks the run nothing.
  return run as StoredRun
}

const origin = { run: 'first', runId: 'r0', invocation: 'load', user: 'a', host: 'b', madeAt: 1 }

describe('the text of a run', () => {
  it('has the run, who made it, and a line for each step', () => {
    const failed = { code: 'ENOENT', message: 'no such file\n  data.csv' }
    const steps = [
      storedStep('load', { status: 'cached', origin }),
      storedStep('train_2', { label: 'train (train_2)' }),
      storedStep('report', { status: 'failed', error: failed }),
      storedStep('publish', { status: 'skipped' }),
      storedStep('late', { status: 'running', endedAt: undefined }),
    ]
    expect(runText(storedRun({ tags: ['a', 'b'] }), steps)).toBe(
      [
        'Run nightly of pipeline training (version 2): completed',
        '  started 2026-11-20 12:05:54, took 0.161s, by alice on host box (Node v24.11.0, linux-x64, commit c0ffeec0ff)',
        '  stack default, tags a, b',
        '  load             cached     from run first',
        '  train (train_2)  completed  0.051s',
        '  report           failed     0.051s  ENOENT no such file data.csv',
        '  publish          skipped',
        '  late             running',
        '',
      ].join('\n'),
    )
  })

  it('tells the last value of each metric of a step, and how many more there are', () => {
    const metrics = [
      { name: 'loss', value: 0.5, step: 1 },
      { name: 'acc', value: 0.1 + 0.2 },
      { name: 'loss', value: 0.25, step: 2 },
    ]
    const many = Array.from({ length: 8 }, (_, at) => ({ name: `m${at}`, value: at }))
    const steps = [
      storedStep('load', { status: 'cached', origin, metrics: [{ name: 'rows\u001b', value: 1797 }] }),
      storedStep('train', { status: 'failed', metrics, error: { code: 'EPERM', message: 'no' } }),
      storedStep('test', { metrics: many }),
    ]
    expect(runText(storedRun(), steps).split('\n').slice(3, -1)).toEqual([
      '  load   cached     from run first  rows\\u001b=1797',
      '  train  failed     0.051s  loss=0.25 acc=0.3  EPERM no',
      '  test   completed  0.051s  m0=0 m1=1 m2=2 m3=3 m4=4 m5=5 and 2 more',
    ])
  })

  it.each<[string, CodeProvenance, readonly string[]]>([
    [
      'all that is known',
      {
        type: 'git',
        commit: 'c0ffee',
        branch: 'main',
        dirty: false,
        pushed: true,
        remote: 'https://example.org/x.git',
      },
      ['  git: branch main, no file changed, pushed, https://example.org/x.git'],
    ],
    [
      'changed files, of many the first',
      { type: 'git', commit: 'c0ffee', dirty: true, changed: { count: 7, files: ['a', 'b', 'c', 'd'] }, pushed: false },
      ['  git: no branch, 7 files changed (a, b, c, 4 more), not pushed'],
    ],
    [
      'a name that would drive the terminal',
      { type: 'git', dirty: true, changed: { count: 1, files: ['\u001b[31m\n'] } },
      ['  git: 1 file changed (\\u001b[31m\\u000a)'],
    ],
    [
      'what is missing',
      { type: 'git', branch: 'main', missing: ['changed files: it took too long', 'pushed: no'] },
      ['  git: branch main', '  git: not known: changed files: it took too long', '  git: not known: pushed: no'],
    ],
    ['nothing but what is missing', { type: 'git', missing: ['no git'] }, ['  git: not known: no git']],
  ])('tells the state of the code: %s', (_what, provenance, lines) => {
    expect(runText(storedRun({ provenance }), []).split('\n').slice(3, -1)).toEqual(lines)
  })

  it('tells the settings that components were given, unless nothing was said', () => {
    const settings = { cluster: { memory: '4Gi', labels: { team: 'a\u001b' }, gpu: 1 } }
    const steps = [storedStep('load', { options: { timeout: '1m' } }), storedStep('train', { options: { settings } })]
    expect(runText(storedRun(), steps).split('\n').slice(5, -1)).toEqual([
      String.raw`  settings of train: cluster memory="4Gi" labels={"team":"a\u001b"} gpu=1`,
    ])
  })

  it('says what went wrong with a run that has not ended', () => {
    const error = { code: 'CAIRN_RUN_LOST', message: 'The process of pipeline run nightly ended before the run did.' }
    expect(runText(storedRun({ status: 'failed', endedAt: undefined, error }), [])).toMatch(
      /: failed\n {2}started 2026-11-20 12:05:54, by alice .*\n.*\n {2}CAIRN_RUN_LOST The process/,
    )
  })

  it.each([
    [['it calls eval (src/a.ts:3)'], '1 of 3 steps is not cached: it calls eval (src/a.ts:3)\n'],
    [['a', 'a'], '2 of 4 steps are not cached: a\n'],
    [['a', 'b', 'b'], '3 of 5 steps are not cached:\n  2: b\n  1: a\n'],
    [['a', 'b', 'c', 'd', 'e'], '5 of 7 steps are not cached:\n  1: a\n  1: b\n  1: c\n  and 2 more reasons\n'],
  ])('counts steps that are not cached, with the reasons: %j', (reasons, text) => {
    const steps = reasons.map((uncacheable, at) => storedStep(`u${at}`, { uncacheable }))
    expect(runText(storedRun(), [storedStep('x'), storedStep('y'), ...steps])).toContain(`\n${text}`)
    expect(runText(storedRun(), [storedStep('x')])).not.toContain('not cached')
  })

  it('says once for each kind of reason what to do about it', () => {
    const refusal = (kind: string): StoredStep['refusal'] => ({ kind, remedy: `Mend ${kind}.` })
    const steps = [
      storedStep('a', { uncacheable: 'it calls eval (src/a.ts:3)', refusal: refusal('code-from-text') }),
      storedStep('b', { uncacheable: 'it calls eval (src/b.ts:7)', refusal: refusal('code-from-text') }),
      storedStep('c', { uncacheable: 'k is a Conn', refusal: refusal('captured-value') }),
      storedStep('d', { uncacheable: 'the policy says so' }),
    ]
    expect(runText(storedRun(), steps).split('\n').slice(-7)).toEqual([
      '  1: it calls eval (src/a.ts:3)',
      '  1: it calls eval (src/b.ts:7)',
      '  1: k is a Conn',
      '  and 1 more reason',
      '  Mend code-from-text. See docs/not-cached.md#code-from-text',
      '  Mend captured-value. See docs/not-cached.md#captured-value',
      '',
    ])
  })
})
