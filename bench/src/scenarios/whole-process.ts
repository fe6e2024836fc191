import { row, type Row } from '../measurement/row.ts'
import { mediansInTurns } from '../measurement/samples.ts'
import { NOTHING, pipelineFile } from '../processes/commands.ts'
import { runNode } from '../processes/run-node.ts'
import type { Scenario } from '../scenario.ts'
import { BENCH_DIR } from '../stores/bench-stack.ts'
import { TemporaryFolder } from '../stores/temporary-folder.ts'

const BUDGET_MS = 200
/** 1.3 times what Turborepo takes to replay 100 tasks on the machine of the README. */
const BUDGET_OF_100_MS = 194
const PROGRAMS = [
  { file: 'plain-process', length: 10, what: '10 cached steps', most: BUDGET_MS },
  { file: 'schema-process', length: 10, what: '10 cached steps, with zod', most: BUDGET_MS },
  { file: 'plain-process', length: 100, what: '100 cached steps', most: BUDGET_OF_100_MS },
] as const

/** `node pipeline.ts` where everything is cached, beside a Node that does nothing. */
export const wholeProcess: Scenario = async ({ quick }) => {
  const rows: Row[] = []
  for (const { file, length, what, most } of PROGRAMS) {
    using folder = new TemporaryFolder()
    const run = (): number =>
      runNode([pipelineFile(file), String(length)], { cwd: BENCH_DIR, env: { CAIRN_DIR: folder.join('.cairn') } }).ms
    run()
    run()
    const ms = await mediansInTurns(quick ? 3 : 21, { run, floor: () => runNode(NOTHING).ms })
    rows.push(row({ name: `${what}, whole process`, value: ms.run, unit: 'ms', floor: ms.floor, most }))
  }
  return rows
}
