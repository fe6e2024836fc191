import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { bundleStep } from '../bundle/bundle-step.ts'
import { projectSource } from '../bundle/project-source.ts'
import { writeBundle } from '../bundle/write-bundle.ts'
import { CaseProject } from '../cases/case-project.fixture.ts'
import type { EditCase } from '../cases/edit-case.ts'
import { Project } from '../closure/project.ts'
import type { StepClosure } from '../closure/step-closure.ts'
import { inFreshThread, type ThreadResult } from './fresh-thread.fixture.ts'

/** What one variant of the project of a case is and does. */
export interface VariantOutcome {
  /** Absent where the walk refuses the step. */
  readonly identity: string | undefined
  readonly inProject: ThreadResult
  /** What the step gives from its bundle, in an empty folder; `unbundled`: why there is none. */
  readonly inBundle: ThreadResult | { readonly unbundled: string }
}

/** What the steps of cases capture there. */
const CAPTURED: ReadonlyMap<string, unknown> = new Map([['k', 1]])

/** Really runs the step of a case, before the edit or after it: from its project, and from its bundle. */
export async function outcomeOf(one: EditCase, isEdited: boolean): Promise<VariantOutcome> {
  const { file = 'pipeline.ts', entry = file, what = 'function', args = {} } = one
  using project = new CaseProject(one)
  if (isEdited) project.write(one.edit)
  const closure = project.closure()
  const { digest, packages, captured } = closure
  const identity = JSON.stringify([digest, packages.map(({ name, version }) => [name, version]), captured])
  const load = [...new Set([entry, file])].map((path) => pathToFileURL(join(project.dir, path)).href)
  return {
    identity: closure.reasons.length === 0 ? identity : undefined,
    inProject: await inFreshThread({ of: 'project', load, what, args }),
    inBundle: closure.reasons.length === 0 ? await bundled(one, project, closure) : { unbundled: 'it is refused' },
  }
}

async function bundled(
  { file = 'pipeline.ts', entry = file, what = 'function', args = {} }: EditCase,
  { dir }: CaseProject,
  { root }: StepClosure,
): Promise<VariantOutcome['inBundle']> {
  const entries = [join(dir, entry)]
  const project = new Project({ projectDir: dir, entries })
  const { definitions } = project.modules.load(root.file).summary
  const at = definitions[root.definition ?? -1]?.at
  if (at === undefined) return { unbundled: 'it is not a definition' }
  const closure = project.closureOf({ file: root.file, at, what: 'function' })
  const ports = project
    .ownPorts({ file: root.file, at })
    .map((port) => project.closureOf({ file: root.file, at, what: port }))
  const source = projectSource(project.graph.linker, entries)
  const options = { source, projectDir: dir, profile: 'portable', closure, ports, captured: CAPTURED } as const
  const bundle = await bundleStep(options)
  if (!bundle.bundled) return { unbundled: bundle.reason }
  const empty = realpathSync(mkdtempSync(join(tmpdir(), 'cairn oracle ')))
  try {
    return await inFreshThread({ of: 'bundle', load: [await writeBundle(bundle, empty)], what, args })
  } finally {
    rmSync(empty, { recursive: true, force: true })
  }
}
