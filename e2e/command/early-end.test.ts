import { describe, expect, it } from 'vitest'

import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const PIPELINE = `import { pipeline, step } from 'cairnml'
import { z } from 'zod'
const one = step({ name: 'one', output: z.number() }).implement(() => 1)
export const p = pipeline({ name: 'p', build: () => one() })
`
const definition = (
  create: string,
): string => `import { artifactStore, definePlugin, MemoryArtifactStore } from 'cairnml/plugin'
export default definePlugin({ name: 'odd', components: [artifactStore({ create: ${create} })] })
`

function projectWith(plugin: string): TemporaryProject {
  return temporaryProject({
    'pipeline.ts': PIPELINE,
    'odd.js': plugin,
    'stacks/odd.yaml': 'artifactStore: { use: ./odd.js }\n',
  })
}

const RUN = ['run', 'pipeline.ts', '--stack', 'odd', '--json']
const VALIDATE = ['stack', 'validate', 'odd', '--allow-code', '--json']
const CHECK = [...VALIDATE, '--check']
const EXIT = 'code that it loaded called process.exit()'
const WAIT = 'it waits for what nothing can bring about'

describe('a command whose plugin', () => {
  it.each([
    ['ends the process as it is loaded', VALIDATE, 'process.exit(0)', EXIT],
    ['ends the process as it creates', RUN, definition('() => process.exit(0)'), EXIT],
    ['ends the process as it creates', CHECK, definition('() => process.exit(0)'), EXIT],
    ['is never loaded', VALIDATE, 'await new Promise(() => {})', WAIT],
    ['never creates', RUN, definition('() => new Promise(() => {})'), WAIT],
  ])('%s fails, and says so: cairn %s', async (_what, argv, plugin, problem) => {
    using project = projectWith(plugin)

    const { code, stdout, stderr } = await project.cairn(argv)

    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'cairn.error/1',
      error: { code: 'CAIRN_COMMAND_ENDED', message: `\`cairn ${argv[0]}\` ended before it was done: ${problem}.` },
    })
    expect(stderr).toMatch(/^CAIRN_COMMAND_ENDED: /)
    expect(stderr).not.toContain('top-level await')
  })

  it('rejects a promise that nobody awaits fails with that, and without a crash of Node', async () => {
    using project = projectWith(
      definition(`async (_options, { name }) => {
      void Promise.reject('forgotten')
      await new Promise(setImmediate)
      return new MemoryArtifactStore(name)
    }`),
    )

    const { code, stdout, stderr } = await project.cairn(CHECK)

    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CAIRN_ERROR_UNCAUGHT' } })
    expect(stderr).toMatch(/^CAIRN_ERROR_UNCAUGHT: Code that `cairn stack` loaded threw .*forgotten/)
    expect(stderr).not.toContain('node:internal')
  })

  it('prints leaves the JSON of the command alone', async () => {
    using project = projectWith(
      `console.log('hello')\n${definition('(_o, { name }) => new MemoryArtifactStore(name)')}`,
    )

    const { code, stdout, stderr } = await project.cairn(VALIDATE)

    expect({ code, stderr }).toEqual({ code: 0, stderr: 'hello\n' })
    expect(() => JSON.parse(stdout) as unknown).not.toThrow()
  })
})

const STEP_EXITS = PIPELINE.replace('() => 1)', '() => process.exit(Number(process.env.CODE)))').replace(
  "name: 'one',",
  "name: 'one', undeclared: 'off',",
)

describe('process.exit()', () => {
  it.each([
    ['0', 1],
    ['7', 7],
  ])('of %s in a step leaves JSON that says that the run is lost', async (called, expected) => {
    using project = temporaryProject({ 'pipeline.ts': STEP_EXITS })
    const options = { env: { CODE: called } }

    const { code, stdout, stderr } = await project.cairn(['run', 'pipeline.ts', '--json'], options)

    expect(code).toBe(expected)
    expect(JSON.parse(stdout)).toMatchObject({ format: 'cairn.error/1', error: { code: 'CAIRN_RUN_LOST' } })
    expect(stderr.match(/^CAIRN_RUN_LOST: /gm)).toHaveLength(1)
  })

  it('in a sweep leaves that, too', async () => {
    using project = temporaryProject({ 'pipeline.ts': STEP_EXITS })
    project.edit('pipeline.ts', "name: 'p',", "name: 'p', params: z.object({ x: z.number() }),")
    const argv = ['sweep', 'pipeline.ts', '--param', 'x=1,2', '--json']

    const { code, stdout } = await project.cairn(argv, { env: { CODE: '3' } })

    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CAIRN_RUN_LOST' } })
  })

  it.each([
    ['0', 2],
    ['5', 5],
  ])('of %s before there is a run leaves JSON that says so', async (called, expected) => {
    using project = temporaryProject({ 'pipeline.ts': `process.exit(${called})\n${PIPELINE}` })

    const { code, stdout } = await project.cairn(['run', 'pipeline.ts', '--json'])

    expect(code).toBe(expected)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CAIRN_COMMAND_ENDED' } })
  })

  it.each([
    ['completed', '0', 0],
    ['completed', '4', 4],
    ['failed', '0', 1],
    ['failed', '4', 4],
  ])('of a script whose run has %s with %s keeps that run as the answer', async (status, called, expected) => {
    const script = `try { await p.run() } catch {}\nprocess.exit(${called})\n`
    using project = temporaryProject({ 'pipeline.ts': PIPELINE + script })
    if (status === 'failed') project.edit('pipeline.ts', '() => 1)', "() => { throw new Error('bad') })")

    const json = await project.cairn(['run', 'pipeline.ts', '--json'])
    const text = await project.cairn(['run', 'pipeline.ts'])

    expect(json.code).toBe(expected)
    expect(JSON.parse(json.stdout)).toMatchObject({ format: 'cairn.run/1', status })
    expect(text).toMatchObject({ code: expected, stderr: '' })
  })

  it('of a script is no end where the report is still to be written', async () => {
    using project = temporaryProject({ 'pipeline.ts': `${PIPELINE}await p.run()\nprocess.exit(0)\n` })

    const { code, stderr } = await project.cairn(['run', 'pipeline.ts', '--report', 'report.json'])

    expect(code).toBe(2)
    expect(stderr).toContain('CAIRN_COMMAND_ENDED')
  })
})
