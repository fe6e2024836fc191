import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { blobFile, storedRuns } from '../project/local-state.ts'
import { temporaryProject, type ProjectFiles } from '../project/temporary-project.ts'

const HEAD = `import { external, matrix, materializer, pipeline, step, text, vector } from 'cairnml'
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
}

/** A pipeline of a good step and of one whose output or input is bad. */
const program = (step: string): string => `${HEAD}
const bad = ${step}
const p = pipeline({ name: 'p', build: () => { bad({}, { after: load() }) } })
await p.run()
`

interface BadValue {
  readonly value: string
  readonly step: string
  readonly failure: RegExp
}

const VALUES: readonly BadValue[] = [
  {
    value: 'an output that is missing',
    step: `step({ name: 'bad', outputs: { x: z.number(), y: z.number() } }).implement((() => ({ x: 1 })) as never)`,
    failure: /CAIRN_OUTPUT_MISSING Step "bad" did not return its output "y"\./,
  },
  {
    value: 'no output at all',
    step: `step({ name: 'bad', output: z.number() }).implement((() => undefined) as never)`,
    failure: /CAIRN_OUTPUT_MISSING Step "bad" did not return its output "output"\./,
  },
  {
    value: 'an output that is not declared',
    step: `step({ name: 'bad', outputs: { model: z.number() } }).implement((() => ({ model: 1, modle: 2 })) as never)`,
    failure: /CAIRN_OUTPUT_UNDECLARED Step "bad" returned "modle".*Did you mean "model"\?/,
  },
  {
    value: 'an output of a step without outputs',
    step: `step({ name: 'bad' }).implement((() => new Map()) as never)`,
    failure: /CAIRN_OUTPUT_UNEXPECTED Step "bad" declares no output but returned a value of type Map\./,
  },
  {
    value: 'a value that nothing can store',
    step: `step({ name: 'bad', output: z.any() }).implement(() => ({ model: new Map([[1, 2]]) }))`,
    failure: /CAIRN_VALUE_(?:UNSTORABLE|INVALID) The output "output" of step "bad" .*model/,
  },
  {
    value: 'a function',
    step: `step({ name: 'bad', output: z.any() }).implement(() => () => 1)`,
    failure: /CAIRN_VALUE_(?:UNSTORABLE|INVALID) The output "output" of step "bad" .*function/,
  },
  {
    value: 'a value that its schema refuses',
    step: `step({ name: 'bad', output: z.number() }).implement((() => 'one') as never)`,
    failure: /CAIRN_VALUE_INVALID The output "output" of step "bad" does not fit/,
  },
  {
    value: 'a number where text is declared',
    step: `step({ name: 'bad', output: text }).implement((() => 5) as never)`,
    failure: /CAIRN_VALUE_UNSTORABLE The output "output" of step "bad" cannot be stored as text@1/,
  },
  {
    value: 'a matrix whose data is too short',
    step: `step({ name: 'bad', output: matrix }).implement(() => ({ shape: [2, 2], data: new Float64Array(3) }))`,
    failure: /CAIRN_VALUE_UNSTORABLE The output "output" of step "bad"/,
  },
  {
    value: 'a value whose own materializer throws',
    step: `step({ name: 'bad', output: materializer<number>({
  name: 'own', version: 1, write: () => { throw new RangeError('too large') }, read: () => 1,
}) }).implement(() => 1)`,
    failure: /CAIRN_VALUE_UNSTORABLE The output "output" of step "bad" cannot be stored as own@1: too large\./,
  },
  {
    value: 'a schema that transforms',
    step: `step({ name: 'bad', output: z.string().transform((s) => s.length) as never }).implement((() => 'abc') as never)`,
    failure: /CAIRN_SCHEMA_TRANSFORMS /,
  },
  {
    value: 'a metric that is no number',
    step: `step({ name: 'bad' }).implement((_, { metric }) => metric('acc', Number.NaN))`,
    failure: /CAIRN_METRIC_INVALID Step "bad" gave the metric "acc" the value NaN/,
  },
  {
    value: 'something thrown that is no error',
    step: `step({ name: 'bad' }).implement(() => { throw { reason: 'none' } })`,
    failure: /THROWN \{"reason":"none"\}/,
  },
]

describe('a step fails, and the steps before it are kept, with', () => {
  it.each(VALUES.map((row) => [row.value, row] as const))('%s', async (_value, { step, failure }) => {
    using project = temporaryProject({ ...FILES, 'main.ts': program(step) })

    const first = await project.run('main.ts', { node: true })
    const second = await project.run('main.ts', { node: true })
    project.write({ 'main.ts': program(`step({ name: 'bad' }).implement(() => ran('repaired'))`) })
    const repaired = await project.run('main.ts', { node: true })

    expect(first).toMatchObject({ code: 1, steps: ['load'] })
    expect(first.stdout).toMatch(failure)
    expect(first.stderr).toMatch(/^CAIRN_RUN_FAILED: /)
    expect(first.stderr).not.toMatch(/^\s+at /m)
    expect(second).toMatchObject({ code: 1, steps: [] })
    expect(repaired).toMatchObject({ code: 0, stderr: '', steps: ['repaired'] })
    expect(storedRuns(project).map(({ status }) => status)).toEqual(['failed', 'failed', 'completed'])
  })
})

const ARRAYS: ProjectFiles = {
  'main.ts': `import { external, pipeline, step, vector } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const make = step({ name: 'make', output: vector }).implement(() => {
  ran('make')
  return Float64Array.of(1, 2, 3)
})
const sum = step({ name: 'sum', inputs: { given: vector, made: vector }, output: z.number() }).implement(({ given, made }) => {
  ran('sum')
  return [...given, ...made].reduce((total, value) => total + value, 0)
})
const p = pipeline({
  name: 'p',
  build: () => {
    const made = make()
    return { made, sum: sum({ given: external(vector, { file: 'given.npy' }), made }) }
  },
})
export const run = await p.run()
console.log('RESULT ' + JSON.stringify([await run.result.sum.load(), run.result.made.artifact?.digest]))
`,
}

/** A .npy file of version 1.0 with float64 values. */
function npy(...values: readonly number[]): Buffer {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`.padEnd(117) + '\n'
  const head = Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0, header.length, 0])])
  return Buffer.concat([head, Buffer.from(header), Buffer.from(Float64Array.from(values).buffer)])
}

describe('a .npy file', () => {
  it.each([
    ['text', Buffer.from('hello')],
    ['cut short', npy(4, 5).subarray(0, -3)],
    ['empty', Buffer.alloc(0)],
    ['of Python objects', Buffer.from(npy(4, 5).toString('latin1').replace("'<f8'", "'|O' "), 'latin1')],
  ])('from outside that is %s is refused by its name before anything runs', async (_, content) => {
    using project = temporaryProject(ARRAYS)
    writeFileSync(project.path('given.npy'), content)

    const corrupt = await project.run('main.ts', { node: true })
    writeFileSync(project.path('given.npy'), npy(4, 5))
    const good = await project.run('main.ts', { node: true })

    expect(corrupt).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(corrupt.stderr).toMatch(
      /^CAIRN_EXTERNAL_INVALID: The file given\.npy, given from outside, cannot be read as float64-array@1: /,
    )
    expect(corrupt.stderr).not.toMatch(/^\s+at /m)
    expect(good).toMatchObject({ code: 0, stderr: '', steps: ['make', 'sum'], result: [15, expect.any(String)] })
    expect(storedRuns(project)).toHaveLength(1)
  })

  it('in the store whose bytes were changed fails the step that reads it, says what to do, and that helps', async () => {
    using project = temporaryProject(ARRAYS)
    writeFileSync(project.path('given.npy'), npy(4, 5))
    const first = await project.run('main.ts', { node: true })
    const [, digest] = first.result as readonly [number, string]
    const blob = project.path(blobFile(digest))
    const bytes = readFileSync(blob)
    writeFileSync(blob, bytes.with(bytes.length - 2, 0x55))
    writeFileSync(project.path('given.npy'), npy(6, 7))

    const corrupt = await project.run('main.ts', { node: true })
    project.remove(blobFile(digest))
    const repaired = await project.run('main.ts', { node: true })

    expect(corrupt).toMatchObject({ code: 1, steps: [] })
    expect(corrupt.stdout).toMatch(/Step sum has failed after .*CAIRN_ARTIFACT_CORRUPT The input "made" of step "sum"/)
    expect(repaired).toMatchObject({ code: 0, stderr: '', steps: ['make', 'sum'], result: [19, digest] })
  })
})
