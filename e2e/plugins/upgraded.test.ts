import { expect, it } from 'vitest'

import { stackedProject } from '../stacks/stacked-project.ts'

const STACK = ['--stack', 'mine']
const NAME = 'cairnml-plugin-kept'

/** A store in files whose options are those of one release of the plugin; it prints as it is loaded. */
const release = (version: string, options: string): Readonly<Record<string, string>> => ({
  [`node_modules/${NAME}/package.json`]: JSON.stringify({ name: NAME, version, type: 'module', exports: './index.js' }),
  [`node_modules/${NAME}/index.js`]: `import { artifactStore, definePlugin } from '@cairnml/core'
import local from '@cairnml/plugin-local'
import { z } from 'zod'
console.log('kept is loaded')
const store = local.components.find(({ port }) => port === 'artifactStore')
export default definePlugin({
  name: 'kept',
  components: [
    artifactStore({
      options: async () => z.strictObject({ ${options} }),
      create: (_options, context) => store.create({ path: 'kept' }, context),
    }),
  ],
})
`,
})
const FIRST = release('0.1.0', 'path: z.string().optional()')
const SECOND = release('0.2.0', 'bucket: z.string(), key: z.string().meta({ secret: true }).optional()')
const FILES = {
  'package.json': `{ "type": "module", "private": true, "dependencies": { "${NAME}": "*" } }`,
  'stacks/mine.yaml': 'artifactStore: { use: kept, path: objects }\n',
  'stacks/other.yaml': 'orchestrator: { use: local, concurrency: none }\n',
}
const MISFIT = 'stacks/mine.yaml:1:29: there is no option "path" (it can be bucket, key)'

it('a plugin whose new release takes other options says which stacks do not fit it, and how one uses it', async () => {
  using project = stackedProject({ ...FILES, ...SECOND })

  const { code, stdout } = await project.cairn(['plugin', 'show', 'kept'])
  const json = await project.cairn(['plugin', 'show', 'kept', '--json'])

  expect(code).toBe(0)
  expect(stdout).toContain('  In a stack: artifactStore: { use: kept, bucket: … }\n')
  expect(stdout).toContain(
    `Stack mine cannot be used with it: The options of artifactStore (kept) are not valid: ${MISFIT}`,
  )
  expect(stdout).not.toContain('other')
  expect(JSON.parse(json.stdout)).toMatchObject({ plugins: [{ faults: [{ stack: 'mine' }] }] })
})

it('a stack that does not fit a new release is refused by all that uses it, and its results are kept', async () => {
  using project = stackedProject({ ...FILES, ...FIRST })
  expect(await project.cairn(['run', 'pipeline.ts', ...STACK])).toMatchObject({ code: 0 })

  project.write(SECOND)
  for (const args of [['run', 'pipeline.ts'], ['run', 'list'], ['run', 'show'], ['explain'], ['artifact', 'list']]) {
    const { code, stderr } = await project.cairn([...args, ...STACK])
    expect({ args, code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(MISFIT) as string })
  }
  project.write({ 'stacks/mine.yaml': 'artifactStore: { use: kept }\n' })
  const missing = await project.cairn(['run', 'pipeline.ts', ...STACK])
  expect(missing.stderr).toMatch(/^CAIRN_COMPONENT_OPTIONS: .*bucket: .*\(was missing\)/m)

  project.write({ 'stacks/mine.yaml': 'artifactStore: { use: kept, bucket: b }\n' })
  const { stderr, stdout } = await project.cairn(['run', 'pipeline.ts', ...STACK])
  expect(stdout + stderr).toContain('Using cached version of')
})

it('what a plugin prints as it is loaded is not between the lines of a command that reads', async () => {
  using project = stackedProject({ ...FILES, ...FIRST })
  await project.cairn(['run', 'pipeline.ts', ...STACK])

  for (const args of [
    ['run', 'list', '--json'],
    ['run', 'list', '--csv'],
    ['run', 'show', '--json'],
  ]) {
    const { stdout, stderr } = await project.cairn([...args, ...STACK])
    expect({ args, stdout, stderr }).toMatchObject({
      stdout: expect.not.stringContaining('kept is loaded') as string,
      stderr: 'kept is loaded\n',
    })
  }
})
