import { dataSources } from '../plan/data-sources.ts'
import type { Plan, PlannedInvocation } from '../plan/plan.ts'

/** Who takes data from an invocation, by its id. */
type Consumers = ReadonlyMap<string, readonly PlannedInvocation[]>

const consumers = new WeakMap<Plan, Consumers>()

/**
 * How many invocations take data from one, directly or through others, and can be reused if its bytes are what they
 * were. Those below a step that runs in any case depend on that step.
 */
export function reusableBelow({ id }: PlannedInvocation, plan: Plan): number {
  const known = consumers.get(plan) ?? consumersIn(plan)
  consumers.set(plan, known)
  const below = new Set<string>()
  const open = [id]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const consumer of known.get(next) ?? []) {
      if (!consumer.cache.lookUp || below.has(consumer.id)) continue
      below.add(consumer.id)
      open.push(consumer.id)
    }
  }
  return below.size
}

function consumersIn({ invocations }: Plan): Consumers {
  const found = new Map<string, PlannedInvocation[]>()
  for (const invocation of invocations) {
    for (const source of dataSources(invocation)) {
      const others = found.get(source) ?? []
      if (others.push(invocation) === 1) found.set(source, others)
    }
  }
  return found
}
