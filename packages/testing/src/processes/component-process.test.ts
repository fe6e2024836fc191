import { setTimeout } from 'node:timers/promises'

import { afterEach, describe, expect, it } from 'vitest'

import { ComponentProcess } from './component-process.ts'
import type { ComponentReference } from './component-reference.ts'
import { killAtRandom } from './kill-at-random.ts'

const { execPath } = process

/** A module that opens a component as the source says, `own` being a word of each process. */
const opening = (source: string): ComponentReference => ({
  module: `data:text/javascript,${encodeURIComponent(`export const openComponent = () => (${source})`)}`,
  data: null,
})

/** Which of the processes still run that this one started. */
function running(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length
}

/** Waits until as many processes run as before; one that nobody ends keeps it waiting for ever. */
async function untilEnded(before: number): Promise<void> {
  while (running() > before) await setTimeout(5)
}

describe('processes that have a component open', { timeout: 60_000 }, () => {
  afterEach(() => void (process.execPath = execPath))

  it('are all ended when one of them fails at its start', async () => {
    const before = running()
    const module = opening(`process.env.CAIRN_NEVER ?? (() => { throw new Error('no state') })()`)
    await expect(killAtRandom(module, 'putForEver')).rejects.toThrow('no state')
    await untilEnded(before)
  })

  it('are all ended when one of them fails at its work', async () => {
    const before = running()
    const store = opening(
      `{ put: async (key) => { if (key.startsWith('processes/0-0/')) throw new Error('no room') } }`,
    )
    await expect(killAtRandom(store, 'putForEver')).rejects.toThrow('no room')
    await untilEnded(before)
    const index = opening(
      `{ put: async (key, entry) => { if (entry.id === 'of-1') throw new Error('no room'); return entry } }`,
    )
    const race = { selves: ['1', '2', '3'], rounds: 3 }
    await expect(ComponentProcess.race(index, 'putEntries', race)).rejects.toThrow('no room')
    await untilEnded(before)
  })

  it('fail where no process can be started', async () => {
    process.execPath = '/nowhere/node'
    await expect(ComponentProcess.start(opening('{}'), 'putForEver', ['1'])).rejects.toThrow('ENOENT')
  })
})
