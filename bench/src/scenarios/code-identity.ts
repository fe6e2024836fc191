import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { row } from '../measurement/row.ts'
import { mediansInTurns } from '../measurement/samples.ts'
import { runNode } from '../processes/run-node.ts'
import type { Scenario } from '../scenario.ts'
import { GeneratedProject } from '../stores/generated-project.ts'
import { TemporaryFolder } from '../stores/temporary-folder.ts'

const PROGRAM = fileURLToPath(new URL('../processes/identify-process.ts', import.meta.url))
const STEPS = 20
const WARM_MS = 30
const EDITED_MS = 60
const COLD_MS = 1000
/** A module in the middle of the layers, which some steps reach and others do not. */
const EDITED_MODULE = 17

/** Finding the code of steps in a project of many modules: what the first look, a later one and an edit cost. */
export const codeIdentity: Scenario = async ({ quick }) => {
  using folder = new TemporaryFolder()
  const modules = quick ? 100 : 1000
  const project = new GeneratedProject(folder.path, { modules, steps: STEPS })
  let edits = 0
  const edit = (more: boolean): void => {
    edits += 1
    project.write(`m${EDITED_MODULE}.ts`, project.moduleText(EDITED_MODULE, { edit: edits, more }))
  }
  const identify = (): number => {
    // Sound: the program writes this report.
    const { ms, known } = JSON.parse(runNode([PROGRAM, folder.path]).report) as { ms: number; known: number }
    if (known !== STEPS) throw new Error(`Only ${known} of ${STEPS} steps are known.`)
    return ms
  }
  const ms = await mediansInTurns(quick ? 1 : 5, {
    cold: () => {
      rmSync(folder.join('.cairn'), { recursive: true, force: true })
      return identify()
    },
    warm: identify,
    body: () => {
      edit(false)
      return identify()
    },
    shape: () => {
      edit(true)
      const shape = identify()
      edit(false)
      identify()
      return shape
    },
  })
  const of = `code of ${STEPS} steps, ${modules} modules`
  return [
    row({ name: `${of}, first time`, value: ms.cold, unit: 'ms', most: COLD_MS }),
    row({ name: `${of}, nothing changed`, value: ms.warm, unit: 'ms', most: WARM_MS }),
    row({ name: `${of}, a function edited`, value: ms.body, unit: 'ms', most: EDITED_MS }),
    row({ name: `${of}, an import added`, value: ms.shape, unit: 'ms', most: EDITED_MS }),
  ]
}
