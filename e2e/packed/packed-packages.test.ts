import { globSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { REPOSITORY } from '../project/installed-packages.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'
import { INSTALL_MS, inPackedProject, packedProject } from './packed-project.ts'

/** The compiler is large, so it is not installed once more. */
const TSC = path.join(REPOSITORY, 'node_modules/.bin/tsc')

/** What a user writes first. */
const PIPELINE = `import { appendFileSync } from 'node:fs'
import { matrix, pipeline, step, vector, type Matrix } from 'cairnml'
import { z } from 'zod'

const ran = (name: string): void => appendFileSync(process.env['EXECUTION_LOG'] ?? '/dev/null', name + '\\n')

const load = step({ name: 'load', outputs: { x: matrix, y: vector } }).implement(() => {
  ran('load')
  const x: Matrix = { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) }
  return { x, y: Float64Array.of(5, 6) }
})

const train = step({
  name: 'train',
  params: z.object({ gamma: z.number().positive().default(0.5) }),
  inputs: { x: matrix, y: vector },
  output: z.number(),
}).implement(({ gamma, x, y }, { metric }) => {
  ran('train')
  const sum = [...x.data, ...y].reduce((total, value) => total + value, 0)
  metric('sum', sum)
  return sum * gamma
})

export const training = pipeline({
  name: 'training',
  ignore: { env: ['EXECUTION_LOG'] },
  params: z.object({ gamma: z.number().default(0.5) }),
  build: ({ gamma }) => train({ gamma, ...load() }),
})

const run = await training.run()
const value: number = await run.result.load()
console.log('RESULT ' + JSON.stringify(value))
`

const TSCONFIG = {
  compilerOptions: {
    target: 'esnext',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    types: ['node'],
  },
  include: ['*.ts'],
}

describe('the packages as they are published, installed by npm into an empty project', () => {
  let project: TemporaryProject

  beforeAll(async () => {
    project = await packedProject({
      manager: 'npm',
      dependencies: { cairnml: 'packed', zod: '4.6.7' },
      devDependencies: { '@types/node': '24.19.2' },
    })
    project.write({ 'pipeline.ts': PIPELINE, 'tsconfig.json': JSON.stringify(TSCONFIG) })
  }, INSTALL_MS)

  afterAll(() => project[Symbol.dispose]())

  it('hold no native package but parser, resolver and bundler, which are fetched as built, and no source condition', () => {
    const manifests = globSync('node_modules/**/package.json', { cwd: project.dir })
    const native = globSync('node_modules/**/*.node', { cwd: project.dir })
    const own = manifests.filter((file) => /^node_modules\/(?:cairnml|@cairnml\/[^/]+)\/package\.json$/.test(file))

    expect(manifests.filter((file) => /better-sqlite3|node-gyp/.test(file))).toEqual([])
    expect(native.filter((file) => !/oxc-|rolldown/.test(file))).toEqual([])
    expect(own.length).toBeGreaterThan(5)
    for (const file of own) expect(project.read(file)).not.toMatch(/@cairnml\/source|workspace:/)
  })

  it('hold built files only', () => {
    const files = globSync('node_modules/{cairnml,@cairnml/*}/**/*.{ts,tsbuildinfo}', { cwd: project.dir })

    expect(files.filter((file) => !file.endsWith('.d.ts'))).toEqual([])
    expect(files.filter((file) => /\.(?:test|fixture)\./.test(file))).toEqual([])
  })

  it('run a pipeline with `npx cairn run`, and again from the cache', async () => {
    const first = await inPackedProject(project, ['npx', 'cairn', 'run', 'pipeline.ts'])
    const second = await inPackedProject(project, ['npx', 'cairnml', 'run', 'pipeline.ts'])

    expect(first).toMatchObject({ code: 0, stderr: '', steps: ['load', 'train'], result: 10.5 })
    expect(second).toMatchObject({ code: 0, stderr: '', steps: [], result: 10.5 })
  })

  it('run it with node, too, and share the results', async () => {
    const run = await project.run('pipeline.ts', { node: true })

    expect(run).toMatchObject({ code: 0, stderr: '', steps: [], result: 10.5 })
  })

  it('print their version', async () => {
    const version = await inPackedProject(project, ['npx', 'cairn', '--version'])
    const manifest = JSON.parse(project.read('node_modules/cairnml/package.json')) as { readonly version: string }

    expect(version).toMatchObject({ code: 0, stdout: `${manifest.version}\n` })
  })

  it('give types to a strict project', async () => {
    const types = await inPackedProject(project, [TSC, '--noEmit'])

    expect(types).toMatchObject({ code: 0, stdout: '' })
  })

  it('refuse an output of the wrong type when the project is compiled', async () => {
    using wrong = project.copy('wrong')
    wrong.edit('pipeline.ts', 'train({ gamma, ...load() })', 'train({ gamma, x: load().y, y: load().y })')

    const types = await inPackedProject(wrong, [TSC, '--noEmit'])

    expect(types.code).not.toBe(0)
    expect(types.stdout).toContain('pipeline.ts')
  })
})
