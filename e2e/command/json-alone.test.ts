import { describe, expect, it } from 'vitest'

import { temporaryProject, type ProjectFiles } from '../project/temporary-project.ts'

/** Ways to print on what a program takes for standard output. */
const WAYS = [
  "process.stdout.write('PRINTED\\n')",
  "console.log('PRINTED')",
  "stdout.write(Buffer.from('PRINTED\\n'))",
  "writeSync(process.stdout.fd, 'PRINTED\\n')",
] as const

const PIPELINE = `import { writeSync } from 'node:fs'
import { stdout } from 'node:process'
import { pipeline, step } from 'cairnml'
import { z } from 'zod'
export const shown = () => [stdout, writeSync]
/* here */
const one = step({ name: 'one', output: z.number(), undeclared: 'off' }).implement(() => {
  /* in the step */
  return 1
})
export const p = pipeline({ name: 'p', build: () => one() })
`
const PLUGIN = `import { writeSync } from 'node:fs'
import { stdout } from 'node:process'
import { artifactStore, definePlugin, MemoryArtifactStore } from 'cairnml/plugin'
export const shown = () => [stdout, writeSync]
/* here */
export default definePlugin({ name: 'odd', components: [
  artifactStore({ create: (_options, { name }) => new MemoryArtifactStore(name) }),
] })
`
const EDITS = {
  'a file': ['pipeline.ts', '/* here */'],
  'a step': ['pipeline.ts', '/* in the step */'],
  'a plugin': ['odd.js', '/* here */'],
} as const

const FILES: ProjectFiles = {
  'pipeline.ts': PIPELINE,
  'odd.js': PLUGIN,
  'stacks/odd.yaml': 'artifactStore: { use: ./odd.js }\n',
}

const RUN = ['run', 'pipeline.ts', '--stack', 'odd', '--json']

describe.each(Object.entries(EDITS))('what %s prints', (who, [file, place]) => {
  it.each(WAYS)('goes to standard error where a command prints JSON: %s', async (print) => {
    using project = temporaryProject(FILES)
    project.edit(file, place, print)

    const { code, stdout, stderr } = await project.cairn(RUN)

    expect(code).toBe(0)
    expect(stdout).toMatch(/^\{"format":"cairn\.run\/1",.*\}\n$/)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed' })
    expect(stderr).toMatch(/^PRINTED$/m)
  })

  it('goes there too where it is planned or swept', async () => {
    using project = temporaryProject(FILES)
    project.edit(file, place, WAYS[0])

    const plan = await project.cairn([...RUN, '--plan'])
    const sweep = await project.cairn(['sweep', 'pipeline.ts', '--step-param', 'one.x=1,2', '--stack', 'odd', '--json'])

    expect(JSON.parse(plan.stdout)).toMatchObject({ format: 'cairn.plan/1' })
    expect(JSON.parse(sweep.stdout)).toMatchObject({ format: expect.stringMatching(/^cairn\.(sweep|error)\/1$/) })
    if (who !== 'a step') expect(plan.stderr).toMatch(/^PRINTED$/m)
  })
})

it('a step that prints stays known as the source, and by which stream it was', async () => {
  using project = temporaryProject(FILES)
  project.edit('pipeline.ts', '/* in the step */', `${WAYS[0]}; ${WAYS[1]}; console.error('PROBLEM')`)

  await project.cairn(['run', 'pipeline.ts', '--json'])
  const { stdout } = await project.cairn(['run', 'logs', 'last', '--json'])

  const lines = stdout.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { stream: 'stdout', text: 'PRINTED' },
    { stream: 'stdout', text: 'PRINTED' },
    { stream: 'stderr', text: 'PROBLEM' },
  ])
})

it('a lively plugin prints where it likes as long as no JSON is wanted', async () => {
  using project = temporaryProject(FILES)
  project.edit('odd.js', '/* here */', WAYS[0])

  const { stdout, stderr } = await project.cairn(['run', 'pipeline.ts', '--stack', 'odd'])

  expect(stdout).toMatch(/^PRINTED$/m)
  expect(stderr).toBe('')
})
