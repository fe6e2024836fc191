import { closeStacks } from '@cairnml/engine'

import { createHash, randomBytes } from 'node:crypto'
import { appendFileSync, createReadStream, rmSync, statSync } from 'node:fs'

import { row } from '../measurement/row.ts'
import { mediansInTurns, millisecondsOf } from '../measurement/samples.ts'
import { largeFile } from '../pipelines/large-file.ts'
import type { Scenario } from '../scenario.ts'
import { useCairnDir } from '../stores/bench-stack.ts'
import { TemporaryFolder } from '../stores/temporary-folder.ts'

const MIB = 1024 * 1024
/** 70 % of the speed of a hash over the file to write it, and of another to read it. */
const BUDGET_RATIO = 1.43

/** A large file through a `file()` output: stored by a step, then loaded; beside sha256 over the same file. */
export const largeArtifact: Scenario = async ({ quick, full }) => {
  using folder = new TemporaryFolder()
  const size = quick ? 16 : full ? 1024 : 256
  const path = folder.join('large.bin')
  for (let part = 0; part < size; part++) appendFileSync(path, randomBytes(MIB))
  let stored: { load(): Promise<string> } | undefined
  const write = async (): Promise<number> => {
    rmSync(folder.join('store'), { recursive: true, force: true })
    await closeStacks()
    useCairnDir(folder.join('store'))
    return millisecondsOf(async () => {
      stored = (await largeFile.run({ path }, { log: false })).result
    })
  }
  const read = async (): Promise<number> => {
    let loaded = ''
    const ms = await millisecondsOf(async () => (loaded = (await stored?.load()) ?? ''))
    if (statSync(loaded).size !== size * MIB) throw new Error(`${loaded} has another size.`)
    rmSync(loaded)
    return ms
  }
  await sha256Of(path)
  const hash = (): Promise<number> => millisecondsOf(() => sha256Of(path))
  const ms = await mediansInTurns(quick ? 1 : 7, { hash, write, read })
  await closeStacks()
  const name = `file of ${size} MiB`
  return [
    row({ name: `${name}, write`, value: ms.write, unit: 'ms', floor: ms.hash }),
    row({ name: `${name}, read`, value: ms.read, unit: 'ms', floor: ms.hash }),
    row({ name: `${name}, both`, value: ms.write + ms.read, unit: 'ms', floor: 2 * ms.hash, mostRatio: BUDGET_RATIO }),
  ]
}

async function sha256Of(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: MIB })) digest.update(chunk as Buffer)
  return digest.digest('hex')
}
