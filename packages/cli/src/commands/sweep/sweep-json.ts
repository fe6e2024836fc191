import { errorRecord, toTaggedJson } from '@cairnml/core'
import type { RunPlan } from '@cairnml/engine'

import { bestRun } from './best-run.ts'
import type { Combination } from './combinations.ts'
import type { SweepAxis } from './sweep-axis.ts'
import type { SweepFlags } from './sweep-flags.ts'
import type { Sweep } from './sweep.ts'
import type { SweptRun } from './swept-run.ts'

/** The content of `cairn.sweep/1`. */
export function sweepJson({ pipeline, tag }: Sweep, runs: readonly SweptRun[], { metric, goal }: SweepFlags): object {
  const best = metric === undefined ? undefined : bestRun(runs, metric, goal)
  return {
    tag,
    pipeline,
    ...(metric === undefined ? {} : { metric, goal, best: best?.name }),
    runs: runs.map(({ combination, id, name, status, counts, metrics, error }) => ({
      id,
      name,
      status,
      ...valuesOf(combination),
      steps: counts,
      metrics: toTaggedJson(metrics),
      ...(error === undefined ? {} : { error: publicError(error) }),
    })),
  }
}

/** The content of `cairn.sweep-plan/1`. */
export function sweepPlanJson(
  { pipeline }: Sweep,
  plans: readonly { combination: Combination; plan: RunPlan }[],
): object {
  return { pipeline, runs: plans.map(({ combination, plan }) => ({ ...valuesOf(combination), plan })) }
}

function valuesOf({ values }: Combination): object {
  const of = (option: SweepAxis['option']): object =>
    Object.fromEntries(
      values.filter(({ axis }) => axis.option === option).map(({ axis, json }) => [axis.name, toTaggedJson(json)]),
    )
  return { params: of('param'), stepParams: of('step-param') }
}

function publicError(error: unknown): object {
  const { code, message, hint } = errorRecord(error)
  return { code, message, hint }
}
