import { randomInt } from 'node:crypto'
import { mkdirSync, readdirSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { ArtifactStore } from '@cairnml/core'
import { temporaryFolder } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import { LocalArtifactStore } from '../src/local-artifact-store.ts'
import { startChild } from './child.ts'
import { isWhole } from './processes/checked-body.ts'

const ROUNDS = 8
const WRITERS = 4
const RACERS = 8
const RACES = 25

describe('a store of several processes', { timeout: 120_000 }, () => {
  it(`holds only whole objects after ${ROUNDS * WRITERS} writers were killed at random moments`, async () => {
    await using folder = await temporaryFolder()
    const root = path.join(folder.path, 'artifacts')
    const store = new LocalArtifactStore({ name: 'local', path: root })
    let [seen, killed] = [0, 0]
    for (let round = 0; round < ROUNDS; round++) {
      const writers = Array.from({ length: WRITERS }, () => startChild('put-for-ever.ts', root, folder.path))
      await Promise.all(
        writers.map(async (writer) => {
          await writer.lines.next()
          await sleep(randomInt(120))
          killed += writer.process.kill('SIGKILL') ? 1 : 0
          await writer.gone
        }),
      )
      for (const bytes of await objectsIn(store)) {
        expect(isWhole(bytes)).toBe(true)
        seen += 1
      }
    }
    expect(killed).toBe(ROUNDS * WRITERS)
    expect(seen).toBeGreaterThan(ROUNDS)
    await expectSwept(root)
  })

  it(`has exactly one winner when ${RACERS} processes put the same absent key`, async () => {
    await using folder = await temporaryFolder()
    const racers = Array.from({ length: RACERS }, (_, at) =>
      startChild('race-for-keys.ts', folder.path, `${at}`, `${RACES}`),
    )
    await Promise.all(racers.map(({ lines }) => lines.next()))
    const start = Date.now() + 50
    for (const racer of racers) racer.process.stdin?.write(`${start}`)
    const winners: number[][] = Array.from({ length: RACES }, () => [])
    const sizes: number[][] = Array.from({ length: RACES }, () => [])
    await Promise.all(
      racers.map(async ({ lines }, racer) => {
        for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
          const { at, written, size } = JSON.parse(line.value) as { at: number; written: boolean; size: number }
          if (written) winners[at]?.push(racer)
          sizes[at]?.push(size)
        }
      }),
    )
    expect(winners.map((each) => each.length)).toEqual(Array.from({ length: RACES }, () => 1))
    const objects = await objectsIn(new LocalArtifactStore({ name: 'local', path: folder.path }))
    expect(objects.length).toBe(RACES)
    for (const bytes of objects) expect(isWhole(bytes)).toBe(true)
    for (const [at, [winner = -1]] of winners.entries()) {
      expect(new Set(sizes[at])).toEqual(new Set([20_064 + winner]))
      expect(sizes[at]).toHaveLength(RACERS)
    }
  })
})

async function objectsIn(store: ArtifactStore): Promise<readonly Buffer[]> {
  const found: Buffer[] = []
  for await (const { key, size } of store.list('')) {
    const chunks: Uint8Array[] = []
    for await (const chunk of (await store.get(key)) ?? []) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    expect(bytes.length, key).toBe(size)
    found.push(bytes)
  }
  return found
}

/** That the first write of a later process removes what the killed ones left behind. */
async function expectSwept(root: string): Promise<void> {
  const temporary = path.join(root, '@tmp')
  mkdirSync(temporary, { recursive: true })
  const leftBehind = readdirSync(temporary).filter((name) => name !== 'swept')
  expect(leftBehind.length).toBeGreaterThan(0)
  utimesSync(path.join(temporary, 'swept'), 0, 0)
  await new LocalArtifactStore({ name: 'local', path: root }).put('later', Buffer.from('x'))
  await expect.poll(() => readdirSync(temporary)).toEqual(['swept'])
}
