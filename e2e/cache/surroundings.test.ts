import { describe, expect, it } from 'vitest'

import { temporaryProject, type CommandResult } from '../project/temporary-project.ts'
import { SURROUNDINGS_ROWS } from './surroundings-rows-data.ts'
import { TABLE_STEPS, TABLE_SUBJECT } from './table-project.ts'
import { describeRows } from './table-row.ts'

describeRows('between two runs in other surroundings', TABLE_SUBJECT, SURROUNDINGS_ROWS)

describe('renaming the pipeline, running under another pipeline: nothing', () => {
  it('another pipeline in another file reuses the steps of the first', async () => {
    using project = TABLE_SUBJECT.make()
    project.write({
      'src/other.ts': `import { pipeline } from 'cairnml'
import { sorted } from './sorted.ts'
import { source } from './source.ts'

export const other = pipeline({ name: 'other', build: () => sorted({ numbers: source() }) })
const run = await other.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
    })
    expect(await project.run(TABLE_SUBJECT.main)).toMatchObject({ code: 0, steps: TABLE_STEPS })

    const other = await project.run('src/other.ts')

    expect(other).toMatchObject({ stderr: '', code: 0, steps: [], result: [1, 2, 3] })
  })

  it('a step in another slot leaves the results of the others alone', async () => {
    using project = temporaryProject({
      'main.ts': `import { pipeline, slot, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const load = step({ name: 'load', output: z.number() }).implement(() => {
  ran('load')
  return 2
})
const svc = step({ name: 'svc', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => {
  ran('svc')
  return x * 2
})
const tree = step({ name: 'tree', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => {
  ran('tree')
  return x + 2
})
const evaluate = step({ name: 'evaluate', inputs: { model: z.number() }, output: z.number() }).implement(({ model }) => {
  ran('evaluate')
  return model + 1
})
const p = pipeline({
  name: 'p',
  slots: { trainer: slot({ inputs: { x: z.number() }, output: z.number() }) },
  build: (_, { trainer }) => evaluate({ model: trainer({ x: load() }) }),
})
const run = await p.with({ steps: { trainer: process.argv.includes('tree') ? tree : svc } }).run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
    })
    const runWith = (...args: readonly string[]): Promise<CommandResult> => project.run('main.ts', { node: true, args })

    expect(await runWith()).toMatchObject({ stderr: '', code: 0, steps: ['evaluate', 'load', 'svc'], result: 5 })
    // Both models are 4: what is below is cut off.
    expect(await runWith('tree')).toMatchObject({ stderr: '', code: 0, steps: ['tree'], result: 5 })
    expect(await runWith()).toMatchObject({ stderr: '', code: 0, steps: [], result: 5 })
  })
})

describe('nothing: nothing', () => {
  it('however the program is started', async () => {
    using project = TABLE_SUBJECT.make()
    const { main } = TABLE_SUBJECT
    project.write({
      'all.mjs': "import './src/pipeline.ts'\n",
    })
    expect(await project.run(main)).toMatchObject({ code: 0, steps: TABLE_STEPS })

    const starts = [
      [process.execPath, main],
      [process.execPath, 'all.mjs'],
      [process.execPath, '--import', `./${main}`, '--eval', '0'],
    ]
    for (const command of starts) {
      expect(await project.execute(command).ended, command.join(' ')).toMatchObject({ stderr: '', code: 0, steps: [] })
    }
  })
})
