import { generateProject } from './generate-project.fixture.ts'
import type { RandomProject, StateMode } from './random-project.fixture.ts'
import { loadBundle, loadProject, runSteps } from './run-project.fixture.ts'
import { showVariants } from './shrink-project.fixture.ts'
import { WalkedIdentity } from './walked-identity.fixture.ts'

/** What is to be bundled. */
export interface BundlesOptions {
  readonly seed: number
  /** At least so many steps. */
  readonly bundles: number
  readonly state: StateMode
}

/** What came of it. */
export interface BundlesReport {
  readonly bundles: number
  /** Steps that are refused, or capture something. */
  readonly without: number
  /** Steps that give something else from their bundle, with their projects. */
  readonly different: readonly string[]
}

/** Runs steps of random projects from their bundles: they give what they give in a project where no other step runs. */
export async function checkBundles({ seed: first, bundles, state }: BundlesOptions): Promise<BundlesReport> {
  using identity = new WalkedIdentity()
  const report = { bundles: 0, without: 0, different: [] as string[] }
  for (let seed = first; report.bundles < bundles; seed++) {
    const project = generateProject(seed, state)
    const names = await stepsOf(project)
    for (const step of project.steps.filter(({ name }) => names.has(name))) {
      const bundle = await identity.bundle(step, project)
      if (!bundle.bundled) {
        report.without++
        continue
      }
      report.bundles++
      const inProject = await loadProject(project)
      const expected = inProject && (await runSteps(inProject, [step.name])).get(step.name)?.at(-1)
      const found = await runBundle(step.name, bundle.code)
      if (found === expected) continue
      const shown = showVariants({ before: project, after: project })
      report.different.push(`seed ${seed}: step ${step.name} gives ${expected}, and ${found} from its bundle\n${shown}`)
    }
  }
  return report
}

async function stepsOf(project: RandomProject): Promise<ReadonlySet<string>> {
  return new Set((await loadProject(project))?.steps.keys())
}

async function runBundle(name: string, code: string): Promise<string | undefined> {
  try {
    const results = await runSteps(await loadBundle(name, code), [name])
    return results.get(name)?.at(-1)
  } catch (error) {
    return `(not loaded: ${String(error)})`
  }
}
