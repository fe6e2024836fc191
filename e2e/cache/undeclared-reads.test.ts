import { describe, expect, it } from 'vitest'

import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const MAIN = 'main.ts'
const ADVICE =
  ' and declares nothing: reused until its code changes. Declare files, urls, key or expires, or cache: false.'

/** A project whose step `load_docs` reads a clock in another file, at line 2. */
function reading(options = ''): TemporaryProject {
  return temporaryProject({
    'src/load.ts': `export const size = (): number => 7
export const load = (): number => (Date.now() > 0 ? 1 : 0)
`,
    [MAIN]: `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

import { load } from './src/load.ts'

const loadDocs = step({ name: 'load_docs', ${options}params: z.object({ page: z.number() }), output: z.number() }).implement(
  ({ page }) => {
    ran('load_docs')
    return load() + page
  },
)
export const p = pipeline({
  name: 'p',
  params: z.object({ page: z.number().default(1) }),
  build: ({ page }) => loadDocs({ page }),
})
`,
  })
}

const NOTICE = `Step load_docs reads from outside (Date.now, src/load.ts:2)${ADVICE}`

const noticesIn = (stdout: string): readonly string[] =>
  stdout.split('\n').filter((line) => line.includes('reads from outside'))

describe('a step that reads from outside and declares nothing', () => {
  it('is cached and says so once per version of its code', async () => {
    using project = reading()

    const first = await project.run(MAIN)
    const cached = await project.run(MAIN)
    const otherPage = await project.run(MAIN, { args: ['--param', 'page=2'] })
    project.edit('src/load.ts', '? 1 : 0', '? 1 : 2')
    const edited = await project.run(MAIN)

    expect([first.steps, cached.steps, otherPage.steps, edited.steps]).toEqual([
      ['load_docs'],
      [],
      ['load_docs'],
      ['load_docs'],
    ])
    expect(noticesIn(first.stdout)).toEqual([NOTICE])
    expect(noticesIn(cached.stdout)).toEqual([])
    expect(noticesIn(otherPage.stdout)).toEqual([])
    expect(noticesIn(edited.stdout)).toEqual([NOTICE])
  })

  it('is explained with the same words, also where it was reused', async () => {
    using project = reading()
    await project.run(MAIN, { args: ['--name', 'first'] })
    await project.run(MAIN, { args: ['--name', 'second'] })

    const { stdout } = await project.cairn(['explain', 'second', 'load_docs'])

    expect(stdout).toMatch(/^load_docs was reused from run first /)
    expect(noticesIn(stdout)).toEqual([NOTICE])
  })

  it.each([
    ["files: ['src/load.ts'], ", 'files'],
    ["env: ['TODAY'], ", 'env'],
    ["key: () => 'today', ", 'key'],
    ["expires: '1d', ", 'expires'],
    ['cache: true, ', 'cache: true'],
    ['cache: false, ', 'cache: false'],
    ["undeclared: 'off', ", "undeclared: 'off'"],
  ])('says nothing where %s is declared', async (options) => {
    using project = reading(options)

    const first = await project.run(MAIN)

    expect(first).toMatchObject({ stderr: '', code: 0, steps: ['load_docs'] })
    expect(noticesIn(first.stdout)).toEqual([])
  })

  it("fails before it runs with undeclared: 'error'", async () => {
    using project = reading("undeclared: 'error', ")

    const first = await project.run(MAIN)

    expect(first).toMatchObject({ code: 1, steps: [] })
    expect(first.stdout).toMatch(
      /^Step load_docs has failed after .*: CAIRN_UNDECLARED_READ .*Date\.now.*src\/load\.ts:2/m,
    )
  })

  it('is found for files, network, child processes, clock, randomness and variables of computed names', async () => {
    const reads = {
      file: "readFileSync('package.json', 'utf8').length",
      network: "typeof fetch('data:,x')",
      child: "execFileSync('true').length",
      clock: 'new Date().getFullYear()',
      chance: 'Math.random()',
      computed: 'process.env[name] ?? null',
      named: "(process.env['HOME'] ?? '').length",
      none: 'Math.max(1, 2)',
    }
    const steps = Object.entries(reads).map(
      ([name, code]) => `  step({ name: '${name}', output: z.any() }).implement(() => ${code}),`,
    )
    using project = temporaryProject({
      [MAIN]: `import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const name = ['HO', 'ME'].join('')
const steps = [
${steps.join('\n')}
]
export const p = pipeline({ name: 'p', build: () => steps.map((each) => each()) })
`,
    })

    const { code, stderr, stdout } = await project.run(MAIN)

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(noticesIn(stdout).toSorted()).toEqual([
      expect.stringMatching(/^Step chance reads from outside \(Math\.random, main\.ts:12\) and declares nothing/),
      expect.stringMatching(/^Step child reads from outside \(.*child_process.*, main\.ts:10\) and declares nothing/),
      expect.stringMatching(/^Step clock reads from outside \(.*Date.*, main\.ts:11\) and declares nothing/),
      expect.stringMatching(/^Step computed reads from outside \(.*process\.env.*, main\.ts:13\) and declares nothing/),
      expect.stringMatching(/^Step file reads from outside \(.*fs.*, main\.ts:8\) and declares nothing/),
      expect.stringMatching(/^Step network reads from outside \(fetch, main\.ts:9\) and declares nothing/),
    ])
  })
})
