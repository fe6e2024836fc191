import type { Run } from '@cairnml/core'

import type { CommandEnvironment } from '../../command.ts'
import type { RunCall } from './run-call.ts'
import { runRequest, type FoundRun } from './run-request.ts'
import { startRun } from './start-run.ts'

/**
 * Starts the run of the command, or plans it.
 *
 * @returns `undefined` where it was only planned
 */
export async function performRun(
  found: FoundRun,
  call: RunCall,
  environment: CommandEnvironment,
): Promise<Run | undefined> {
  const request = runRequest(found, call, environment)
  if (!call.plan) return startRun(request, call)
  const { planPipeline } = await import('@cairnml/engine')
  const { printPlan } = await import('./print-plan.ts')
  printPlan(await planPipeline(request), call.json)
  return undefined
}
