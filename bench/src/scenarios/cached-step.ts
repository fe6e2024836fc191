import { closeStacks } from '@cairnml/engine'

import { CachedFloor } from '../floors/cached-floor.ts'
import { row } from '../measurement/row.ts'
import { mediansInTurns, millisecondsOf } from '../measurement/samples.ts'
import { chain } from '../pipelines/chain.ts'
import type { Scenario } from '../scenario.ts'
import { useCairnDir } from '../stores/bench-stack.ts'
import { copyFilledStore } from '../stores/filled-store.ts'
import { TemporaryFolder } from '../stores/temporary-folder.ts'

const BUDGET_MS = 0.1
/** What one run's luck can do to the median of the ratio. */
const NOT_GROWING = 1.2
const WARM_UPS = 3

/** A cached step inside a long run, with an empty store and with one that has a long past. */
export const cachedStep: Scenario = async ({ quick }) => {
  using folder = new TemporaryFolder()
  using floor = new CachedFloor(folder)
  const length = quick ? 200 : 1000
  const past = quick ? { runs: 20, executed: 4 } : { runs: 1000, executed: 100 }
  const dirs = { empty: folder.join('empty'), filled: folder.join('filled') }
  await copyFilledStore(past, dirs.filled)
  for (const dir of Object.values(dirs)) {
    await runChain(dir, { length, expected: 'completed' })
    for (let time = 0; time < WARM_UPS; time++) await runChain(dir, { length, expected: 'cached' })
  }
  const cached = { length, expected: 'cached' } as const
  const ms = await mediansInTurns(quick ? 3 : 15, {
    empty: async () => (await runChain(dirs.empty, cached)) / length,
    filled: async () => (await runChain(dirs.filled, cached)) / length,
    floor: () => floor.sample(length),
  })
  await closeStacks()
  const stored = `${(past.runs * 1000).toLocaleString('en')} step runs stored`
  return [
    row({
      name: `cached step, run of ${length}, empty store`,
      value: ms.empty,
      unit: 'ms',
      floor: ms.floor,
      most: BUDGET_MS,
    }),
    row({
      name: `cached step, run of ${length}, ${stored}`,
      value: ms.filled,
      unit: 'ms',
      floor: ms.floor,
      most: BUDGET_MS,
    }),
    row({ name: 'cached step, growth with the store', value: ms.filled / ms.empty, unit: 'x', most: NOT_GROWING }),
  ]
}

/** Milliseconds of one run. */
async function runChain(
  cairnDir: string,
  { length, expected }: { readonly length: number; readonly expected: 'completed' | 'cached' },
): Promise<number> {
  useCairnDir(cairnDir)
  let status: string | undefined
  const ms = await millisecondsOf(async () => {
    status = (await chain.run({ length, by: 1 }, { log: false })).status
  })
  if (status !== expected) throw new Error(`The run is ${status}, not ${expected}.`)
  return ms
}
