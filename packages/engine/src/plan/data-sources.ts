import type { PlannedInvocation, PlannedSource } from './plan.ts'

/** The invocations that an invocation takes data from, also for optional inputs and its condition. */
export function dataSources({ inputs, paramSources, when }: PlannedInvocation): readonly string[] {
  const sources: PlannedSource[] = [...Object.values(inputs), ...Object.values(paramSources)].flat()
  if (when !== undefined) sources.unshift(when)
  return [...new Set(sources.flatMap((source) => (source.kind === 'output' ? [source.invocation] : [])))]
}
