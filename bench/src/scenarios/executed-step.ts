import { closeStacks } from '@cairnml/engine'

import { ExecutedFloor } from '../floors/executed-floor.ts'
import { row } from '../measurement/row.ts'
import { mediansInTurns, millisecondsOf } from '../measurement/samples.ts'
import { chain } from '../pipelines/chain.ts'
import type { Scenario } from '../scenario.ts'
import { useCairnDir } from '../stores/bench-stack.ts'
import { TemporaryFolder } from '../stores/temporary-folder.ts'

const BUDGET_MS = 1

/** A step that does next to nothing, executed in this process, its result kept. */
export const executedStep: Scenario = async ({ quick }) => {
  using folder = new TemporaryFolder()
  using floor = new ExecutedFloor(folder)
  useCairnDir(folder.join('executed'))
  const length = quick ? 50 : 500
  // Every run adds another number, so that none of its steps has a result yet.
  let by = 0
  const runChain = async (): Promise<number> => {
    by += 0.5 + Math.random()
    return (await millisecondsOf(() => chain.run({ length, by }, { log: false }))) / length
  }
  await runChain()
  const ms = await mediansInTurns(quick ? 3 : 9, { step: runChain, floor: () => floor.sample(length) })
  await closeStacks()
  return [
    row({ name: `executed step, run of ${length}`, value: ms.step, unit: 'ms', floor: ms.floor, most: BUDGET_MS }),
  ]
}
