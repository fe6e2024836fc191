import { fileURLToPath } from 'node:url'

import { row, type Row } from '../measurement/row.ts'
import { mediansInTurns } from '../measurement/samples.ts'
import { CAIRN, NOTHING } from '../processes/commands.ts'
import { runNode } from '../processes/run-node.ts'
import type { Scenario } from '../scenario.ts'
import { BENCH_DIR } from '../stores/bench-stack.ts'
import { storeOfRuns } from '../stores/many-runs.ts'

const RUNS = 100_000
const QUICK_RUNS = 2000
const BUDGET_MS = 300
const REPORT_CPU = fileURLToPath(new URL('../processes/report-cpu.ts', import.meta.url))

const COMMANDS: readonly (readonly string[])[] = [
  ['run', 'list'],
  ['run', 'list', '--where', 'metrics.acc > 0.5'],
  ['run', 'list', '--where', 'metrics.acc > 0.9 and params.gamma <= 0.01 and params.model.kind = svc'],
  ['run', 'list', '--where', 'params.seed = 12345'],
  ['run', 'list', '--sort', 'metrics.acc', '--columns', 'name,params.*,metrics.*'],
  ['run', 'list', '--tag', 'best'],
  ['run', 'list', '--status', 'failed'],
  ['run', 'list', '--pipeline', 'rare', '--sort', 'duration'],
  ['run', 'list', '--page', '20'],
  ['run', 'list', '--name', 'sweep-99'],
  ['run', 'show', 'last~500'],
  ['run', 'compare', 'training@last', 'training@last~1'],
  ['pipeline', 'list'],
  ['complete', '--', 'run', 'show', ''],
  ['complete', '--', 'run', 'show', 'sweep-99'],
  ['complete', '--', 'artifact', 'cat', 'nightly-'],
  ['complete', '--', 'run', 'list', '--where', 'metrics.acc > 0.5', '--sort', ''],
]

/** Reading among many runs: processor time of the whole command, which a busy machine does not change. */
export const pastRuns: Scenario = async ({ quick }) => {
  const runs = quick ? QUICK_RUNS : RUNS
  const CAIRN_DIR = await storeOfRuns(runs)
  const cpu = (args: readonly string[]): number =>
    Number(runNode(['--import', REPORT_CPU, ...args], { cwd: BENCH_DIR, env: { CAIRN_DIR } }).report)
  const rows: Row[] = []
  for (const command of COMMANDS) {
    cpu([CAIRN, ...command])
    const ms = await mediansInTurns(quick ? 3 : 11, { run: () => cpu([CAIRN, ...command]), floor: () => cpu(NOTHING) })
    const name = `cairn ${command.join(' ')}, ${runs} runs`
    rows.push(row({ name, value: ms.run, unit: 'ms', floor: ms.floor, most: BUDGET_MS }))
  }
  return rows
}
