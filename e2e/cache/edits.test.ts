import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { TemporaryProject } from '../project/temporary-project.ts'
import { TABLE_RESULT, TABLE_STEPS, tableProject } from './table-project.ts'

interface Row {
  readonly edit: string
  readonly apply: (project: TemporaryProject) => void
  /** What has to run, no more and no less. */
  readonly reruns: readonly string[]
  /** How the result differs from that before the edit. */
  readonly result?: Partial<typeof TABLE_RESULT>
}

const replace =
  (file: string, from: string, to: string) =>
  (project: TemporaryProject): void =>
    project.edit(file, from, to)
const upgrade = (name: string): Row['apply'] =>
  replace(`node_modules/${name}/package.json`, '"version":"1.0.0"', '"version":"1.1.0"')

const BODIES: readonly Row[] = [
  { edit: 'nothing', apply: () => undefined, reruns: [] },
  {
    edit: 'the body of a step that gives the same bytes',
    apply: replace('src/source.ts', '[...NUMBERS]', 'NUMBERS.slice()'),
    reruns: ['source'],
  },
  {
    edit: 'the body of a step whose follower gives the same bytes',
    apply: replace('src/source.ts', '[3, 1, 2]', '[2, 3, 1]'),
    reruns: ['source', 'sorted'],
  },
  {
    edit: 'the body of the first step so that all bytes change',
    apply: replace('src/source.ts', '[3, 1, 2]', '[3, 1, 4]'),
    reruns: TABLE_STEPS,
    result: {
      sorted: [1, 3, 4],
      scaled: [11, 31, 41],
      labelled: 'Sizes: 11 m, 31 m, 41 m',
      described: '<Sizes: 11 m, 31 m, 41 m>',
      opened: 8,
    },
  },
  {
    edit: 'a helper in the same file that the step calls through another one',
    apply: replace('src/sorted.ts', 'a - b', 'b - a'),
    reruns: ['sorted', 'scaled', 'labelled', 'described', 'boxed'],
    result: {
      sorted: [3, 2, 1],
      scaled: [31, 21, 11],
      labelled: 'Sizes: 31 m, 21 m, 11 m',
      described: '<Sizes: 31 m, 21 m, 11 m>',
    },
  },
]

const scaledBy = (scaled: number[]): Partial<typeof TABLE_RESULT> => {
  const labelled = `Sizes: ${scaled.map((number) => `${number} m`).join(', ')}`
  return { scaled, labelled, described: `<${labelled}>` }
}
const SCALED = ['scaled', 'labelled', 'described']

const IMPORTS: readonly Row[] = [
  {
    edit: 'a helper in another file behind `export *`',
    apply: replace('src/arithmetic/multiply.ts', 'a * b', 'a * b * 2'),
    reruns: SCALED,
    result: scaledBy([21, 41, 61]),
  },
  {
    edit: 'a helper in another file behind a rename',
    apply: replace('src/arithmetic/plus.ts', 'a + b', 'a - b'),
    reruns: SCALED,
    result: scaledBy([9, 19, 29]),
  },
  {
    edit: 'a helper whose result stays the same',
    apply: replace('src/arithmetic/plus.ts', 'a + b', 'b + a'),
    reruns: ['scaled'],
  },
  {
    edit: 'the barrel, which leads to another file',
    apply: (project) => {
      project.write({ 'src/arithmetic/plus-plus.ts': 'export const plus = (a: number, b: number) => a + b + 1\n' })
      project.edit('src/arithmetic/index.ts', './plus.ts', './plus-plus.ts')
    },
    reruns: SCALED,
    result: scaledBy([12, 22, 32]),
  },
  {
    edit: 'a helper behind a dynamic import',
    apply: replace('src/describe.ts', "'<' + text + '>'", "'(' + text + ')'"),
    reruns: ['described'],
    result: { described: '(Sizes: 11 m, 21 m, 31 m)' },
  },
]

const VALUES: readonly Row[] = [
  {
    edit: 'a top-level constant',
    apply: replace('src/constants.ts', '1', '2'),
    reruns: SCALED,
    result: scaledBy([12, 22, 32]),
  },
  {
    edit: 'a method of a class',
    apply: replace('src/formatter.ts', "', '", "'; '"),
    reruns: ['labelled', 'described'],
    result: { labelled: 'Sizes: 11 m; 21 m; 31 m', described: '<Sizes: 11 m; 21 m; 31 m>' },
  },
  {
    edit: 'an object that stands for an enum',
    apply: replace('src/unit.ts', "'m'", "'cm'"),
    reruns: ['labelled', 'described'],
    result: { labelled: 'Sizes: 11 cm, 21 cm, 31 cm', described: '<Sizes: 11 cm, 21 cm, 31 cm>' },
  },
  {
    edit: 'an imported JSON file',
    apply: replace('src/labels.json', 'Sizes', 'Widths'),
    reruns: ['labelled', 'described'],
    result: { labelled: 'Widths: 11 m, 21 m, 31 m', described: '<Widths: 11 m, 21 m, 31 m>' },
  },
  {
    edit: 'the default of a parameter that is in force',
    apply: replace('src/scaled.ts', 'default(10)', 'default(20)'),
    reruns: SCALED,
    result: scaledBy([21, 41, 61]),
  },
]

const TYPES: readonly Row[] = [
  {
    edit: 'the schema of an output',
    apply: replace('src/scaled.ts', 'output: z.array(z.number())', 'output: z.array(z.number().min(0))'),
    reruns: ['scaled'],
  },
  {
    edit: 'the version of a custom materializer',
    apply: replace('src/box.ts', 'version: 1', 'version: 2'),
    reruns: ['boxed', 'opened'],
  },
  {
    edit: 'the format that a custom materializer writes and reads',
    apply: (project) => {
      project.edit('src/box.ts', "'box '", "'total '")
      project.edit('src/box.ts', 'slice(4)', 'slice(6)')
    },
    reruns: ['boxed', 'opened'],
  },
]

const INSTALLED: readonly Row[] = [
  {
    edit: 'the version of an npm package that a step reaches',
    apply: (project) => {
      upgrade('round-up')(project)
      project.edit('node_modules/round-up/index.js', 'Math.ceil(number)', 'Math.ceil(number) + 1')
    },
    reruns: ['boxed', 'opened'],
    result: { opened: 7 },
  },
  {
    edit: 'the version of a dependency of such a package',
    apply: upgrade('round-down'),
    // Both steps are in one file, and files are what counts.
    reruns: ['boxed', 'opened'],
  },
  { edit: 'the version of an npm package that no step reaches', apply: upgrade('unreached'), reruns: [] },
]

describe('between two runs', () => {
  let base: TemporaryProject

  beforeAll(async () => {
    base = tableProject()
    const first = await base.run('src/pipeline.ts', { node: true })
    expect(first).toMatchObject({ stderr: '', code: 0, steps: TABLE_STEPS, result: TABLE_RESULT })
  })

  afterAll(() => base[Symbol.dispose]())

  const rows = [...BODIES, ...IMPORTS, ...VALUES, ...TYPES, ...INSTALLED]
  it.each(rows.map((row) => [row.edit, row.reruns.join(', ') || 'nothing', row] as const))(
    'an edit to %s reruns %s',
    async (_edit, _steps, { apply, reruns, result }) => {
      using project = base.copy()
      apply(project)

      const rerun = await project.run('src/pipeline.ts', { node: true })
      const again = await project.run('src/pipeline.ts', { node: true })

      expect(rerun).toMatchObject({
        stderr: '',
        code: 0,
        steps: reruns.toSorted(),
        result: { ...TABLE_RESULT, ...result },
      })
      expect(again).toMatchObject({ code: 0, steps: [], result: rerun.result })
    },
  )
})
