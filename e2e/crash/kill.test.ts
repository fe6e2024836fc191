import { globSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { damagedObjects, stepRunCounts, storedRuns } from '../project/local-state.ts'
import type { RunningProcess } from '../project/running-process.ts'
import type { CommandResult, TemporaryProject } from '../project/temporary-project.ts'
import { CHAIN_ORDER, CHAIN_STEPS, chainLabel, chainProject, isChainResult } from './chain-project.ts'

const SEED = Number(process.env['CAIRN_TEST_SEED'] ?? Date.now() % 1_000_000)
const ROUNDS = 6
const KILLS_PER_ROUND = 5
const MOST_STEPS_PER_PROCESS = 4
/** Longer than a step takes, so that some are killed after they have ended. */
const STEP_MS = 20

/** A killed process and what it had said. */
interface Killed {
  readonly run: string | undefined
  readonly finished: readonly string[]
  readonly ended: boolean
}

describe(`a process that is killed at any moment (seed ${SEED})`, () => {
  const random = randomNumbers(SEED)
  const project: TemporaryProject = chainProject()
  const killed: Killed[] = []
  let runMs = 0

  /** Soon after one of the next steps has started; once in a while at any time of the process. */
  async function killAtRandom(process: RunningProcess, unfinished: readonly string[]): Promise<void> {
    const next = unfinished[Math.floor(random() * Math.min(unfinished.length, MOST_STEPS_PER_PROCESS))]
    if (next === undefined || random() < 0.2) await sleep(runMs * random())
    else await process.printed(`Step ${chainLabel(next)} has started.`).then(() => sleep(STEP_MS * random()))
    process.kill('SIGKILL')
  }

  beforeAll(async () => {
    const begun = performance.now()
    const whole = await project.run('main.ts', { args: ['--param', 'round=1000'] })
    runMs = performance.now() - begun
    expect(whole).toMatchObject({ code: 0, stderr: '', steps: CHAIN_STEPS })
    expect(isChainResult(whole.result, 1000)).toBe(true)
  })

  afterAll(() => project[Symbol.dispose]())

  it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'loses nothing that it said was finished, and the next run completes it (round %d)',
    async (round) => {
      const flags = { args: ['--param', `round=${round}`] }
      const finished = new Set<string>()
      const executed = new Set<string>()
      const check = (result: CommandResult): void => {
        expect(result.steps.filter((id) => finished.has(id))).toEqual([])
        for (const id of result.steps) executed.add(id)
        for (const id of finishedSteps(result.stdout)) finished.add(id)
      }

      for (let kill = 0; kill < KILLS_PER_ROUND; kill += 1) {
        const { process, ended } = project.start('main.ts', flags)
        await killAtRandom(
          process,
          CHAIN_ORDER.filter((id) => !finished.has(id)),
        )
        const result = await ended
        check(result)
        killed.push({
          run: /^Creating run (\S+)/m.exec(result.stdout)?.[1],
          finished: finishedSteps(result.stdout),
          ended: result.stdout.includes('\nPipeline run '),
        })
      }
      const completed = await project.run('main.ts', flags)
      check(completed)
      const again = await project.run('main.ts', flags)

      expect(completed).toMatchObject({ code: 0, stderr: '' })
      expect(isChainResult(completed.result, round)).toBe(true)
      expect([...executed].toSorted()).toEqual(CHAIN_STEPS)
      expect(again).toMatchObject({ code: 0, stderr: '', steps: [], result: completed.result })
    },
  )

  it('is killed in the midst of its steps often enough to mean something', () => {
    const inTheMidst = killed.filter(({ run, ended }) => run !== undefined && !ended)

    expect(inTheMidst.length).toBeGreaterThan(killed.length / 3)
    expect(new Set(inTheMidst.map(({ finished }) => finished.length)).size).toBeGreaterThan(2)
  })

  it('leaves no damaged objects and no temporary files among them', () => {
    const entries = globSync('.cairn/artifacts/cache/**/*', { cwd: project.dir, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )

    expect(damagedObjects(project)).toEqual([])
    expect(entries.length).toBeGreaterThanOrEqual(CHAIN_STEPS.length)
    for (const { parentPath, name } of entries) {
      expect(name).toMatch(/^[^.]+\.json$/)
      expect(JSON.parse(readFileSync(`${parentPath}/${name}`, 'utf8'))).toMatchObject({
        format: 1,
        status: 'completed',
      })
    }
  })

  it('is shown as a run that failed because its process died', () => {
    const byName = new Map(storedRuns(project).map((run) => [run.name, run]))
    const lost = killed.flatMap(({ run, ended }) => (run === undefined || ended ? [] : [byName.get(run)]))

    for (const run of lost) {
      // It may have been killed between recording its end and saying so.
      if (run?.status === 'completed' || run?.status === 'cached') continue
      expect(run).toMatchObject({ status: 'failed', data: { error: { code: 'CAIRN_RUN_LOST' } } })
    }
    expect(lost.filter((run) => run?.status === 'failed').length).toBeGreaterThan(0)
    expect([...byName.values()].filter(({ status }) => status === 'running')).toEqual([])
    expect(stepRunCounts(project)).not.toHaveProperty('running')
  })
})

/** Ids of the steps that a log says are done. */
function finishedSteps(log: string): readonly string[] {
  const lines = log.matchAll(/^Step (\S+)(?: \((\S+)\))? has finished in .*\n/gm)
  return Array.from(lines, ([, step = '', id]) => id ?? step)
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
