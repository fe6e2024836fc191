import { existsSync } from 'node:fs'
import nodePath from 'node:path'

import { row, type Row } from '../measurement/row.ts'
import { median } from '../measurement/samples.ts'
import { NOTHING, pipelineFile } from '../processes/commands.ts'
import { peakMiB } from '../processes/peak-memory.ts'
import type { Scenario } from '../scenario.ts'
import { BENCH_DIR } from '../stores/bench-stack.ts'
import { TemporaryFolder } from '../stores/temporary-folder.ts'

const BUDGET_MIB = 110
const DIGITS = nodePath.join(BENCH_DIR, '..', 'examples', 'digits')

/** Peak memory of processes in which everything is cached, beside that of a Node that does nothing. */
export const memory: Scenario = async ({ quick }) => {
  const times = quick ? 1 : 5
  const floor = sampled(times, () => peakMiB(NOTHING))
  const programs = [
    { name: '10 cached steps', cwd: BENCH_DIR, args: [pipelineFile('plain-process')], most: undefined },
    { name: 'cached digits run', cwd: DIGITS, args: ['src/main.ts'], most: BUDGET_MIB },
  ]
  return programs.flatMap(({ name, cwd, args, most }): readonly Row[] => {
    if (!existsSync(nodePath.resolve(cwd, args[0] ?? ''))) return []
    using folder = new TemporaryFolder()
    const options = { cwd, env: { CAIRN_DIR: folder.join('.cairn') } }
    peakMiB(args, options)
    const value = sampled(times, () => peakMiB(args, options))
    return [
      row({ name: `${name}, peak memory`, value, unit: 'MiB', floor, most }),
      row({ name: `${name}, peak memory above bare Node`, value: value - floor, unit: 'MiB' }),
    ]
  })
}

function sampled(times: number, sample: () => number): number {
  return median(Array.from({ length: times }, sample))
}
