import type { RunRequest } from '@cairnml/engine'

import type { CommandEnvironment } from '../../command.ts'
import type { RunCall } from '../run/run-call.ts'
import { runRequest, type FoundRun } from '../run/run-request.ts'
import { combinations, type Combination } from './combinations.ts'
import type { SweepFlags } from './sweep-flags.ts'

/** A sweep over one pipeline. */
export interface Sweep {
  readonly pipeline: string
  readonly tag: string
  readonly runs: readonly PlannedSweepRun[]
}

/** A run of a sweep that has not begun. */
export interface PlannedSweepRun {
  readonly combination: Combination
  readonly request: RunRequest
}

/** What a sweep is made of. */
export interface SweepParts {
  readonly flags: SweepFlags
  readonly call: RunCall
  readonly environment: CommandEnvironment
}

/**
 * A run for each combination of values. Where the run is named by the file or the command line, they are numbered:
 * `nightly-1`, `nightly-2`.
 *
 * @throws CAIRN_COMMAND_USAGE, the codes of the parameter area
 */
export function plannedSweep(found: FoundRun, { flags, call, environment }: SweepParts): Sweep {
  const { axes, maxRuns: most, sample } = flags
  const [given] = flags.run.options.tags ?? []
  const tag = given ?? newTag()
  const runs = combinations(axes, { most, sample }).map((combination, at) => {
    const { options, ...request } = runRequest(found, callOf(combination, call), environment)
    const tags = given === undefined ? [...(options.tags ?? []), tag] : options.tags
    const name = options.name === undefined ? {} : { name: `${options.name}-${at + 1}` }
    return { combination, request: { ...request, options: { ...options, ...name, ...(tags ? { tags } : {}) } } }
  })
  return { pipeline: found.pipeline.name, tag, runs }
}

/** The call of a run with one combination of values above all that is said otherwise. */
function callOf({ values }: Combination, call: RunCall): RunCall {
  const given = values.filter(({ axis }) => axis.option === 'param')
  const params = given.map(({ axis: { path }, text, json }) => ({ path, text, json }))
  const ofSteps = values.filter(({ axis }) => axis.option === 'step-param')
  return {
    ...call,
    params: [...call.params, ...params],
    flagged: [...call.flagged, ...params],
    stepParams: ofSteps.map(({ axis, text }) => `${axis.name}=${text}`),
  }
}

/** Readable, and not the same in another process of the same millisecond. */
function newTag(now: Date = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
  const suffix = Math.floor(Math.random() * 36 ** 4).toString(36)
  return `sweep-${date}-${time}-${suffix.padStart(4, '0')}`
}
