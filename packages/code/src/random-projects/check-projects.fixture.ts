import { applyEdit, editsOf } from './edit-project.fixture.ts'
import { generateProject } from './generate-project.fixture.ts'
import type { Identity } from './identity.fixture.ts'
import { differs, outcomesIn, outcomesOf, type Outcomes } from './outcomes.fixture.ts'
import { Random } from './random.fixture.ts'
import type { RandomProject, StateMode, StepOutcome } from './random-project.fixture.ts'
import type { Variants } from './shrink-project.fixture.ts'

/** What is to be checked. */
export interface CheckOptions {
  readonly seed: number
  /** At least so many checks are made: one is one step of one edited project. */
  readonly checks: number
  readonly state: StateMode
  /** Stops after so many. @default 1 */
  readonly maxFailures?: number | undefined
  /** Only edits are looked at, not orders of steps. @default false */
  readonly skipsOrders?: boolean | undefined
}

/** One digest that stood for two results: of two variants of a project, or of one in two orders of its steps. */
export interface FalseHit extends Variants {
  readonly seed: number
  readonly step: string
  readonly results: readonly [before: StepOutcome['results'], after: StepOutcome['results']]
}

/** Counters of a {@link CheckReport}. */
export interface CheckFigures {
  projects: number
  checks: number
  /** Checks in which the step gave something else after the edit. */
  changed: number
  /** Of the changed ones: those in which the identity refused the step before or after. */
  changedRefused: number
  /** Checks in which the identity refused the step before or after. */
  refused: number
  /** Checks in which the digest changed and the result did not. */
  needless: number
}

/** Figures of many checks. */
export interface CheckReport extends Readonly<CheckFigures> {
  /** How often the steps of unedited projects were refused, by the reason without names and numbers. */
  readonly reasons: Readonly<Record<string, number>>
  readonly falseHits: readonly FalseHit[]
}

const EDITS_PER_PROJECT = 12

/** Generates projects, edits them, and compares what identity and results say. */
export async function checkProjects(identity: Identity, options: CheckOptions): Promise<CheckReport> {
  const figures = { projects: 0, checks: 0, changed: 0, changedRefused: 0, refused: 0, needless: 0 }
  const reasons: Record<string, number> = {}
  const falseHits: FalseHit[] = []
  for (let seed = options.seed; figures.checks < options.checks; seed++) {
    const project = generateProject(seed, options.state)
    const base = await outcomesOf(project, identity)
    if (base === undefined) continue
    figures.projects++
    for (const { reason } of base.values()) {
      if (reason !== undefined) reasons[summaryOf(reason)] = (reasons[summaryOf(reason)] ?? 0) + 1
    }
    const disturbed = options.skipsOrders === true ? undefined : await checkOrder(project, base)
    const found = disturbed ?? (await checkEdits({ project, base, seed, figures }, identity))
    if (found !== undefined) falseHits.push({ seed, ...found })
    if (falseHits.length >= (options.maxFailures ?? 1)) break
  }
  return { ...figures, reasons, falseHits }
}

/** A false hit among two variants; or, if they are the same, among two orders of the steps of one. */
export async function findFalseHit(
  { before, after }: Variants,
  identity: Identity,
): Promise<Omit<FalseHit, 'seed'> | undefined> {
  const base = await outcomesOf(before, identity)
  if (base === undefined) return undefined
  if (isSame(before, after)) return checkOrder(before, base)
  const changed = await outcomesOf(after, identity)
  return changed && falseHitAmong([before, base], [after, changed])
}

/**
 * Whether the identity of the first step of two variants changes with its result; or, if they are the same, whether it
 * is refused for what the steps after it do to it.
 */
export async function checkVariants(
  { before, after }: Variants,
  identity: Identity,
): Promise<'seen' | 'refused' | 'unseen' | 'pointless'> {
  const [base] = (await outcomesOf(before, identity))?.values() ?? []
  if (base === undefined) return 'pointless'
  if (before === after) return checkDisturbance(before, base)
  const [changed] = (await outcomesOf(after, identity))?.values() ?? []
  if (changed === undefined || !differs(base.results, changed.results)) return 'pointless'
  if (base.digest === undefined || changed.digest === undefined) return 'refused'
  return base.digest === changed.digest ? 'unseen' : 'seen'
}

async function checkDisturbance(
  project: RandomProject,
  { step, digest, results }: StepOutcome,
): Promise<'refused' | 'unseen' | 'pointless'> {
  const reversed = await outcomesIn(project, project.steps.map(({ name }) => name).toReversed())
  if (!differs(results.slice(0, 2), reversed?.get(step) ?? [])) return 'pointless'
  return digest === undefined ? 'refused' : 'unseen'
}

type Variant = readonly [RandomProject, Outcomes]

function falseHitAmong([before, base]: Variant, [after, changed]: Variant): Omit<FalseHit, 'seed'> | undefined {
  for (const outcome of changed.values()) {
    const earlier = base.get(outcome.step)
    if (
      earlier?.digest === undefined ||
      earlier.digest !== outcome.digest ||
      !differs(earlier.results, outcome.results)
    )
      continue
    return { before, after, step: outcome.step, results: [earlier.results, outcome.results] }
  }
  return undefined
}

/** A step that is not refused gives the same first of all, whichever steps ran before it. */
async function checkOrder(project: RandomProject, base: Outcomes): Promise<Omit<FalseHit, 'seed'> | undefined> {
  const reversed = await outcomesIn(project, project.steps.map(({ name }) => name).toReversed())
  for (const { step, digest, results } of base.values()) {
    const other = reversed?.get(step)
    const first = results.slice(0, 2)
    if (digest === undefined || other === undefined || !differs(first, other)) continue
    return { before: project, after: project, step, results: [first, other] }
  }
  return undefined
}

interface EditedProject {
  readonly project: RandomProject
  readonly base: Outcomes
  readonly seed: number
  readonly figures: CheckFigures
}

async function checkEdits(
  { project, base, seed, figures }: EditedProject,
  identity: Identity,
): Promise<Omit<FalseHit, 'seed'> | undefined> {
  for (const edit of editsOf(project, new Random(seed), EDITS_PER_PROJECT)) {
    const after = applyEdit(project, edit)
    const changed = await outcomesOf(after, identity)
    if (changed === undefined) continue
    for (const outcome of changed.values()) {
      const earlier = base.get(outcome.step)
      if (earlier !== undefined) count(earlier, outcome, figures)
    }
    const found = falseHitAmong([project, base], [after, changed])
    if (found !== undefined) return found
  }
  return undefined
}

function count(before: StepOutcome, after: StepOutcome, figures: CheckFigures): void {
  const isChanged = differs(before.results, after.results)
  const isRefused = before.digest === undefined || after.digest === undefined
  figures.checks++
  if (isChanged) figures.changed++
  if (isRefused) figures.refused++
  if (isChanged && isRefused) figures.changedRefused++
  if (!isChanged && !isRefused && before.digest !== after.digest) figures.needless++
}

function isSame(one: RandomProject, other: RandomProject): boolean {
  return [...one.texts].every(([path, text]) => other.texts.get(path) === text)
}

function summaryOf(reason: string): string {
  return reason.replaceAll(/\S*\d\S*/g, '…').slice(0, 60)
}
