import { mkdirSync, statSync, symlinkSync, utimesSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { temporaryProject, type ProjectFiles } from '../project/temporary-project.ts'

const RUN = `
const run = await p.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`

/** A step in a file of its own, and a pipeline of it that prints what it gives. */
function oneStep(step: string): ProjectFiles {
  return {
    'step.ts': step,
    'pipeline.ts': `import { pipeline } from 'cairnml'
import { work } from './step.ts'

const p = pipeline({ name: 'p', build: () => work() })${RUN}`,
  }
}

const HEAD = `import { step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'
`
const workWith = (imports: string, value: string): ProjectFiles =>
  oneStep(`${HEAD}${imports}
export const work = step({ name: 'work', output: z.string() }).implement(async () => {
  ran('work')
  return ${value}
})
`)

describe('an edit is noticed', () => {
  it('with the same size and the old modification time', async () => {
    using project = temporaryProject({
      ...workWith("import { value } from './value.ts'", 'value'),
      'value.ts': "export const value = 'a'\n",
    })
    const file = project.path('value.ts')
    await project.run('pipeline.ts', { node: true })
    const { atime, mtime } = statSync(file)
    project.write({ 'value.ts': "export const value = 'b'\n" })
    utimesSync(file, atime, mtime)

    const rerun = await project.run('pipeline.ts', { node: true })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })

  it('where a file becomes a link to another one', async () => {
    using project = temporaryProject({
      ...workWith("import { value } from './value.ts'", 'value'),
      'value.ts': "export const value = 'a'\n",
      'other.ts': "export const value = 'b'\n",
    })
    await project.run('pipeline.ts', { node: true })
    project.remove('value.ts')
    symlinkSync('other.ts', project.path('value.ts'))

    const rerun = await project.run('pipeline.ts', { node: true })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })

  it('in a linked package of the same workspace', async () => {
    using project = temporaryProject({
      ...workWith("import { value } from '@project/values'", 'value'),
      'values/package.json':
        '{ "name": "@project/values", "version": "1.0.0", "type": "module", "exports": "./index.ts" }',
      'values/index.ts': "export const value = 'a'\n",
    })
    mkdirSync(project.path('node_modules/@project'))
    symlinkSync('../../values', project.path('node_modules/@project/values'), 'junction')
    await project.run('pipeline.ts', { node: true })
    project.edit('values/index.ts', "'a'", "'b'")

    const rerun = await project.run('pipeline.ts', { node: true })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })

  it('in a file that is named by a URL beside the module', async () => {
    using project = temporaryProject({
      ...workWith(
        "import { readFile } from 'node:fs/promises'",
        "(await readFile(new URL('./data.txt', import.meta.url), 'utf8')).trim()",
      ),
      'data.txt': 'a\n',
    })
    await project.run('pipeline.ts', { node: true })
    project.write({ 'data.txt': 'b\n' })

    const rerun = await project.run('pipeline.ts', { node: true })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })

  it('in a module that NODE_OPTIONS loads before the program', async () => {
    using project = temporaryProject({
      ...workWith('', 'String(Reflect.get(globalThis, "factor"))'),
      'before.mjs': 'globalThis.factor = 1\n',
    })
    const env = { NODE_OPTIONS: '--import=./before.mjs' }
    await project.run('pipeline.ts', { node: true, env })
    project.edit('before.mjs', '1', '2')

    const rerun = await project.run('pipeline.ts', { node: true, env })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: '2' })
  })

  it('where a nearer installed package hides another one', async () => {
    const installed = (folder: string, version: string, value: string): ProjectFiles => ({
      [`${folder}/values/package.json`]: JSON.stringify({ name: 'values', version, type: 'module', main: 'index.js' }),
      [`${folder}/values/index.js`]: `export const value = '${value}'\n`,
    })
    const { 'step.ts': step = '', 'pipeline.ts': main = '' } = workWith("import { value } from 'values'", 'value')
    using project = temporaryProject({
      'src/step.ts': step,
      'pipeline.ts': main.replace('./step.ts', './src/step.ts'),
      ...installed('node_modules', '1.0.0', 'a'),
    })
    await project.run('pipeline.ts', { node: true })
    project.write(installed('src/node_modules', '2.0.0', 'b'))

    const rerun = await project.run('pipeline.ts', { node: true })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })

  it('in a module that is required by a function under another name', async () => {
    using project = temporaryProject({
      ...workWith(
        "import { createRequire as make } from 'node:module'\nconst get = make(import.meta.url)",
        "get('./value.ts').value",
      ),
      'value.ts': "export const value = 'a'\n",
    })
    await project.run('pipeline.ts', { node: true })
    project.edit('value.ts', "'a'", "'b'")

    const rerun = await project.run('pipeline.ts', { node: true })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })

  it('in a module that is required', async () => {
    using project = temporaryProject({
      ...workWith(
        "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)",
        "require('./value.cjs').value",
      ),
      'value.cjs': "exports.value = 'a'\n",
    })
    await project.run('pipeline.ts', { node: true })
    project.edit('value.cjs', "'a'", "'b'")

    const rerun = await project.run('pipeline.ts', { node: true })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })
})

describe('an edit is noticed in what the main file does before it runs the pipeline', () => {
  it.each([
    ['node', true],
    ['cairn run', false],
  ])('by %s', async (_, node) => {
    using project = temporaryProject({
      ...workWith("import { registry } from './registry.ts'", "registry.join(',')"),
      'registry.ts': 'export const registry: string[] = []\n',
      'pipeline.ts': `import { pipeline } from 'cairnml'
import { registry } from './registry.ts'
import { work } from './step.ts'

registry.push('a')
export const p = pipeline({ name: 'p', build: () => work() })${RUN}`,
    })
    const first = await project.run('pipeline.ts', { node })
    project.edit('pipeline.ts', "push('a')", "push('b')")

    const rerun = await project.run('pipeline.ts', { node })

    expect(first).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'a' })
    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })
})

describe('an edit is noticed in a module that is imported', () => {
  it.each([
    ['with a query', './value.ts?version=1', '{ "name": "project", "type": "module" }'],
    [
      'by a name in `imports`',
      '#value',
      '{ "name": "project", "type": "module", "imports": { "#value": "./value.ts" } }',
    ],
    [
      'by the name of the project itself',
      'project/value',
      '{ "name": "project", "type": "module", "exports": { "./value": "./value.ts" } }',
    ],
  ])('%s', async (_, specifier, manifest) => {
    using project = temporaryProject({
      ...workWith(`import { value } from '${specifier}'`, 'value'),
      'value.ts': "export const value = 'a'\n",
      'package.json': manifest,
    })
    const first = await project.run('pipeline.ts', { node: true })
    project.edit('value.ts', "'a'", "'b'")

    const rerun = await project.run('pipeline.ts', { node: true })

    expect(first).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'a' })
    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })

  it('by a worker', async () => {
    using project = temporaryProject({
      ...workWith(
        "import { once } from 'node:events'\nimport { Worker } from 'node:worker_threads'",
        "(await once(new Worker(new URL('./worker.ts', import.meta.url)), 'message'))[0]",
      ),
      'worker.ts': `import { parentPort } from 'node:worker_threads'
import { value } from './value.ts'
parentPort?.postMessage(value)
`,
      'value.ts': "export const value = 'a'\n",
    })
    await project.run('pipeline.ts', { node: true })
    project.edit('value.ts', "'a'", "'b'")

    const rerun = await project.run('pipeline.ts', { node: true })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })
})

describe('a step whose code cannot be known runs every time and says why', () => {
  it.each([
    ['a computed import', "const name = './' + 'value.ts'", '(await import(name)).value', /\(step\.ts:\d+\)/],
    ['eval', "import { value } from './value.ts'\nconst same = eval('1 + 1')", 'same === 2 ? value : value', /eval/],
    [
      'a computed require',
      "import { createRequire as make } from 'node:module'\nconst get = make(import.meta.url)\nconst name = './' + 'value.ts'",
      'get(name).value',
      /\(step\.ts:\d+\)/,
    ],
  ])('%s', async (_, code, value, reason) => {
    using project = temporaryProject({ ...workWith(code, value), 'value.ts': "export const value = 'a'\n" })

    const first = await project.run('pipeline.ts', { node: true })
    project.edit('value.ts', "'a'", "'b'")
    const second = await project.run('pipeline.ts', { node: true })
    const third = await project.run('pipeline.ts', { node: true })

    expect(first).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'a' })
    expect(second).toMatchObject({ code: 0, steps: ['work'], result: 'b' })
    expect(third).toMatchObject({ code: 0, steps: ['work'], result: 'b' })
    const line = third.stdout.split('\n').find((text) => text.startsWith('Step work is not cached: '))
    expect(line).toMatch(reason)
  })

  it('a step whose file changes while the process runs', async () => {
    using project = temporaryProject({
      ...workWith("import { value } from './value.ts'", 'value'),
      'value.ts': "export const value = 'a'\n",
    })
    project.write({
      'pipeline.ts': `import { writeFileSync } from 'node:fs'
import { pipeline } from 'cairnml'
import { work } from './step.ts'

writeFileSync(new URL('./value.ts', import.meta.url), "export const value = 'b'\\n")
const p = pipeline({ name: 'p', build: () => work() })${RUN}`,
    })
    const first = await project.run('pipeline.ts', { node: true })
    project.write(oneStep(project.read('step.ts')))

    const second = await project.run('pipeline.ts', { node: true })

    expect(first).toMatchObject({ stderr: '', code: 0, result: 'a' })
    expect(second).toMatchObject({ stderr: '', code: 0, steps: ['work'], result: 'b' })
  })
})
