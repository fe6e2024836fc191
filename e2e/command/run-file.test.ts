import { describe, expect, it } from 'vitest'

import { temporaryProject, type ProjectFiles } from '../project/temporary-project.ts'
import { GREETING, greetingProject, RUN_GREETING, stableLines } from './greeting-project.ts'

const creations = (stdout: string): number =>
  stdout.split('\n').filter((line) => line.startsWith('Creating run ')).length

describe('a file that runs its pipeline', () => {
  it('prints the same under `cairn run` as under `node`, when steps run and when they are reused', async () => {
    using byCairn = greetingProject()
    using byNode = greetingProject()

    for (const steps of [['count', 'letters'], []]) {
      const cairn = await byCairn.run('main.ts')
      const node = await byNode.run('main.ts', { node: true })
      expect(cairn).toMatchObject({ code: 0, stderr: '', steps, result: 'cairn.' })
      expect(node).toMatchObject({ code: 0, stderr: '', steps, result: 'cairn.' })
      expect(stableLines(cairn.stdout)).toEqual(stableLines(node.stdout))
    }
  })

  it('prints the lines of a run in their order', async () => {
    using project = greetingProject()

    const first = await project.run('main.ts', { node: true })
    const second = await project.run('main.ts', { node: true })

    expect(stableLines(first.stdout)).toEqual([
      'Registered pipeline greeting (version 1).',
      'Creating run greeting-<time> for pipeline greeting (caching enabled)',
      'Using stack default to run pipeline greeting...',
      'Step letters has started.',
      'Step letters has finished in <time>.',
      'Step count has started.',
      'Step count has finished in <time>.',
      'Pipeline run greeting-<time> has finished in <time>.',
      'RESULT "cairn."',
    ])
    expect(stableLines(second.stdout)).toEqual([
      'Using pipeline greeting (version 1).',
      'Creating run greeting-<time> for pipeline greeting (caching enabled)',
      'Using stack default to run pipeline greeting...',
      'Step letters has started.',
      'Using cached version of letters.',
      'Step letters has finished in <time>.',
      'Step count has started.',
      'Using cached version of count.',
      'Step count has finished in <time>.',
      'Pipeline run greeting-<time> has finished in <time>.',
      'RESULT "cairn."',
    ])
  })

  it('runs once under `cairn run`', async () => {
    using project = greetingProject()

    const run = await project.run('main.ts')

    expect(run).toMatchObject({ code: 0, steps: ['count', 'letters'] })
    expect(creations(run.stdout)).toBe(1)
  })

  it.each([
    ['nobody awaits', 'void main()'],
    ['a microtask starts', 'await Promise.resolve().then(() => void main())'],
  ])('runs once where its main function is one that %s', async (_, start) => {
    const main = `${GREETING}
async function main(): Promise<void> {
  await null
  const run = await greeting.run({ name: 'main' })
  console.log('RESULT ' + JSON.stringify(await run.result.load()))
}
${start}
`
    using project = temporaryProject({ 'main.ts': main })

    const run = await project.run('main.ts')

    expect(run).toMatchObject({ code: 0, stderr: '', steps: ['count', 'letters'], result: 'main.' })
    expect(creations(run.stdout)).toBe(1)
  })

  it('runs all that it runs, and flags count for the first', async () => {
    const twice = `${GREETING}
const first = await greeting.run({ name: 'one' })
const second = await greeting.run({ name: 'two' })
console.log('RESULT ' + JSON.stringify([await first.result.load(), await second.result.load()]))
`
    using project = temporaryProject({ 'main.ts': twice })

    const run = await project.run('main.ts', { args: ['--param', 'name=flag', '--name', 'first'] })

    expect(run).toMatchObject({ code: 0, stderr: '', result: ['flag.', 'two.'] })
    expect(creations(run.stdout)).toBe(2)
    expect(run.stdout).toContain('Creating run first for pipeline greeting')
  })
})

describe('a file that exports its pipeline', () => {
  it('is run by `cairn run`', async () => {
    using project = greetingProject()

    const run = await project.run('pipeline.ts')

    expect(run).toMatchObject({ code: 0, stderr: '', steps: ['count', 'letters'] })
    expect(creations(run.stdout)).toBe(1)
  })

  it('shares its results with a file that imports it', async () => {
    using project = greetingProject({ 'importing.ts': `import { greeting } from './pipeline.ts'\n${RUN_GREETING}` })
    await project.run('pipeline.ts')

    const run = await project.run('importing.ts', { node: true })

    expect(run).toMatchObject({ code: 0, stderr: '', steps: [], result: 'cairn.' })
  })

  it('works in plain JavaScript', async () => {
    using project = temporaryProject({
      'pipeline.mjs': `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const one = step({ name: 'one', output: z.number() }).implement(() => (ran('one'), 1))
export const p = pipeline({ name: 'p', build: () => one() })
`,
    })

    expect(await project.run('pipeline.mjs')).toMatchObject({ code: 0, stderr: '', steps: ['one'] })
    expect(await project.run('pipeline.mjs')).toMatchObject({ code: 0, stderr: '', steps: [] })
  })
})

describe('a file with two pipelines', () => {
  const two: ProjectFiles = {
    'two.ts': `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const a = step({ name: 'a', output: z.number() }).implement(() => (ran('a'), 1))
const b = step({ name: 'b', output: z.number() }).implement(() => (ran('b'), 2))
export const first = pipeline({ name: 'first', build: () => a() })
export const second = pipeline({ name: 'second', build: () => b() })
`,
  }

  it('runs the one that is named', async () => {
    using project = temporaryProject(two)

    expect(await project.run('two.ts', { args: ['second'] })).toMatchObject({ code: 0, stderr: '', steps: ['b'] })
    expect(await project.run('two.ts', { args: ['first'] })).toMatchObject({ code: 0, stderr: '', steps: ['a'] })
  })

  it('runs the one that is named also where the file runs the other', async () => {
    using project = temporaryProject({ 'two.ts': `${two['two.ts'] ?? ''}await first.run()\n` })

    expect(await project.run('two.ts')).toMatchObject({ code: 0, stderr: '', steps: ['a'] })
    expect(await project.run('two.ts', { args: ['second'] })).toMatchObject({ code: 0, stderr: '', steps: ['b'] })
  })

  it('is refused without a name, or with one that it does not have', async () => {
    using project = temporaryProject(two)

    const ambiguous = await project.run('two.ts')
    const unknown = await project.run('two.ts', { args: ['third'] })

    expect(ambiguous).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(ambiguous.stderr).toMatch(
      /^CAIRN_PIPELINE_AMBIGUOUS: .*first, second\.\n.*cairn run <file> <pipeline>\.\nMore: cairn help CAIRN_PIPELINE_AMBIGUOUS\n$/,
    )
    expect(unknown).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(unknown.stderr).toMatch(/^CAIRN_PIPELINE_UNKNOWN: .*"third".*first, second\.\n/)
    expect(project.exists('.cairn')).toBe(false)
  })
})

describe('a file that cannot be run', () => {
  it.each([
    ['missing.ts', /^CAIRN_FILE_MISSING: The file missing\.ts .*not there/],
    ['.', /^CAIRN_FILE_MISSING: .*not a file/],
    ['empty.ts', /^CAIRN_PIPELINE_MISSING: The file empty\.ts/],
    ['syntax.ts', /^CAIRN_FILE_FAILED: The file syntax\.ts .*SyntaxError/],
    ['throwing.ts', /^CAIRN_FILE_FAILED: .*RangeError: no such luck \(throwing\.ts:1:\d+\)/],
    ['importing.ts', /^CAIRN_FILE_FAILED: .*nowhere\.ts/],
  ])('%s is refused with a code and without a stack', async (file, message) => {
    using project = temporaryProject({
      'empty.ts': 'export const nothing = 1\n',
      'syntax.ts': 'export const = 1\n',
      'throwing.ts': "throw new RangeError('no such luck')\n",
      'importing.ts': "import './nowhere.ts'\n",
    })

    const run = await project.run(file)

    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatch(message)
    expect(run.stderr).not.toMatch(/^\s+at /m)
    expect(project.exists('.cairn')).toBe(false)
  })
})
