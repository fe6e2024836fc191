import type { GraphNode, StepOverrides } from '@cairnml/core'

import type { RunSettings } from '../settings/run-settings.ts'
import type { CacheUse } from './plan.ts'

/**
 * Whether an invocation looks results up and keeps its own. The run's word on one step beats its word on all, which
 * beats the step's, which beats that of the nearest pipeline; by default both are on.
 */
export function cacheUse(node: GraphNode, overrides: StepOverrides, settings: RunSettings): CacheUse {
  const refreshed = settings.refresh.has(node.id) || settings.refresh.has(node.step.name)
  const use = stated(node, overrides, settings)
  return refreshed ? { lookUp: false, keep: use.keep } : use
}

function stated(node: GraphNode, overrides: StepOverrides, settings: RunSettings): CacheUse {
  if (overrides.cache !== undefined) return { lookUp: overrides.cache, keep: overrides.cache }
  const mode = settings.cache
  if (mode !== undefined) return { lookUp: mode === 'on' || mode === 'read', keep: mode === 'on' || mode === 'write' }
  const nearest = node.pipelineOptions.findLast((options) => options.cache !== undefined)
  const on = node.step.options.cache ?? nearest?.cache ?? true
  return { lookUp: on, keep: on }
}
