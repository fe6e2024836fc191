import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import { ROOT } from '../repository/repository.ts'
import { runScript } from './run-script.ts'
import { matchesOutput } from './matches-output.ts'
import { createExampleProject, createSnippetProject } from './snippet-project.ts'
import { snippetSteps, type FileStep, type RunStep } from './snippet-steps.ts'
import { typeErrors } from './type-errors.ts'

/** What came of a document. */
export interface DocumentReport {
  readonly ran: number
  readonly checked: number
  /** One text per problem, starting with file and line. */
  readonly problems: readonly string[]
}

/** Where a document is, and where its blocks are tried. */
export interface DocumentPlace {
  /** From the root of the repository. */
  readonly document: string
  /** An absolute folder that does not exist yet. */
  readonly project: string
}

/** Writes, type-checks and runs the blocks of one document in a fresh project; of an example's, in a copy of it. */
export async function runDocument({ document, project }: DocumentPlace): Promise<DocumentReport> {
  const steps = snippetSteps(await readFile(resolve(ROOT, document), 'utf8'))
  if (steps.length === 0) return { ran: 0, checked: 0, problems: [] }
  const folder = dirname(resolve(ROOT, document))
  const isExample = dirname(folder) === resolve(ROOT, 'examples')
  await (isExample ? createExampleProject(project, folder) : createSnippetProject(project))
  const files = new Map<string, FileStep>()
  const problems: string[] = []
  for (const step of steps) {
    const problem = step.kind === 'file' ? await write(step, project) : await run(step, project)
    if (problem !== undefined) problems.push(`${document}:${step.line}: ${problem}`)
    if (step.kind === 'file') files.set(step.path, step)
  }
  const checked = [...files.values()].filter(({ path }) => path.endsWith('.ts'))
  if (checked.length > 0) problems.push(...(await typeErrors({ document, project, files })))
  const ran = steps.filter(({ kind }) => kind === 'run').length
  return { ran, checked: checked.length, problems }
}

async function write(step: FileStep, project: string): Promise<undefined> {
  const file = join(project, step.path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, step.code)
}

async function run(step: RunStep, project: string): Promise<string | undefined> {
  const { exitCode, stdout, stderr } = await runScript(step.script, project)
  const printed = `\n--- stdout\n${stdout}--- stderr\n${stderr}`
  if (exitCode !== step.exitCode) return `exited with ${exitCode}, not ${step.exitCode}.${printed}`
  if (step.expected === undefined || matchesOutput(step.expected, stdout)) return undefined
  return `printed something else than the document shows.\n--- expected\n${step.expected}${printed}`
}
