import type { ArtifactRef } from '@cairnml/core'

import { describeStep } from '../cache/describe-step.ts'
import { lookUp } from '../cache/look-up.ts'
import { isConditionTrue } from '../execute/condition.ts'
import { resolveInputs, resolveParams } from '../execute/resolve-inputs.ts'
import type { LookUpContext } from '../execute/run-context.ts'
import { explainExecution, type ExecutionExplanation, type ExecutionFacts } from '../explain/explain-execution.ts'
import type { PlannedStep } from '../plan-pipeline.ts'
import { uncacheableText } from '../report/run-report.ts'
import { dataSources } from './data-sources.ts'
import { knownReason } from './known-reason.ts'
import type { PlannedInvocation } from './plan.ts'

/** What is found out about one step. */
type Planned = Omit<PlannedStep, 'id' | 'step' | 'label'>

/**
 * Plans the steps of a run one after the other, each after what it waits for. Of a step that may run, what it gave last
 * stands for what it will give: with it, steps below are told apart that run whatever it gives.
 */
export class StepPlanner {
  readonly #context: LookUpContext
  readonly #states = new Map<string, PlannedStep['state']>()
  /** Steps of which it is open whether they are skipped. */
  readonly #maybeSkipped = new Set<string>()

  /** @param context outcomes are added to it */
  constructor(context: LookUpContext) {
    this.#context = context
  }

  async plan(invocation: PlannedInvocation): Promise<Planned> {
    const planned = await this.#planned(invocation)
    this.#states.set(invocation.id, planned.state)
    return planned
  }

  async #planned(invocation: PlannedInvocation): Promise<Planned> {
    const { id, cache, params: known, when, requires } = invocation
    if (requires.some((other) => this.#states.get(other) === 'skipped')) return { state: 'skipped', on: [] }
    const open = dataSources(invocation).filter((other) => this.#isOpen(other))
    const isConditionOpen = when?.kind === 'output' && this.#isOpen(when.invocation)
    if (isConditionOpen || requires.some((other) => this.#maybeSkipped.has(other))) this.#maybeSkipped.add(id)
    if (isConditionOpen) {
      if (cache.lookUp) return { state: 'depends', on: open, params: known }
      return { state: 'depends', on: [when.invocation], isConditional: true, params: known }
    }
    if (when !== undefined && !(await isConditionTrue(when, id, this.#context))) return { state: 'skipped', on: [] }
    if (!cache.lookUp) {
      if (open.length === 0 && cache.keep) await this.#assumeLast(invocation)
      const reason = cache.keep ? 'forced (--force or --refresh)' : 'not cached: its cache is off'
      return { state: 'runs', on: [], params: known, reason }
    }
    return open.length > 0 ? this.#planOpen(invocation, open) : this.#planKnown(invocation)
  }

  #isOpen(id: string): boolean {
    const state = this.#states.get(id)
    return state === 'runs' || state === 'depends'
  }

  async #planKnown(invocation: PlannedInvocation): Promise<Planned> {
    const context = this.#context
    const params = await resolveParams(invocation, context)
    const key = await describeStep({ invocation, params, inputs: resolveInputs(invocation, context) }, context)
    if (key.key === undefined) {
      const uncacheable = uncacheableText(key)
      return { state: 'runs', on: [], params, uncacheable, reason: `not cached: ${uncacheable}` }
    }
    const { entry, unusable } = await lookUp(key, context.components)
    if (entry === undefined) {
      const why = await this.#explained({ invocation, key, unusable })
      this.#assume(invocation, why?.earlier)
      return { state: 'runs', on: [], params, key: key.key, ...told(why) }
    }
    context.outcomes.set(invocation.id, { status: 'cached', outputs: entry.outputs, metrics: entry.metrics })
    return { state: 'reused', on: [], params, key: key.key }
  }

  async #planOpen(invocation: PlannedInvocation, open: readonly string[]): Promise<Planned> {
    const depends: Planned = { state: 'depends', on: open, params: invocation.params }
    if (this.#maybeSkipped.has(invocation.id)) return depends
    try {
      const known = await knownReason(invocation, new Set(open), this.#context)
      this.#assume(invocation, known.earlier)
      return known.reason === undefined ? depends : { ...depends, state: 'runs', on: [], ...known.reason }
    } catch {
      // What cannot be looked at yet may be there once the steps before have run.
      return depends
    }
  }

  /** A forced step gives what it gave, as far as anybody knows. */
  async #assumeLast(invocation: PlannedInvocation): Promise<void> {
    const context = this.#context
    try {
      const params = await resolveParams(invocation, context)
      const key = await describeStep({ invocation, params, inputs: resolveInputs(invocation, context) }, context)
      if (key.key === undefined) return
      const { entry } = await lookUp(key, context.components)
      this.#assume(invocation, entry?.outputs)
    } catch {
      // It is forced all the same.
    }
  }

  #assume({ id }: PlannedInvocation, outputs: { readonly [name: string]: ArtifactRef } | undefined): void {
    if (outputs !== undefined) this.#context.outcomes.set(id, { status: 'completed', outputs, metrics: [] })
  }

  /** A plan without a reason is still right. */
  async #explained(facts: ExecutionFacts): Promise<ExecutionExplanation | undefined> {
    try {
      return await explainExecution(facts, this.#context)
    } catch {
      return undefined
    }
  }
}

function told(why: ExecutionExplanation | undefined): Pick<Planned, 'reason' | 'changes'> {
  if (why === undefined) return {}
  return why.changes.length === 0 ? { reason: why.text } : { reason: why.text, changes: why.changes }
}
