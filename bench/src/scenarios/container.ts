import { row } from '../measurement/row.ts'
import { mediansInTurns } from '../measurement/samples.ts'
import { runNode } from '../processes/run-node.ts'
import type { Scenario } from '../scenario.ts'

const BUDGET_MS = 5
const SCRIPT = new URL('../processes/ports-process.ts', import.meta.url)

/** Processor time that the container costs when a process starts: finding and loading plugins, wiring, creating. */
export const container: Scenario = async ({ quick }) => {
  const ms = await mediansInTurns(quick ? 5 : 31, {
    floor: () => Number(runNode([SCRIPT, 'directly']).report),
    container: () => Number(runNode([SCRIPT, 'container']).report),
  })
  return [
    row({ name: 'components of the stack default, made', value: ms.container, unit: 'ms', floor: ms.floor }),
    row({
      name: 'components of the stack default, above making them directly',
      value: ms.container - ms.floor,
      unit: 'ms',
      most: BUDGET_MS,
    }),
  ]
}
