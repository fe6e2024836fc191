import type * as Explain from '@cairnml/core/explain'
import type { InputSource } from '@cairnml/core/explain'

import type { LookUpContext } from '../execute/run-context.ts'
import type { PlannedInvocation, PlannedSource } from '../plan/plan.ts'

/** What an input source is found with. */
export interface InputSourceContext {
  readonly context: Pick<LookUpContext, 'outcomes' | 'externals'>
  /** The comparison of keys, as it was loaded. */
  readonly explain: Pick<typeof Explain, 'externalFiles'>
}

/** Where an input of an invocation comes from: of several steps those that ran again, if there are any. */
export function inputSource(
  invocation: PlannedInvocation,
  input: string,
  { context, explain }: InputSourceContext,
): InputSource | undefined {
  const source: PlannedSource | readonly PlannedSource[] | undefined = invocation.inputs[input]
  if (source === undefined) return undefined
  const given = [source]
    .flat()
    .flatMap((item) => (item.kind === 'external' ? (context.externals[item.external] ?? []) : []))
  const files = explain.externalFiles(given)
  const ids = [...new Set([source].flat().flatMap((item) => (item.kind === 'output' ? [item.invocation] : [])))]
  const executed = ids.filter((id) => context.outcomes.get(id)?.status === 'completed')
  return executed.length > 0
    ? { invocations: executed, ranAgain: true }
    : { invocations: ids, ranAgain: false, ...(files.length === 0 ? {} : { files }) }
}
