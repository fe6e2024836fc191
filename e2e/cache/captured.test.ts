import { describe, expect, it } from 'vitest'

import { temporaryProject } from '../project/temporary-project.ts'
import { CAPTURED_FUNCTIONS_SUBJECT, CAPTURED_SUBJECT } from './captured-project.ts'
import { CAPTURED_FUNCTIONS_ROWS, CAPTURED_ROWS } from './captured-rows-data.ts'
import { describeRows } from './table-row.ts'

describeRows('between two runs of steps that a factory has made', CAPTURED_SUBJECT, CAPTURED_ROWS)

describeRows('between two runs of steps that capture functions', CAPTURED_FUNCTIONS_SUBJECT, CAPTURED_FUNCTIONS_ROWS)

describe('two closures of one factory with captured values that cannot be compared', () => {
  it('are not cached, with a reason', async () => {
    using project = temporaryProject({
      'main.ts': `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

class Connection {
  readonly #port: number

  constructor(port: number) {
    this.#port = port
  }

  port(): number {
    return this.#port
  }
}
const asking = (connection: Connection) =>
  step({ name: 'asking', output: z.number() }).implement(() => {
    ran('port ' + connection.port())
    return connection.port()
  })
const first = asking(new Connection(1))
const second = asking(new Connection(2))

const p = pipeline({ name: 'p', build: () => [first(), second({}, { id: 'second' })] })
const { result } = await p.run()
console.log('RESULT ' + JSON.stringify(await Promise.all(result.map((each) => each.load()))))
`,
    })

    const runs = [await project.run('main.ts'), await project.run('main.ts')]

    for (const run of runs) {
      expect(run).toMatchObject({ stderr: '', code: 0, steps: ['port 1', 'port 2'], result: [1, 2] })
      expect(run.stdout).toMatch(/^Step asking is not cached: connection is .*Connection.* \(main\.ts:\d+\)\.$/m)
    }
  })
})

describe('steps of a factory that takes', () => {
  const AROUND = {
    'a name and a value': ['(name: string, value: number)', "('work', 1)", '() => value'],
    'a name and a function': ['(name: string, get: () => number)', "('work', () => 1)", '() => get()'],
    'three values': ['(name: string, a: number, b: number)', "('work', 1, 2)", '() => a + b'],
    options: [
      '({ name, get }: { name: string; get: () => number })',
      "({ name: 'work', get: () => 1 })",
      '() => get()',
    ],
    'options as a whole': [
      '(given: { name: string; get: () => number })',
      "({ name: 'work', get: () => 1 })",
      '() => given.get()',
    ],
  } as const

  it.each(Object.entries(AROUND))('%s are cached', async (_, [params, args, run]) => {
    const name = params.startsWith('(given') ? 'name: given.name' : 'name'
    using project = temporaryProject({
      'main.ts': `import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const making = ${params} => step({ ${name}, output: z.number() }).implement(${run})
const work = making${args}
await pipeline({ name: 'p', build: () => work() }).run()
`,
    })
    await project.run('main.ts')

    const second = await project.run('main.ts')

    expect(second).toMatchObject({ stderr: '', code: 0 })
    expect(second.stdout).toContain('\nUsing cached version of work.\n')
  })
})
