import { describe, expect, it } from 'vitest'

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
})
