import { afterAll, describe, expect, it } from 'vitest'

import { damagedObjects, stepRunCounts, storedRuns, storedVersions } from '../project/local-state.ts'
import type { CommandResult, TemporaryProject } from '../project/temporary-project.ts'
import { CHAIN_STEPS, chainProject, isChainResult } from './chain-project.ts'

const ROUNDS = Array.from({ length: 5 }, (_, round) => ({ round, processes: 2 + (round % 3) }))

/** Starts the same command several times at once. */
function atOnce(project: TemporaryProject, processes: number, args: readonly string[]): Promise<CommandResult[]> {
  return Promise.all(Array.from({ length: processes }, () => project.run('main.ts', { args })))
}

function expectGood(results: readonly CommandResult[], round: number): void {
  const [first] = results
  for (const result of results) {
    expect(result).toMatchObject({ code: 0, stderr: '', result: first?.result })
    expect(result.stdout).not.toMatch(/locked|BUSY|could not/)
  }
  expect(isChainResult(first?.result, round)).toBe(true)
  const executed = new Set(results.flatMap(({ steps }) => steps))
  expect([...executed].toSorted()).toEqual(CHAIN_STEPS)
}

describe('processes that start the same pipeline at once', () => {
  const shared = chainProject()
  let runs = 0

  afterAll(() => shared[Symbol.dispose]())

  it.each(ROUNDS)(
    'agree on every result in a new project ($processes processes, round $round)',
    async ({ round, processes }) => {
      using project = chainProject()
      const args = ['--param', `round=${round}`]

      const results = await atOnce(project, processes, args)
      const next = await project.run('main.ts', { args })

      expectGood(results, round)
      expect(next).toMatchObject({ code: 0, stderr: '', steps: [], result: results[0]?.result })
      expect(storedRuns(project)).toHaveLength(processes + 1)
      expect(storedVersions(project)).toEqual(['chain@1'])
    },
  )

  it.each(ROUNDS)(
    'agree on every result in one project ($processes processes, round $round)',
    async ({ round, processes }) => {
      const args = ['--param', `round=${round}`]

      const results = await atOnce(shared, processes, args)
      const next = await shared.run('main.ts', { args })
      runs += processes + 1

      expectGood(results, round)
      expect(next).toMatchObject({ code: 0, stderr: '', steps: [], result: results[0]?.result })
      expect(storedRuns(shared)).toHaveLength(runs)
    },
  )

  it('leave every run recorded with all its steps, under one version', () => {
    const statuses = new Set(storedRuns(shared).map(({ status, version }) => `${status} ${version}`))
    const counts = stepRunCounts(shared)

    expect(statuses.isSubsetOf(new Set(['completed 1', 'cached 1']))).toBe(true)
    expect(Object.keys(counts)).toEqual(['cached', 'completed'])
    expect((counts['cached'] ?? 0) + (counts['completed'] ?? 0)).toBe(runs * (CHAIN_STEPS.length + 1))
    expect(storedVersions(shared)).toEqual(['chain@1'])
    expect(damagedObjects(shared)).toEqual([])
  })

  it('give one run name to one of them', async () => {
    using project = chainProject()

    const results = await atOnce(project, 3, ['--name', 'once'])

    const refused = results.filter(({ code }) => code !== 0)
    expect(refused).toHaveLength(2)
    for (const { code, stderr } of refused) {
      expect(code).toBe(2)
      expect(stderr).toMatch(/^CAIRN_RUN_NAME_TAKEN: A run named "once" exists already\.\n/)
    }
    expect(storedRuns(project).map(({ name, status }) => `${name} ${status}`)).toEqual(['once completed'])
  })
})
