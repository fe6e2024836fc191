import { checkBundles, type BundlesOptions, type BundlesReport } from './check-bundles.fixture.ts'
import {
  checkProjects,
  findFalseHit,
  type CheckOptions,
  type CheckReport,
  type FalseHit,
} from './check-projects.fixture.ts'
import { checkStability } from './check-stability.fixture.ts'
import { checkWays, type WaysReport } from './check-ways.fixture.ts'
import { SIMPLE_IDENTITIES, type Identity } from './identity.fixture.ts'
import { showVariants, shrinkVariants } from './shrink-project.fixture.ts'
import { WalkedIdentity } from './walked-identity.fixture.ts'

/** What a process is to check: the walk, or one of the simple identities. */
export interface CheckingTask extends CheckOptions {
  readonly identity: 'walk' | keyof typeof SIMPLE_IDENTITIES
  /** So many projects are also looked at for digests that depend on folders or on history. */
  readonly stability?: number | undefined
  /** False hits are shown as they were found. @default false */
  readonly skipsShrinking?: boolean | undefined
}

/** A part of the table of ways to change what a step reads. */
export interface WaysTask {
  readonly part: number
  readonly of: number
}

/** What a process can be told to do. */
export type Task = CheckingTask | WaysTask | BundlesOptions

/** A report with false hits as text, and places where a digest was not stable. */
export interface CheckingAnswer extends Omit<CheckReport, 'falseHits'> {
  readonly falseHits: readonly string[]
  readonly unstable: readonly string[]
}

async function explain(hit: FalseHit, identity: Identity, isShrunk: boolean): Promise<string> {
  const smallest = !isShrunk
    ? hit
    : await shrinkVariants(hit, async (variants) => (await findFalseHit(variants, identity)) !== undefined)
  const found = (await findFalseHit(smallest, identity)) ?? hit
  const how = found.before === found.after ? 'when the steps run in the reverse order' : 'after the edit'
  const [before, after] = found.results.map((results) => JSON.stringify(results))
  return `seed ${hit.seed}: step ${found.step} gives ${before}, and ${after} ${how}\n${showVariants(smallest)}`
}

async function answer(task: Task): Promise<CheckingAnswer | WaysReport | BundlesReport> {
  if ('bundles' in task) return checkBundles(task)
  using walked = new WalkedIdentity()
  if ('part' in task) return await checkWays(walked, task.part, task.of)
  const identity = task.identity === 'walk' ? walked : SIMPLE_IDENTITIES[task.identity]
  const report = await checkProjects(identity, task)
  const falseHits: string[] = []
  for (const hit of report.falseHits) falseHits.push(await explain(hit, identity, task.skipsShrinking !== true))
  const unstable = task.stability === undefined ? [] : await checkStability(task.seed, task.stability)
  return { ...report, falseHits, unstable }
}

// Edited projects leave promises behind that fail, which is none of this process's business.
process.on('unhandledRejection', () => undefined)
process.once('message', (task: Task) => {
  void answer(task).then(
    (report) => process.send?.({ report }, () => process.disconnect()),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? error.stack : String(error) }, () => process.disconnect()),
  )
})
