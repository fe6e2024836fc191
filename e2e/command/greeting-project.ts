import { temporaryProject, type ProjectFiles, type TemporaryProject } from '../project/temporary-project.ts'

/** A module that defines the pipeline `greeting` and exports it. */
export const GREETING = `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const letters = step({ name: 'letters', params: z.object({ name: z.string() }), output: z.array(z.string()) }).implement(
  ({ name }) => {
    ran('letters')
    return [...name]
  },
)
const count = step({
  name: 'count',
  params: z.object({ times: z.number(), style: z.object({ loud: z.boolean(), mark: z.string() }) }),
  inputs: { letters: z.array(z.string()) },
  output: z.string(),
}).implement(({ times, style, letters }) => {
  ran('count')
  const text = letters.join('').repeat(times) + style.mark
  return style.loud ? text.toUpperCase() : text
})

export const greeting = pipeline({
  name: 'greeting',
  params: z.object({
    name: z.string().default('cairn'),
    times: z.number().int().positive().default(1),
    style: z.object({ loud: z.boolean().default(false), mark: z.string().default('.') }).prefault({}),
  }),
  build: ({ name, times, style }) => count({ times, style, letters: letters({ name }) }),
})
`

/** What a program writes at its end to run the pipeline and print its result. */
export const RUN_GREETING = `
const run = await greeting.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`

/** A project whose `pipeline.ts` only exports and whose `main.ts` also runs. */
export function greetingProject(files: ProjectFiles = {}): TemporaryProject {
  return temporaryProject({ 'pipeline.ts': GREETING, 'main.ts': `${GREETING}${RUN_GREETING}`, ...files })
}

/** Lines of a log without what differs from run to run: times and run names. */
export function stableLines(log: string): readonly string[] {
  return log
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.replaceAll(/\d+\.\d+s/g, '<time>').replaceAll(/-\d{4}(?:_\d\d){2}-(?:\d\d_){3}\d{6}/g, '-<time>'),
    )
}
