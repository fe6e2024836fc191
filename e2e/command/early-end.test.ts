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
