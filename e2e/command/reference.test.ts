import { writeFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { temporaryProject } from '../project/temporary-project.ts'

const FILES = {
  'main.ts': `import { list, pipeline, reference, step, text } from 'cairnml'
import { readFile } from 'node:fs/promises'

const data = step({ name: 'data', output: reference }).implement(() => 'data/big.csv')
const lines = step({ name: 'lines', inputs: { data: reference }, output: list(text, { lazy: true }) }).implement(
  async function* ({ data }) {
    yield* (await readFile(data, 'utf8')).split('\\n')
  },
)
export const p = pipeline({ name: 'p', build: () => lines({ data: data() }) })
`,
  'data/big.csv': 'a\nb',
}

describe('a reference', () => {
  it('is looked at again by every run, and cairn explain says that it changed', async () => {
    using project = temporaryProject(FILES)
    expect((await project.cairn(['run', 'main.ts'])).code).toBe(0)
    const reused = await project.cairn(['run', 'main.ts'])
    expect(reused.stdout).toContain('Using cached version of data.')

    writeFileSync(project.path('data/big.csv'), 'a\nb\nc')
    const planned = await project.cairn(['run', 'main.ts', '--plan'])
    const changed = await project.cairn(['run', 'main.ts'])
    const explained = await project.cairn(['explain', 'data'])

    for (const { stdout } of [planned, changed, explained]) {
      expect(stdout).toContain('entry not accepted: the reference data/big.csv changed (made by run p-')
    }
    expect(changed.stdout).toContain('Step lines has finished')
  })

  it('that is gone fails the step with a code', async () => {
    using project = temporaryProject(FILES)
    await project.cairn(['run', 'main.ts'])
    project.remove('data/big.csv')
    const gone = await project.cairn(['run', 'main.ts'])
    expect(gone.code).toBe(1)
    expect(gone.stdout).toContain('the reference data/big.csv is gone')
    expect(gone.stdout).toMatch(/CAIRN_REFERENCE_UNREACHABLE .*data\/big\.csv/)
  })
})
