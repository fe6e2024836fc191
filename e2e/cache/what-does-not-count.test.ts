import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { TemporaryProject } from '../project/temporary-project.ts'
import { TABLE_RESULT, TABLE_STEPS, tableProject } from './table-project.ts'

type Edit = (project: TemporaryProject) => void

const PIPELINE = 'src/pipeline.ts'
const replace =
  (from: string, to: string): Edit =>
  (project) =>
    project.edit(PIPELINE, from, to)

const OPTIONS = `{
  retry: { attempts: 3, delay: '1ms' },
  timeout: '1m',
  tags: ['edited'],
  resources: { cpu: 2 },
  onStart: () => undefined,
  onSuccess: () => undefined,
  onFailure: () => undefined,
}`

const FREE: readonly (readonly [string, Edit])[] = [
  [
    'retry, timeout, tags, resources and hooks of a step',
    replace('sorted({ numbers })', `sorted.with(${OPTIONS})({ numbers })`),
  ],
  ['the same options of the pipeline', replace("name: 'table',", `name: 'table', ...${OPTIONS},`)],
  [
    'the same options of the run',
    replace('table.run()', "table.run({}, { steps: { sorted: { retry: { attempts: 2 }, timeout: '9s' } } })"),
  ],
  ['the name of the pipeline', replace("name: 'table'", "name: 'renamed'")],
  ['the id of a call', replace('source()', "source({}, { id: 'first' })")],
  [
    'the order of independent steps',
    (project) => {
      const line = '    const box = boxed({ numbers: ordered })\n'
      project.edit(PIPELINE, line, '')
      project.edit(PIPELINE, '    const larger', `${line}    const larger`)
    },
  ],
  [
    'a parameter that is given its default',
    replace('...(factor === undefined ? {} : { factor })', 'factor: factor ?? 10'),
  ],
  [
    'the pipeline, which puts a new step beside the others',
    (project) => {
      project.write({
        'src/greeting.ts': `import { step, text } from 'cairnml'
export const greeting = step({ name: 'greeting', output: text }).implement(() => 'hello')
`,
      })
      project.edit(PIPELINE, 'const numbers', 'greeting()\n    const numbers')
      project.edit(PIPELINE, 'import { z }', "import { greeting } from './greeting.ts'\nimport { z }")
    },
  ],
  [
    'the file of the pipeline, which moves',
    (project) => {
      project.write({ 'pipelines/table.ts': project.read(PIPELINE).replaceAll("from './", "from '../src/") })
      project.write({ [PIPELINE]: "await import('../pipelines/table.ts')\n" })
    },
  ],
]

interface Coarse {
  readonly edit: string
  readonly apply: Edit
  /** The steps whose file reaches the edited one; no other may run. */
  readonly mayRerun: readonly string[]
}

const COARSE: readonly Coarse[] = [
  {
    edit: 'a comment',
    apply: (project) => project.edit('src/sorted.ts', 'const inOrder', '// Smallest first.\nconst inOrder'),
    mayRerun: ['sorted'],
  },
  {
    edit: 'white space',
    apply: (project) => project.edit('src/sorted.ts', 'a - b', 'a  -  b'),
    mayRerun: ['sorted'],
  },
  {
    edit: 'a type annotation',
    apply: (project) => project.edit('src/formatter.ts', 'all(numbers: readonly number[])', 'all(numbers: number[])'),
    mayRerun: ['labelled'],
  },
  {
    edit: 'the order of imports',
    apply: (project) => {
      project.edit('src/scaled.ts', "import { OFFSET } from './constants.ts'\n", '')
      project.edit(
        'src/scaled.ts',
        "import { z } from 'zod'",
        "import { OFFSET } from './constants.ts'\nimport { z } from 'zod'",
      )
    },
    mayRerun: ['scaled'],
  },
  {
    edit: 'an unrelated function of an imported file',
    apply: (project) => project.edit('src/arithmetic/multiply.ts', '=> -a', '=> +a'),
    mayRerun: ['scaled'],
  },
  {
    edit: 'another step of the same file',
    apply: (project) => project.edit('src/boxed.ts', 'return box.total', 'return box.total + 0'),
    mayRerun: ['boxed', 'opened'],
  },
  {
    edit: 'the default of a parameter that the call gives',
    apply: (project) => {
      project.edit(PIPELINE, '...(factor === undefined ? {} : { factor })', 'factor: 10')
      project.edit('src/scaled.ts', 'default(10)', 'default(20)')
    },
    mayRerun: ['scaled'],
  },
]

describe('between two runs', () => {
  let base: TemporaryProject

  beforeAll(async () => {
    base = tableProject()
    const first = await base.run(PIPELINE, { node: true })
    expect(first).toMatchObject({ stderr: '', code: 0, steps: TABLE_STEPS, result: TABLE_RESULT })
  })

  afterAll(() => base[Symbol.dispose]())

  it.each(FREE)('an edit to %s reruns nothing', async (_, apply) => {
    using project = base.copy()
    apply(project)

    const rerun = await project.run(PIPELINE, { node: true })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: [], result: TABLE_RESULT })
  })

  it.each(COARSE.map((row) => [row.edit, row.mayRerun.join(', '), row] as const))(
    'an edit to %s keeps the result, %s may rerun',
    async (_edit, _steps, { apply, mayRerun }) => {
      using project = base.copy()
      apply(project)

      const rerun = await project.run(PIPELINE, { node: true })

      expect(rerun).toMatchObject({ stderr: '', code: 0, result: TABLE_RESULT })
      expect(mayRerun).toEqual(expect.arrayContaining([...rerun.steps]))
    },
  )

  it('another pipeline in another file reuses the steps of the first', async () => {
    using project = base.copy()
    project.write({
      'src/other.ts': `import { pipeline } from 'cairnml'
import { sorted } from './sorted.ts'
import { source } from './source.ts'

const other = pipeline({ name: 'other', build: () => sorted({ numbers: source() }) })
const run = await other.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
    })

    const other = await project.run('src/other.ts', { node: true })

    expect(other).toMatchObject({ stderr: '', code: 0, steps: [], result: [1, 2, 3] })
  })

  it('a parameter reruns its step and those below whose bytes change, and the old value is still known', async () => {
    using project = base.copy()
    const labelled = 'Sizes: 4 m, 7 m, 10 m'

    const changed = await project.run(PIPELINE, { args: ['--param', 'factor=3'] })
    const back = await project.run(PIPELINE, { args: ['--param', 'factor=10'] })
    const again = await project.run(PIPELINE, { args: ['-p', 'factor=3'] })

    const result = { ...TABLE_RESULT, scaled: [4, 7, 10], labelled, described: `<${labelled}>` }
    expect(changed).toMatchObject({ code: 0, steps: ['described', 'labelled', 'scaled'], result })
    expect(back).toMatchObject({ code: 0, steps: [], result: TABLE_RESULT })
    expect(again).toMatchObject({ code: 0, steps: [], result })
  })
})
