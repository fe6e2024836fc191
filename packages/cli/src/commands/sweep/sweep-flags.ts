import { randomInt } from 'node:crypto'

import { FAILURE_MODES, type FailureMode } from '@cairnml/core'

import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { countFlag } from '../../flags/parse-quantity.ts'
import { oneOf, RUN_OPTIONS, runFlags, type RunFlags } from '../run/run-flags.ts'
import type { Sample } from './combinations.ts'
import { sweepAxes, type SweepAxis } from './sweep-axis.ts'

const GOALS = ['max', 'min'] as const

/** Which values of a metric are the better ones. */
export type Goal = (typeof GOALS)[number]

/** What a command line says of a sweep. */
export interface SweepFlags {
  /** What it says of every run. */
  readonly run: RunFlags
  readonly axes: readonly SweepAxis[]
  /** How many runs go on at once. */
  readonly parallel: number
  readonly maxRuns: number
  readonly sample: Sample | undefined
  /** What a failed run means for the others. */
  readonly failureMode: FailureMode
  readonly metric: string | undefined
  readonly goal: Goal
}

const OWN = {
  random: { type: 'string' },
  seed: { type: 'string' },
  'max-runs': { type: 'string' },
  parallel: { type: 'string' },
  metric: { type: 'string' },
  goal: { type: 'string' },
} as const

const { progress: _progress, 'no-live': _noLive, report: _report, ...SHARED } = RUN_OPTIONS

/** Every option of `cairn sweep`: those of `cairn run` that several runs can share, and its own. */
export const SWEEP_OPTIONS: Omit<typeof RUN_OPTIONS, 'progress' | 'no-live' | 'report'> & typeof OWN = {
  ...SHARED,
  ...OWN,
}

const DEFAULT_MAX_RUNS = 1000

/**
 * Reads the command line of `cairn sweep`.
 *
 * @throws CAIRN_COMMAND_USAGE, CAIRN_PARAMETER_SYNTAX, CAIRN_SWEEP_VALUES
 */
export function parseSweepFlags(argv: readonly string[]): SweepFlags {
  const { values, positionals } = parseFlags(argv, SWEEP_OPTIONS)
  const { random, seed, 'max-runs': maxRuns, parallel, metric, goal, ...shared } = values
  const { param = [], 'step-param': stepParam = [], 'failure-mode': failureMode, ...ofRun } = shared
  if (goal !== undefined && metric === undefined) throw usageError('--goal says which --metric is best; name one.')
  return {
    run: runFlags('sweep', ofRun, positionals),
    axes: [...sweepAxes('param', param), ...sweepAxes('step-param', stepParam)],
    parallel: countFlag('--parallel', parallel, 1) ?? 1,
    maxRuns: countFlag('--max-runs', maxRuns, 1) ?? DEFAULT_MAX_RUNS,
    sample: sampleOf(random, seed),
    failureMode: oneOf<FailureMode>('--failure-mode', failureMode, FAILURE_MODES) ?? 'continue-on-failure',
    metric,
    goal: oneOf<Goal>('--goal', goal, GOALS) ?? 'max',
  }
}

function sampleOf(random: string | undefined, seed: string | undefined): Sample | undefined {
  const size = countFlag('--random', random, 1)
  if (size !== undefined) return { size, seed: seed ?? String(randomInt(1_000_000)) }
  if (seed !== undefined) throw usageError('--seed says which sample --random takes; say how many.')
  return undefined
}
