import { OUTSIDE_STEPS } from './outside-project.ts'
import { all, replace, type Edit } from './table-row.ts'

/** A change between two runs and the words for it. */
export interface ExplainedRow {
  readonly edit: string
  readonly apply?: Edit
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The step that runs for it. */
  readonly step: string
  /** Why it runs, after `runs: ` in a plan and in the lines of a run, and after `ran: ` in an explanation. */
  readonly reason: string
  /** Whether a plan knows it before anything has run. @default true */
  readonly isPlanned?: boolean
}

const FIRST = '(against run first)'
const upgrade = (name: string): Edit =>
  replace(`node_modules/${name}/package.json`, '"version":"1.0.0"', '"version":"1.1.0"')

/** Edits of the project of the table. */
export const EXPLAINED_TABLE_ROWS: readonly ExplainedRow[] = [
  {
    edit: 'the function of a step',
    apply: replace('src/source.ts', '[...NUMBERS]', 'NUMBERS.slice()'),
    step: 'source',
    reason: `function source (src/source.ts) changed ${FIRST}`,
  },
  {
    edit: 'a function',
    apply: replace('src/arithmetic/plus.ts', 'a + b', 'b + a'),
    step: 'scaled',
    reason: `function plus (src/arithmetic/plus.ts) changed ${FIRST}`,
  },
  {
    edit: 'a constant',
    apply: replace('src/constants.ts', '1', '2'),
    step: 'scaled',
    reason: `constant OFFSET (src/constants.ts) changed ${FIRST}`,
  },
  {
    edit: 'a class',
    apply: replace('src/formatter.ts', "', '", "'; '"),
    step: 'labelled',
    reason: `class Formatter (src/formatter.ts) changed ${FIRST}`,
  },
  {
    edit: 'a JSON file',
    apply: replace('src/labels.json', 'Sizes', 'Widths'),
    step: 'labelled',
    reason: `file src/labels.json changed ${FIRST}`,
  },
  {
    edit: 'a function and a constant',
    apply: all(replace('src/constants.ts', '1', '2'), replace('src/arithmetic/multiply.ts', 'a * b', 'b * a')),
    step: 'scaled',
    reason: `function multiply (src/arithmetic/multiply.ts) changed and constant OFFSET (src/constants.ts) changed ${FIRST}`,
  },
  { edit: 'a parameter', args: ['--param', 'factor=3'], step: 'scaled', reason: `parameter factor 10 -> 3 ${FIRST}` },
  {
    edit: 'the default of a parameter',
    apply: replace('src/scaled.ts', 'default(10)', 'default(20)'),
    step: 'scaled',
    reason: `parameter factor 10 -> 20 ${FIRST}`,
  },
  {
    edit: 'what a step before it gives',
    apply: replace('src/constants.ts', '1', '2'),
    step: 'labelled',
    reason: `input numbers changed (from scaled, which ran again) ${FIRST}`,
    isPlanned: false,
  },
  {
    edit: 'a package',
    apply: upgrade('round-up'),
    step: 'boxed',
    reason: `package round-up 1.0.0 -> 1.1.0 ${FIRST}`,
  },
  {
    edit: 'a package below a package',
    apply: upgrade('round-down'),
    step: 'boxed',
    reason: `a package below round-up changed: round-down 1.0.0 -> 1.1.0 ${FIRST}`,
  },
  {
    edit: 'the version of a materializer',
    apply: replace('src/box.ts', 'version: 1', 'version: 2'),
    step: 'boxed',
    reason: `type of the output box@1 -> box@2; code of the type of the output changed: constant boxType (src/box.ts) changed ${FIRST}`,
  },
  {
    edit: 'the code of a materializer',
    apply: replace('src/mark.ts', "'box '", "'total '"),
    step: 'boxed',
    reason: `code of the type of the output changed: constant MARK (src/mark.ts) changed ${FIRST}`,
  },
  {
    edit: 'the code of the type of an input',
    apply: replace('src/labelled.ts', '>= 0', '>= 1'),
    step: 'labelled',
    reason: `code of the type of input numbers changed: type labelled (src/labelled.ts) changed ${FIRST}`,
  },
  {
    edit: 'a result that is forced',
    args: ['--refresh', 'sorted'],
    step: 'sorted',
    reason: 'forced (--force or --refresh)',
  },
  {
    edit: 'an output that is gone',
    apply: (project) => project.remove('.cairn/artifacts/blobs'),
    step: 'source',
    reason: 'output gone (made by run first)',
  },
  {
    edit: 'an index that is gone',
    apply: (project) => {
      project.remove('.cairn/cache.sqlite')
      project.remove('.cairn/artifacts/cache')
    },
    step: 'source',
    reason: 'entry gone (made by run first)',
  },
  {
    edit: 'a step that is off',
    apply: replace('src/pipeline.ts', 'source()', 'source.with({ cache: false })()'),
    step: 'source',
    reason: 'not cached: its cache is off',
  },
]

/** Changes of the project of the outside. */
export const EXPLAINED_OUTSIDE_ROWS: readonly ExplainedRow[] = [
  {
    edit: 'declared files',
    apply: all(replace('data/a.csv', 'a', 'c'), (project) => project.write({ 'data/c.csv': 'c\n' })),
    step: 'filed',
    reason: `file data/a.csv changed and file data/c.csv is new ${FIRST}`,
  },
  {
    edit: 'a declared variable',
    env: { RATE: '2' },
    step: 'tuned',
    reason: `environment variable RATE changed ${FIRST}`,
  },
  {
    edit: 'a variable that the code reads',
    env: { MODE: 'slow' },
    step: 'moded',
    reason: `environment variable MODE changed ${FIRST}`,
  },
  {
    edit: 'an own key',
    apply: replace('key.txt', 'one', 'two'),
    step: 'keyed',
    reason: `what its own key() gives changed ${FIRST}`,
  },
  {
    edit: 'the version that stands for the code',
    apply: replace(OUTSIDE_STEPS, "codeVersion: '3'", "codeVersion: '4'"),
    step: 'versioned',
    reason: `codeVersion 3 -> 4 ${FIRST}`,
  },
  {
    edit: 'a version that stands for the code where none did',
    apply: replace(OUTSIDE_STEPS, "name: 'tuned'", "name: 'tuned', codeVersion: '1'"),
    step: 'tuned',
    reason: `codeVersion 1 replaces the code ${FIRST}`,
  },
]

/** Changes of the project of factories. */
export const EXPLAINED_CAPTURED_ROWS: readonly ExplainedRow[] = [
  {
    edit: 'a captured value',
    apply: replace('main.ts', 'giving(1)', 'giving(3)'),
    step: 'giving',
    reason: `captured value amount 1 -> 3 ${FIRST}`,
  },
  {
    edit: 'a captured object',
    apply: replace('main.ts', 'b: 1', 'b: 2'),
    step: 'printing (object)',
    reason: `captured value value changed ${FIRST}`,
  },
]
