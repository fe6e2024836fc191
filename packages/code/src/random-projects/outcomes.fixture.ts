import type { Identity } from './identity.fixture.ts'
import { definitionOffset, NOT_RUN, type RandomProject, type StepOutcome } from './random-project.fixture.ts'
import { loadProject, runSteps } from './run-project.fixture.ts'

/** What every step of a project is and gives. */
export type Outcomes = ReadonlyMap<string, StepOutcome>

/** What every step of a project is and gives, three times; `undefined` if the project cannot be loaded. */
export async function outcomesOf(project: RandomProject, identity: Identity): Promise<Outcomes | undefined> {
  const live = await loadProject(project)
  if (live === undefined) return undefined
  const steps = project.steps.filter((step) => {
    return live.steps.has(step.name) && definitionOffset(project.texts, step) !== undefined
  })
  const keys = new Map(steps.map((step) => [step.name, identity.keyOf(step, project, live)]))
  const names = project.steps.map(({ name }) => name).filter((name) => live.steps.has(name))
  const results = await runSteps(live, [...names, ...names.toReversed(), ...names])
  const outcomes = [...keys].map(([step, key]) => [step, { step, ...key, results: results.get(step) ?? [] }] as const)
  return new Map(outcomes)
}

/** What the steps of a project give, once each, in an order. */
export async function outcomesIn(
  project: RandomProject,
  order: readonly string[],
): Promise<ReadonlyMap<string, StepOutcome['results']> | undefined> {
  const live = await loadProject(project)
  return live && runSteps(live, order)
}

/** Whether what one gave would be wrong for the other. */
export function differs(before: StepOutcome['results'], after: StepOutcome['results']): boolean {
  return before.some((result, index) => {
    const other = after[index]
    return result !== other && result !== NOT_RUN && other !== NOT_RUN
  })
}
