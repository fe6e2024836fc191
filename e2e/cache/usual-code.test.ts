import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'
import { USUAL_CODE } from './usual-code-data.ts'

const NAMES = Object.keys(USUAL_CODE)
const idOf = (at: number): string => `step${at}`

/** A project with a step for each piece of code. */
function usualProject(): TemporaryProject {
  const steps = Object.values(USUAL_CODE).map(
    ({ before = '', value }, at) => `${before}
const ${idOf(at)} = step({ name: '${idOf(at)}', output: z.any() }).implement(async (${value.includes('context') ? '_, context' : ''}) => {
  ran('${idOf(at)}')
  ${value.includes('return ') ? value : `return ${value}`}
})
`,
  )
  return temporaryProject({
    'main.ts': `import { createHash } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

${steps.join('\n')}
const p = pipeline({ name: 'usual', build: () => ({ ${NAMES.map((_, at) => `${idOf(at)}: ${idOf(at)}()`).join(', ')} }) })
const { result } = await p.run()
const values = await Promise.all(Object.values(result).map((value) => value.load()))
console.log('RESULT ' + JSON.stringify(values))
`,
  })
}

describe('a step is cached that uses', () => {
  let project: TemporaryProject
  let steps: readonly string[]
  let stdout: string

  beforeAll(async () => {
    project = usualProject()
    const first = await project.run('main.ts')
    expect(first).toMatchObject({ stderr: '', code: 0, steps: NAMES.map((_, at) => idOf(at)).toSorted() })
    const second = await project.run('main.ts')
    expect(second).toMatchObject({ stderr: '', code: 0, result: first.result })
    steps = second.steps
    stdout = second.stdout
  })

  afterAll(() => project[Symbol.dispose]())

  it.each(NAMES.map((name, at) => [name, at] as const))('%s', (_, at) => {
    const said = stdout.split('\n').filter((line) => line.startsWith(`Step ${idOf(at)} is not cached`))
    expect(said.join('\n')).toBe('')
    expect(steps).not.toContain(idOf(at))
  })
})

describe('steps are cached in a program that', () => {
  const WORK = `const work = step({ name: 'work', output: z.string() }).implement(() => 'a')
const p = pipeline({ name: 'p', build: () => ({ a: work() }) })
`
  const RUN = `const { result } = await p.run()
const values: Record<string, unknown> = {}
for (const [name, value] of Object.entries(result)) values[name] = await value.load()
`

  it.each([
    ['prints results by a package after the run', '', `${RUN}print(JSON.stringify(values))\n`],
    ['prints by a package before the run', "print('begins')\n", RUN],
    [
      'writes a file after the run',
      "import { writeFileSync } from 'node:fs'\n",
      `${RUN}writeFileSync('r.json', JSON.stringify(values))\n`,
    ],
    ['sets its exit code', '', `${RUN}if (values.a !== 'a') process.exitCode = 1\n`],
    [
      'runs within a function',
      '',
      `async function main(): Promise<void> {\n${RUN}print(String(values.a))\n}\nawait main()\n`,
    ],
    [
      'catches what fails',
      '',
      `main().catch((error) => {\n  console.error(error)\n})\nasync function main() {\n${RUN}}\n`,
    ],
    ['reads its arguments', "const page = Number(process.argv[2] ?? '1')\n", `if (page > 0) await p.run()\n`],
    ['runs twice', '', 'await p.run()\nawait p.run()\n'],
    ['measures the time', 'const begun = performance.now()\n', `${RUN}console.log(performance.now() - begun)\n`],
  ])('%s', async (_, before, after) => {
    using project = temporaryProject({
      'main.ts': `import { pipeline, step } from 'cairnml'
import { print } from 'printer'
import { z } from 'zod'
${before}
${WORK}${after}void print
`,
      'node_modules/printer/package.json':
        '{ "name": "printer", "version": "1.0.0", "type": "module", "main": "index.js" }',
      'node_modules/printer/index.js': 'export const print = (text) => console.log(text)\n',
    })
    await project.run('main.ts', { node: true })

    const second = await project.run('main.ts', { node: true })

    expect(second).toMatchObject({ stderr: '', code: 0 })
    expect(second.stdout).toContain('\nUsing cached version of work.\n')
  })
})
