import { row } from '../measurement/row.ts'
import { mediansInTurns } from '../measurement/samples.ts'
import { CAIRN, NOTHING } from '../processes/commands.ts'
import { runNode } from '../processes/run-node.ts'
import type { Scenario } from '../scenario.ts'

const BUDGET_RATIO = 1.5

/** How long the command takes to say what it is, beside a Node that does nothing. */
export const cliStart: Scenario = async ({ quick }) => {
  const ms = await mediansInTurns(quick ? 5 : 31, {
    floor: () => runNode(NOTHING).ms,
    version: () => runNode([CAIRN, '--version']).ms,
    help: () => runNode([CAIRN, '--help']).ms,
  })
  return [
    row({ name: 'cairn --version', value: ms.version, unit: 'ms', floor: ms.floor, mostRatio: BUDGET_RATIO }),
    row({ name: 'cairn --help', value: ms.help, unit: 'ms', floor: ms.floor }),
  ]
}
