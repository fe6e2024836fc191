import { randomUUID } from 'node:crypto'
import path from 'node:path'

import type { BeaterReference } from '@cairnml/core'
import { cacheIndexConformance, CollectingRunner } from '@cairnml/testing'
import { afterAll, describe, expect, it } from 'vitest'

import { SqliteCacheIndex } from '../src/sqlite-cache-index.ts'
import { BEATER_FAULTS, type BeaterFault } from './beater-faults.ts'
import { scratchFolder } from './scratch-folder.ts'

const scratch = scratchFolder()
const module = new URL('processes/faulty-beater.ts', import.meta.url).href

afterAll(() => scratch[Symbol.dispose]())

class FaultyBeats extends SqliteCacheIndex {
  readonly file: string
  readonly #fault: BeaterFault

  constructor(file: string, fault: BeaterFault) {
    super({ name: 'faulty', file, cairnDir: path.dirname(file) })
    this.file = file
    this.#fault = fault
  }

  override beater(): BeaterReference {
    return { module, data: { file: this.file, fault: this.#fault } }
  }
}

async function failing(fault: BeaterFault): Promise<readonly string[]> {
  const runner = new CollectingRunner({ timeoutMs: 10_000 })
  cacheIndexConformance(runner, {
    name: 'index',
    create: () => new FaultyBeats(path.join(scratch.path, randomUUID(), 'cache.sqlite'), fault),
    reopen: (index) => new FaultyBeats(index instanceof FaultyBeats ? index.file : '', fault),
    capabilities: { acquire: true, beater: true },
  })
  const outcomes = await runner.run()
  return outcomes.flatMap(({ name, error }) => (error === undefined ? [] : [name.split(' > ').at(-1) ?? name]))
}

describe('the suite for cache indexes', () => {
  // Sound: the names of an object are those of its type, as it was written in place.
  it.each(Object.keys(BEATER_FAULTS) as BeaterFault[])('notices a beater that %s', async (fault) => {
    expect(await failing(fault)).toContain(BEATER_FAULTS[fault])
  })
})
