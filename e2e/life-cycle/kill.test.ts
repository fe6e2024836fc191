import { globSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'

import { CAIRN_BIN } from '../project/installed-packages.ts'
import { damagedObjects } from '../project/local-state.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'
import { entriesOf } from './store-project.ts'

const SEED = Number(process.env['CAIRN_TEST_SEED'] ?? Date.now() % 1_000_000)
const STEPS = 150

const project = {
  'many.ts': `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const one = step({ name: 'one', params: z.object({ index: z.number() }), output: z.array(z.number()) }).implement(
  ({ index }) => {
    ran('one')
    return [index, index % 7]
  },
)

export const many = pipeline({
  name: 'many',
  build: () => Array.from({ length: ${STEPS} }, (_, index) => one({ index })),
})
`,
}

/** How many files lie below a folder of the artifact store. */
function filesIn(own: TemporaryProject, area: string): number {
  const found = globSync(`.cairn/artifacts/${area}/**/*`, { cwd: own.dir, withFileTypes: true })
  return found.filter((entry) => entry.isFile()).length
}

describe(`a prune that is killed at any moment (seed ${SEED})`, () => {
  it('leaves results that are whole, and the next run makes what is gone', { timeout: 120_000 }, async () => {
    using own = temporaryProject(project)
    await own.run('many.ts')
    let state = SEED
    for (let kill = 0; kill < 6; kill += 1) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      // While it removes entries, and while it deletes their content.
      const area = kill % 2 === 0 ? 'cache' : 'blobs'
      const wanted = filesIn(own, area) - (state % STEPS)
      const killed = own.execute([process.execPath, CAIRN_BIN, 'cache', 'prune', '--keep-last', '0', '--yes'])
      let hasEnded = false
      const ended = killed.ended.then(() => (hasEnded = true))
      while (!hasEnded && filesIn(own, area) > wanted) await sleep(1)
      killed.process.kill('SIGKILL')
      await ended
      expect(damagedObjects(own)).toEqual([])
      const { length: left } = await entriesOf(own)
      const rerun = await own.run('many.ts')
      expect(rerun).toMatchObject({ code: 0, stderr: '' })
      expect(rerun.steps).toHaveLength(STEPS - left)
      expect(await own.run('many.ts')).toMatchObject({ code: 0, steps: [] })
    }
  })
})
