import type { ArtifactStore } from '@cairnml/core'

import { checkedBytes } from '../fixtures/checked-bytes.ts'
import type { ComponentTask, ComponentTasks } from '../processes/component-task.ts'

/** What processes of several put again and again. */
export const TOGETHER = 'processes/together'

/** How many keys processes race for. */
export const RACES = 25

const ROUNDS = 15
const SIZES = [10, 2_000, 1_500_000]

type TaskName = 'putHalf' | 'putHalfIfAbsent' | 'putForEver' | 'putTogether' | 'raceForKeys'

/** What processes do that have an artifact store open. */
export const ARTIFACT_STORE_TASKS: ComponentTasks<ArtifactStore, TaskName> = {
  /** Puts the first half of an object under the key `self` and never comes to the second. */
  putHalf: async ({ component, self, tell }) => {
    await component.put(self, half(tell))
  },

  putHalfIfAbsent: async ({ component, self, tell }) => {
    await component.put(self, half(tell), { ifAbsent: true })
  },

  /** Tells the key of each object that is there for good. */
  putForEver: async ({ component, self, tell }) => {
    for (let at = 0; ; at++) {
      const bytes = checkedBytes(SIZES[at % SIZES.length] ?? 0, at)
      const key = `processes/${self}/${at}`
      await component.put(key, at % 2 === 0 ? bytes : pieces(bytes))
      tell(key)
      await component.put(TOGETHER, pieces(bytes))
    }
  },

  putTogether: async ({ component, self }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = checkedBytes(200_000 + round, Number(self) * ROUNDS + round)
      await component.put(TOGETHER, round % 2 === 0 ? bytes : pieces(bytes))
    }
  },

  /** Tells of each key whether it came first, and the size of what is there. */
  raceForKeys: async ({ component, self, turn, tell }) => {
    const bytes = checkedBytes(20_000 + Number(self), Number(self))
    for (let at = 0; at < RACES; at++) {
      await turn()
      const { written, size } = await component.put(`processes/race/${at}`, bytes, { ifAbsent: true })
      tell({ at, written, size })
    }
  },
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

async function* half(tell: ComponentTask<ArtifactStore>['tell']): AsyncGenerator<Uint8Array> {
  const bytes = checkedBytes(1_000_000)
  yield bytes.subarray(0, 500_000)
  tell('half')
  // Keeps the process alive until it is killed.
  await new Promise((resolve) => setInterval(resolve, 2 ** 30))
  yield bytes.subarray(500_000)
}
