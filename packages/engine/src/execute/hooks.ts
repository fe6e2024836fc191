import { errorRecord, type HookEvent, type Hooks } from '@cairnml/core'

import type { RunReport } from '../report/run-report.ts'

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
