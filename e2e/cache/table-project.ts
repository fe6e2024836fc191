import { temporaryProject, type ProjectFiles, type TemporaryProject } from '../project/temporary-project.ts'
import type { TableSubject } from './table-row.ts'

/** The steps of the project, sorted. */
export const TABLE_STEPS = ['boxed', 'described', 'labelled', 'opened', 'scaled', 'sorted', 'source']

/** What the program prints as its result while nothing is edited. */
export const TABLE_RESULT = {
  sorted: [1, 2, 3],
  scaled: [11, 21, 31],
  labelled: 'Sizes: 11 m, 21 m, 31 m',
  described: '<Sizes: 11 m, 21 m, 31 m>',
  opened: 6,
}

/** The project with what it does. */
export const TABLE_SUBJECT: TableSubject = {
  make: tableProject,
  main: 'src/pipeline.ts',
  steps: TABLE_STEPS,
  result: TABLE_RESULT,
}

/** A project of several files whose steps have parameters, types of their own and packages. */
export function tableProject(): TemporaryProject {
  return temporaryProject({ ...PIPELINE, ...STEPS, ...CODE, ...PACKAGES })
}

const PIPELINE: ProjectFiles = {
  'src/pipeline.ts': `import { pipeline } from 'cairnml'
import { print } from 'printer'
import { z } from 'zod'

import { boxed, opened } from './boxed.ts'
import { described } from './described.ts'
import { labelled } from './labelled.ts'
import { scaled } from './scaled.ts'
import { sorted } from './sorted.ts'
import { source } from './source.ts'

export const table = pipeline({
  name: 'table',
  params: z.object({ factor: z.number().optional() }),
  build: ({ factor }) => {
    const numbers = source()
    const ordered = sorted({ numbers })
    const larger = scaled({ numbers: ordered, ...(factor === undefined ? {} : { factor }) })
    const text = labelled({ numbers: larger })
    const line = described({ text })
    const box = boxed({ numbers: ordered })
    return { sorted: ordered, scaled: larger, labelled: text, described: line, opened: opened({ box }) }
  },
})

const { result } = await table.run()
const values: Record<string, unknown> = {}
for (const [name, value] of Object.entries(result)) values[name] = await value.load()
console.log('RESULT ' + JSON.stringify(values))
print('done')
`,
}

const STEPS: ProjectFiles = {
  'src/source.ts': `import { step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const NUMBERS = [3, 1, 2]

export const source = step({ name: 'source', output: z.array(z.number()) }).implement(() => {
  ran('source')
  return [...NUMBERS]
})
`,
  'src/sorted.ts': `import { step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const compare = (a: number, b: number): number => a - b
const inOrder = (numbers: readonly number[]): number[] => numbers.toSorted(compare)

export const sorted = step({
  name: 'sorted',
  params: z.object({ most: z.number().default(9) }),
  inputs: { numbers: z.array(z.number()) },
  output: z.array(z.number()),
}).implement(({ most, numbers }) => {
  ran('sorted')
  return inOrder(numbers).slice(0, most)
})
`,
  'src/scaled.ts': `import { step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

import { add, multiply } from './arithmetic/index.ts'
import { OFFSET } from './constants.ts'
import { sizes } from './sizes.ts'

export const scaled = step({
  name: 'scaled',
  params: z.object({ factor: z.number().default(10) }),
  inputs: { numbers: z.array(z.number()) },
  output: sizes,
}).implement(({ factor, numbers }) => {
  ran('scaled')
  return numbers.map((number) => add(multiply(number, factor), OFFSET))
})
`,
  'src/labelled.ts': `import { step, text } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

import { Formatter } from './formatter.ts'
import labels from './labels.json' with { type: 'json' }
import { Unit } from './unit.ts'

export const labelled = step({
  name: 'labelled',
  inputs: { numbers: z.array(z.number().refine((number) => number >= 0)) },
  output: text,
}).implement(({ numbers }) => {
  ran('labelled')
  return labels.title + ': ' + new Formatter(Unit.Metre).all(numbers)
})
`,
  'src/described.ts': `import { step, text } from 'cairnml'
import { ran } from 'execution-log'

export const described = step({ name: 'described', inputs: { text }, output: text }).implement(async (given) => {
  ran('described')
  const { describe } = await import('./describe.ts')
  return describe(given.text)
})
`,
  'src/boxed.ts': `import { step } from 'cairnml'
import { ran } from 'execution-log'
import { roundUp } from 'round-up'
import { half } from 'unused-import'
import type { Rounding } from 'only-types'
import { z } from 'zod'

import { Box, boxType } from './box.ts'

export type Mode = Rounding

export const boxed = step({
  name: 'boxed',
  inputs: { numbers: z.array(z.number()) },
  output: boxType,
}).implement(({ numbers }) => {
  ran('boxed')
  return new Box(roundUp(numbers.reduce((sum, number) => sum + number, 0)))
})

export const halved = (number: number): number => half(number)

export const opened = step({ name: 'opened', inputs: { box: boxType }, output: z.number() }).implement(({ box }) => {
  ran('opened')
  return box.total
})
`,
}

const CODE: ProjectFiles = {
  'src/arithmetic/index.ts': `export * from './multiply.ts'
export { plus as add } from './plus.ts'
`,
  'src/arithmetic/multiply.ts': `export const multiply = (a: number, b: number): number => a * b
export const unrelated = (a: number): number => -a
`,
  'src/arithmetic/plus.ts': 'export const plus = (a: number, b: number): number => a + b\n',
  'src/constants.ts': 'export const OFFSET = 1\n',
  'src/unit.ts': "export const Unit = { Metre: 'm', Foot: 'ft' } as const\n",
  'src/formatter.ts': `export class Formatter {
  readonly #unit: string

  constructor(unit: string) {
    this.#unit = unit
  }

  one(number: number): string {
    return number + ' ' + this.#unit
  }

  all(numbers: readonly number[]): string {
    return numbers.map((number) => this.one(number)).join(', ')
  }
}
`,
  'src/labels.json': '{ "title": "Sizes" }\n',
  'src/describe.ts': "export const describe = (text: string): string => '<' + text + '>'\n",
  'src/sizes.ts': `import { z } from 'zod'

const isSize = (number: number): boolean => number >= 0

export const sizes = z.array(z.number().refine(isSize))
`,
  'src/mark.ts': "export const MARK = 'box '\n",
  'src/box.ts': `import { materializer } from 'cairnml'

import { MARK } from './mark.ts'

export class Box {
  readonly total: number

  constructor(total: number) {
    this.total = total
  }
}

export const boxType = materializer<Box>({
  name: 'box',
  version: 1,
  write: (box, files) => files.write('box.txt', MARK + box.total),
  read: async (files) => new Box(Number((await files.text()).slice(MARK.length))),
})
`,
}

const PACKAGES: ProjectFiles = {
  ...installed('round-up', { 'round-down': '*' }),
  'node_modules/round-up/index.js': 'export const roundUp = (number) => Math.ceil(number)\n',
  ...installed('round-down', {}),
  'node_modules/round-down/index.js': 'export const roundDown = (number) => Math.floor(number)\n',
  ...installed('unused-import', {}),
  'node_modules/unused-import/index.js': 'export const half = (number) => number / 2\n',
  ...installed('only-types', {}),
  'node_modules/only-types/index.js': 'export {}\n',
  ...installed('printer', {}),
  'node_modules/printer/index.js': 'export const print = (text) => console.log(text)\n',
  ...installed('unreached', {}),
  'node_modules/unreached/index.js': 'export const unreached = true\n',
}

function installed(name: string, dependencies: Readonly<Record<string, string>>): ProjectFiles {
  const manifest = { name, version: '1.0.0', type: 'module', main: 'index.js', dependencies }
  return { [`node_modules/${name}/package.json`]: JSON.stringify(manifest) }
}
