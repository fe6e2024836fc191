import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'
import type { TableSubject } from './table-row.ts'

/** The file that holds everything: steps, what they use, the pipeline and its run. */
export const ONE_FILE = 'main.ts'

/** A project of one file, as most begin. */
export const ONE_FILE_SUBJECT: TableSubject = {
  make: oneFileProject,
  main: ONE_FILE,
  steps: ['limited', 'numbers', 'scaled', 'titled', 'total'],
  result: { numbers: [3, 1, 2], limited: [1, 2], scaled: [40, 80], total: 120, titled: 'Sum: 120 cm' },
}

function oneFileProject(): TemporaryProject {
  return temporaryProject({ [ONE_FILE]: SOURCE })
}

const SOURCE = `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const list = z.array(z.number())

const LIMIT = 2
const UNUSED = 7
const Unit = { Metre: 'm', Centimetre: 'cm' } as const
const words = { sum: 'Sum', product: 'Product' }

const twice = (number: number): number => number * 2
const fourfold = (number: number): number => twice(twice(number))
function isSmall(number: number): boolean {
  return number <= LIMIT
}
function unrelated(number: number): number {
  return number + UNUSED
}

class Writer {
  readonly #unit: string

  constructor(unit: string) {
    this.#unit = unit
  }

  text(number: number): string {
    return number + ' ' + this.#unit
  }
}

const numbers = step({ name: 'numbers', output: list }).implement(() => {
  ran('numbers')
  return [3, 1, 2]
})

const limited = step({ name: 'limited', inputs: { numbers: list }, output: list }).implement(({ numbers }) => {
  ran('limited')
  return numbers.filter(isSmall).toSorted()
})

const scaled = step({
  name: 'scaled',
  params: z.object({ factor: z.number().default(10) }),
  inputs: { numbers: list },
  output: list,
}).implement(({ factor, numbers }) => {
  ran('scaled')
  return numbers.map((number) => fourfold(number) * factor)
})

const total = step({ name: 'total', inputs: { numbers: list }, output: z.number() }).implement(({ numbers }) => {
  ran('total')
  return numbers.reduce((sum, number) => sum + number, 0)
})

const titled = step({ name: 'titled', inputs: { total: z.number() }, output: z.string() }).implement(({ total }) => {
  ran('titled')
  return words.sum + ': ' + new Writer(Unit.Centimetre).text(total)
})

const p = pipeline({
  name: 'one-file',
  build: () => {
    const all = numbers()
    const few = limited({ numbers: all })
    const large = scaled({ numbers: few })
    const sum = total({ numbers: large })
    return { numbers: all, limited: few, scaled: large, total: sum, titled: titled({ total: sum }) }
  },
})

const { result } = await p.run()
const values: Record<string, unknown> = {}
for (const [name, value] of Object.entries(result)) values[name] = await value.load()
console.log('RESULT ' + JSON.stringify(values))
void unrelated
`
