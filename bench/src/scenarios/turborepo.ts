import { row, type Row } from '../measurement/row.ts'
import { mediansInTurns } from '../measurement/samples.ts'
import { pipelineFile } from '../processes/commands.ts'
import { runNode } from '../processes/run-node.ts'
import { TurborepoProject } from '../processes/turborepo.ts'
import type { Scenario } from '../scenario.ts'
import { BENCH_DIR } from '../stores/bench-stack.ts'
import { TemporaryFolder } from '../stores/temporary-folder.ts'

/** What a fully cached run may take, as a multiple of Turborepo's replay. */
const MOST = 1.3

/** Whole processes with everything cached, in turns with Turborepo's replay of as many tasks that do nothing. */
export const turborepo: Scenario = async ({ quick }) => {
  const rows: Row[] = []
  for (const length of quick ? [10] : [100, 1000]) {
    using folder = new TemporaryFolder()
    const cairn = (): number => {
      const env = { CAIRN_DIR: folder.join('.cairn') }
      return runNode([pipelineFile('plain-process'), String(length)], { cwd: BENCH_DIR, env }).ms
    }
    using monorepo = new TemporaryFolder()
    const peer = new TurborepoProject(monorepo.path, length)
    cairn()
    cairn()
    const ms = await mediansInTurns(quick ? 3 : 15, { cairn, turborepo: () => peer.run() })
    const name = `${length} cached steps, whole process; floor: Turborepo's replay of ${length} tasks`
    const mostRatio = length === 100 ? { mostRatio: MOST } : {}
    rows.push(row({ name, value: ms.cairn, unit: 'ms', floor: ms.turborepo, ...mostRatio }))
  }
  return rows
}
