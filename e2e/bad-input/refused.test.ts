import { describe, expect, it } from 'vitest'

import { storedRuns } from '../project/local-state.ts'
import { temporaryProject, type ProjectFiles } from '../project/temporary-project.ts'

const HEAD = `import { external, matrix, pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'
import { load } from './load.ts'
`

const FILES: ProjectFiles = {
  'load.ts': `import { step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

export const load = step({ name: 'load', output: z.number() }).implement(() => {
  ran('load')
  return 1
})
`,
  'good.ts': `import { pipeline } from 'cairnml'
import { load } from './load.ts'

const p = pipeline({ name: 'good', build: () => load() })
const run = await p.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
}

interface Mistake {
  readonly mistake: string
  /** What follows the imports of the program. */
  readonly program: string
  readonly message: RegExp
}

const PARAMETERS: readonly Mistake[] = [
  {
    mistake: 'a parameter of the wrong type',
    program: `const half = step({ name: 'half', params: z.object({ of: z.number() }), output: z.number() }).implement(({ of }) => of / 2)
await pipeline({ name: 'p', build: () => half({ of: 'four' as never }) }).run()`,
    message: /^CAIRN_PARAMETER_INVALID: Step "half" of pipeline "p" .*"of".*\(was "four"\)/,
  },
  {
    mistake: 'a parameter deep in an object',
    program: `const params = z.object({ model: z.object({ layers: z.array(z.number()) }) })
await pipeline({ name: 'p', params, build: () => load() }).run({ model: { layers: [1, 'two' as never] } })`,
    message: /^CAIRN_PARAMETER_INVALID: Pipeline "p" .*"model\.layers\.1".*\(was "two"\)/,
  },
  {
    mistake: 'an unknown parameter',
    program: `const params = z.object({ gamma: z.number().default(1) })
await pipeline({ name: 'p', params, build: () => load() }).run({ gama: 2 } as never)`,
    message: /^CAIRN_PARAMETER_UNKNOWN: .*"gama".*Did you mean "gamma"\?/,
  },
  {
    mistake: 'a parameter that is no plain data',
    program: `const params = z.object({ made: z.any() })
await pipeline({ name: 'p', params, build: () => load() }).run({ made: new Map() })`,
    message: /^CAIRN_VALUE_NOT_PLAIN: .*"made"/,
  },
]

const GRAPHS: readonly Mistake[] = [
  {
    mistake: 'a cycle through `after`',
    program: `await pipeline({ name: 'p', build: () => {
  load({}, { id: 'first', after: { id: 'second' } as never })
  load({}, { id: 'second', after: { id: 'first' } as never })
} }).run()`,
    message: /^CAIRN_GRAPH_CYCLE: Pipeline "p" has a cycle: first -> second -> first\./,
  },
  {
    mistake: 'two outputs that differ in case only',
    program: `step({ name: 'twins', outputs: { model: z.number(), Model: z.number() } })`,
    message: /^CAIRN_PORT_TWICE: Step "twins" .*"(?:model|Model)"/,
  },
  {
    mistake: 'a name that is a parameter and an input',
    program: `step({ name: 'both', params: z.object({ x: z.number() }), inputs: { x: z.number() } })`,
    message: /^CAIRN_PORT_TWICE: Step "both" .*"x"/,
  },
  {
    mistake: 'a result that is used as a value',
    program: "await pipeline({ name: 'p', build: () => { console.error(`accuracy ${load()}`) } }).run()",
    message: /^CAIRN_HANDLE_AS_VALUE: .*step "load"/,
  },
  {
    mistake: 'a build that is async',
    program: `await pipeline({ name: 'p', build: (async () => load()) as never }).run()`,
    message: /^CAIRN_BUILD_ASYNC: .*"p"/,
  },
  {
    mistake: 'a step that is called outside of a build',
    program: `load()`,
    message: /^CAIRN_OUTSIDE_BUILD: The step "load"/,
  },
  {
    mistake: 'an input that is missing',
    program: `const use = step({ name: 'use', inputs: { number: z.number() } }).implement(() => undefined)
await pipeline({ name: 'p', build: () => { use({} as never) } }).run()`,
    message: /^CAIRN_INPUT_MISSING: .*"number"/,
  },
  {
    mistake: 'an input that is a plain value',
    program: `const use = step({ name: 'use', inputs: { number: z.number() } }).implement(() => undefined)
await pipeline({ name: 'p', build: () => { use({ number: 3 as never }) } }).run()`,
    message: /^CAIRN_INPUT_NOT_HANDLE: .*"number"/,
  },
  {
    mistake: 'an input of another stored type',
    program: `const use = step({ name: 'use', inputs: { m: matrix } }).implement(() => undefined)
await pipeline({ name: 'p', build: () => { use({ m: load() as never }) } }).run()`,
    message: /^CAIRN_INPUT_TYPE: .*"m"/,
  },
  {
    mistake: 'a name with a slash',
    program: `step({ name: 'a/b' })`,
    message: /^CAIRN_NAME_INVALID: The step name "a\/b"/,
  },
  {
    mistake: 'an output whose type is nothing',
    program: `step({ name: 's', output: undefined as never, outputs: { x: 'number' as never } })`,
    message: /^CAIRN_DECLARATION_INVALID: /,
  },
  {
    mistake: 'an option of the run that does not exist',
    program: `await pipeline({ name: 'p', build: () => load() }).run({}, { nmae: 'x' } as never)`,
    message: /^CAIRN_RUN_OPTION_UNKNOWN: .*"nmae".*Did you mean "name"\?/,
  },
  {
    mistake: 'a stack that does not exist',
    program: `await pipeline({ name: 'p', build: () => load() }).run({}, { stack: 'production' })`,
    message: /^CAIRN_STACK_UNKNOWN: .*"production"/,
  },
  {
    mistake: 'a plugin that is not installed',
    program: `await pipeline({ name: 'p', build: () => load() }).run({}, { stack: { name: 's', artifactStore: { use: 'nowhere' } } })`,
    message: /^CAIRN_PLUGIN_MISSING: .*"nowhere".*\nInstall it: npx cairn plugin add nowhere\n/,
  },
  {
    mistake: 'a file from outside that is not there',
    program: `const use = step({ name: 'use', inputs: { m: matrix } }).implement(() => undefined)
await pipeline({ name: 'p', build: () => { use({ m: external(matrix, { file: 'missing.npy' }) }) } }).run()`,
    message: /^CAIRN_FILE_MISSING: .*missing\.npy/,
  },
]

const WAYS = [
  ['cairn run', { node: false }],
  ['node', { node: true }],
] as const

const TWO_LINES = /^[^\n]+\n[^\n]+\n$/
/** The command says besides where there is more; a program is not told of the command. */
const TWO_LINES_AND_MORE = /^[^\n]+\n[^\n]+\nMore: cairn help CAIRN_\w+\n$/

describe.each(WAYS)('under %s', (_, way) => {
  it.each([...PARAMETERS, ...GRAPHS].map((row) => [row.mistake, row] as const))(
    '%s is refused before anything runs',
    async (_mistake, { program, message }) => {
      using project = temporaryProject({ ...FILES, 'bad.ts': `${HEAD}\n${program}\n` })
      await project.run('good.ts', way)

      const refused = await project.run('bad.ts', way)
      const good = await project.run('good.ts', way)

      expect(refused).toMatchObject({ code: 2, stdout: '', steps: [] })
      expect(refused.stderr).toMatch(message)
      expect(refused.stderr).toMatch(way.node ? TWO_LINES : TWO_LINES_AND_MORE)
      expect(good).toMatchObject({ code: 0, stderr: '', steps: [], result: 1 })
      expect(storedRuns(project).map(({ status }) => status)).toEqual(['completed', 'cached'])
    },
  )

  it('a run name that is taken is refused before anything runs', async () => {
    using project = temporaryProject(FILES)
    project.edit('good.ts', 'p.run()', "p.run({}, { name: 'once' })")
    const first = await project.run('good.ts', way)

    const second = await project.run('good.ts', way)

    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(second).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(second.stderr).toMatch(/^CAIRN_RUN_NAME_TAKEN: A run named "once" exists already\.\n/)
    expect(storedRuns(project)).toHaveLength(1)
  })
})
