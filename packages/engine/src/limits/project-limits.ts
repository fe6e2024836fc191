import { cairnError, type Resources } from '@cairnml/core'

import type { PlannedInvocation } from '../plan/plan.ts'
import { nameOfResource } from './limit.ts'
import { Limits } from './limits.ts'

/** By `cairn.yaml`: runs of one project at the same time share its limits. */
const byProject = new Map<string, Limits>()

/** The limits of a project in this process, or nothing where there are none. */
export function limitsOf(configFile: string | undefined, limits: Readonly<Record<string, number>>): Limits | undefined {
  const known = configFile === undefined ? undefined : byProject.get(configFile)
  known?.set(limits)
  if (known !== undefined || configFile === undefined || Object.keys(limits).length === 0) return known
  const made = new Limits(limits)
  byProject.set(configFile, made)
  return made
}

/**
 * Refuses steps that could never start.
 *
 * @throws CAIRN_LIMIT_EXCEEDED
 */
export function assertWithinLimits(
  invocations: readonly PlannedInvocation[],
  limits: Readonly<Record<string, number>>,
): void {
  const known = Object.entries(limits)
  if (known.length === 0) return
  for (const { id, options } of invocations) {
    for (const [limit, most] of known) {
      const asked = amountOf(options.resources, limit)
      if (asked > most) throw cairnError('CAIRN_LIMIT_EXCEEDED', { step: id, limit, asked, most })
    }
  }
}

function amountOf(resources: Resources | undefined, limit: string): number {
  const asked = resources?.[nameOfResource(limit)]
  return typeof asked === 'number' ? asked : 0
}
