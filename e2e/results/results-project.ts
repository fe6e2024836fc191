import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const PIPELINE = `import { file, list, matrix, pipeline, step, text } from 'cairnml'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const load = step({ name: 'load', output: matrix }).implement((_, { log }) => {
  log.info('loading digits')
  return { shape: [2, 2], data: new Float64Array([1, 2, 3, 4]) }
})
const train = step({
  name: 'train',
  params: z.object({ gamma: z.number(), model: z.object({ kind: z.string().default('svc') }).prefault({}) }),
  inputs: { x: matrix },
  outputs: { model: z.object({ gamma: z.number() }), notes: list(text) },
}).implement(({ gamma }, { metric }) => {
  metric('acc', 1 - gamma)
  console.log('fitting with ' + gamma)
  return { model: { gamma }, notes: ['=1+1', 'two\\nlines'] }
})
const report = step({ name: 'report', inputs: { model: z.object({ gamma: z.number() }) }, output: file('.csv') }).implement(
  async ({ model }, { tempDir }) => {
    if (model.gamma > 0.9) throw new Error('gamma is too large')
    const path = join(tempDir, 'report.csv')
    await writeFile(path, 'gamma\\n' + model.gamma + '\\n')
    return path
  },
)

export const training = pipeline({
  name: 'training',
  params: z.object({ gamma: z.number().default(0.1), note: z.string().default('') }),
  build: ({ gamma }) => report({ model: train({ gamma, x: load() }).model }),
})
`

/** A project with four runs: `first`, `better` (tags s7 and best), `broken`, which failed, and `again`, all reused. */
export async function resultsProject(): Promise<TemporaryProject> {
  const project = temporaryProject({ 'pipeline.ts': PIPELINE })
  const run = (name: string, ...args: readonly string[]) =>
    project.run('pipeline.ts', { args: ['--name', name, ...args] })
  await run('first', '--tag', 's7', '-p', 'note==SUM(A1), "quoted"')
  await run('better', '--tag', 's7', '--tag', 'best', '-p', 'gamma=0.01')
  await run('broken', '-p', 'gamma=0.99')
  await run('again')
  return project
}

/** What a command prints; it has to end well. */
export async function printed(project: TemporaryProject, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await project.cairn(args)
  if (code !== 0 || stderr !== '') throw new Error(`cairn ${args.join(' ')} ended with ${code}:\n${stderr}`)
  return stdout
}

/** The lines that a command prints. */
export async function linesOf(project: TemporaryProject, ...args: readonly string[]): Promise<readonly string[]> {
  return (await printed(project, ...args)).trimEnd().split('\n')
}
