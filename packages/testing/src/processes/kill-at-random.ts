import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Json } from '@cairnml/core'

import { ComponentProcess } from './component-process.ts'
import type { ComponentReference } from './component-reference.ts'
import type { ComponentTaskName } from './component-tasks.ts'

const ROUNDS = 2
const PROCESSES = 3
const MOST_MS = 60

/** Runs processes that work for ever, kills them at any moment after their first report, and gives what they told. */
export async function killAtRandom(reference: ComponentReference, task: ComponentTaskName): Promise<readonly Json[]> {
  const told: Json[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const selves = Array.from({ length: PROCESSES }, (_, at) => `${round}-${at}`)
    await using processes = await ComponentProcess.start(reference, task, selves)
    await Promise.all(
      processes.map(async (each) => {
        await each.told(1)
        await sleep(randomInt(MOST_MS))
        told.push(...(await each.kill()))
      }),
    )
  }
  return told
}
