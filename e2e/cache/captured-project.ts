import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'
import type { TableSubject } from './table-row.ts'

/** The file that holds everything, in both projects. */
export const CAPTURED = 'main.ts'

/** A project whose steps are made by factories and loops: closures of one function with other values. */
export const CAPTURED_SUBJECT: TableSubject = {
  make: capturedProject,
  main: CAPTURED,
  steps: [
    'data "1970-01-01T00:00:00.000Z"',
    'data [1,2]',
    'data {"a":{"b":1}}',
    'looped 5',
    'looped 6',
    'number 1',
    'number 2',
    'raised 101',
  ],
  result: {
    numbers: [1, 2],
    data: ['[1,2]', '{"a":{"b":1}}', '"1970-01-01T00:00:00.000Z"'],
    looped: [5, 6],
    raised: [101],
  },
}

function capturedProject(): TemporaryProject {
  return temporaryProject({ [CAPTURED]: VALUES })
}

const VALUES = `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const output = z.number()

const giving = (amount: number) =>
  step({ name: 'giving', output }).implement(() => {
    ran('number ' + amount)
    return amount
  })
const one = giving(1)
const two = giving(2)

function printing(value: unknown) {
  return step({ name: 'printing', output: z.string() }).implement(() => {
    const text = JSON.stringify(value)
    ran('data ' + text)
    return text
  })
}
const array = printing([1, 2])
const object = printing({ a: { b: 1 } })
const date = printing(new Date(0))

const looped = [5, 6].map((each) =>
  step({ name: 'looped', output }).implement(() => {
    ran('looped ' + each)
    return each
  }),
)

const raising = (given: number) => {
  const least = Math.max(given, 100)
  return step({ name: 'raised', output }).implement(() => {
    ran('raised ' + (least + 1))
    return least + 1
  })
}
const raised = raising(7)

const p = pipeline({
  name: 'captured',
  build: () => ({
    numbers: [one(), two({}, { id: 'two' })],
    data: [array(), object({}, { id: 'object' }), date({}, { id: 'date' })],
    looped: looped.map((each, at) => each({}, { id: 'looped' + at })),
    raised: [raised()],
  }),
})
const { result } = await p.run()
const values: Record<string, unknown> = {}
for (const [name, items] of Object.entries(result)) values[name] = await Promise.all(items.map((item) => item.load()))
console.log('RESULT ' + JSON.stringify(values))
`

/** A project whose steps are closures that use other functions of a factory. */
export const CAPTURED_FUNCTIONS_SUBJECT: TableSubject = {
  make: capturedFunctionsProject,
  main: CAPTURED,
  steps: ['function 11', 'function 20', 'nested 11'],
  result: { functions: [20, 11], nested: [11] },
}

function capturedFunctionsProject(): TemporaryProject {
  return temporaryProject({ [CAPTURED]: FUNCTIONS })
}

const FUNCTIONS = `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const output = z.number()

const applying = (change: (number: number) => number) =>
  step({ name: 'applying', output }).implement(() => {
    const value = change(10)
    ran('function ' + value)
    return value
  })
const doubled = applying((number) => number * 2)
const next = applying((number) => number + 1)

const nesting = (outer: number) => {
  const add = (number: number): number => number + outer
  return step({ name: 'nested', output }).implement(() => {
    const value = add(10)
    ran('nested ' + value)
    return value
  })
}
const nested = nesting(1)

const p = pipeline({
  name: 'captured',
  build: () => ({ functions: [doubled(), next({}, { id: 'next' })], nested: [nested()] }),
})
const { result } = await p.run()
const values: Record<string, unknown> = {}
for (const [name, items] of Object.entries(result)) values[name] = await Promise.all(items.map((item) => item.load()))
console.log('RESULT ' + JSON.stringify(values))
`
