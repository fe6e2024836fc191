import type { GraphNode, Ignored, KnownCode } from '@cairnml/core'

import type { PlannedInvocation } from '../plan/plan.ts'

/**
 * Names under `ignore` that nothing of the step uses, as sentences without its name. They may be left over from other
 * code, or misspelt. What a pipeline ignores is for all of its steps, so nothing is said of that.
 */
export function ignoredInVain(
  { options }: PlannedInvocation,
  { pipelineOptions }: GraphNode,
  code: KnownCode,
): readonly string[] {
  const ignore: Ignored | undefined = options.ignore
  if (ignore === undefined || pipelineOptions.some((inherited) => inherited.ignore === ignore)) return NOTHING
  const variables = new Set([...code.environment, ...(options.env ?? []), ...(options.secrets ?? [])])
  const packages = new Set(code.packages.map(({ name }) => name))
  const env = ignore.env?.filter((name) => !variables.has(name)) ?? []
  const unreached = ignore.packages?.filter((name) => !packages.has(name)) ?? []
  return [
    ...env.map((name) => `ignores the variable ${name}, which it neither reads by name nor declares.`),
    ...unreached.map((name) => `ignores the package ${name}, which it does not reach.`),
  ]
}

const NOTHING: readonly string[] = []
