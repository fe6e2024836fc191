import { errorRecord, type HookEvent, type Hooks } from '@cairnml/core'

import type { PlannedInvocation } from '../plan/plan.ts'
import type { RunReport } from '../report/run-report.ts'
import { overridesOf } from '../settings/run-settings.ts'
import type { RunContext } from './run-context.ts'

/** Calls one hook, if there is one; what it throws is reported and changes nothing. */
export async function callHook(
  hooks: Hooks,
  call: { readonly hook: keyof Hooks; readonly of: string; readonly event: HookEvent; readonly report: RunReport },
): Promise<void> {
  const hook = hooks[call.hook]
  if (hook === undefined) return
  try {
    await hook(call.event)
  } catch (error) {
    call.report.hookFailed(call.hook, call.of, errorRecord(error))
  }
}

/** Calls a hook of a step: the run's, else the step's. */
export async function callStepHook(
  hook: keyof Hooks,
  invocation: PlannedInvocation,
  at: { readonly context: RunContext; readonly error?: unknown },
): Promise<void> {
  const { live, run, report, settings } = at.context
  const hooks = { ...live.nodes.get(invocation.id)?.step.options, ...overridesOf(settings, invocation) }
  const error = at.error === undefined ? {} : { error: at.error }
  const event = { run: run.name, pipeline: run.pipeline, step: invocation.id, ...error }
  await callHook(hooks, { hook, of: `step ${invocation.label}`, event, report })
}
