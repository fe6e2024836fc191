import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { damagedObjects, stepRunCounts } from '../project/local-state.ts'
import type { CommandResult, RunningCommand, TemporaryProject } from '../project/temporary-project.ts'
import { needing, singleProject, type Work } from './single-project.ts'

const SHORT_LEASE_MS = 1500
/** So long that no test gets by it: a death has to be found otherwise. */
const LONG_LEASE_MS = 600_000
const WAITS = 'Step work waits for run '

/** Starts a process that gets the lease. */
async function startHolder(project: TemporaryProject, work: Work): Promise<RunningCommand> {
  const holder = project.start('main.ts', needing(work))
  await holder.process.printed('WORKING')
  return holder
}

/** Starts processes and waits until all of them wait for somebody else. */
async function startWaiters(project: TemporaryProject, work: Work, number: number): Promise<readonly RunningCommand[]> {
  const waiters = Array.from({ length: number }, () => project.start('main.ts', needing(work)))
  for (const { process } of waiters) await process.printed(WAITS)
  return waiters
}

/** How often the step worked, in all of these processes together. */
function executions(results: readonly CommandResult[]): number {
  return results.flatMap(({ steps }) => steps).length
}

function expectSameResult(results: readonly CommandResult[]): void {
  const [first] = results
  expect(first?.result).toBeTypeOf('number')
  for (const result of results) expect(result).toMatchObject({ code: 0, stderr: '', result: first?.result })
}

describe('processes that need the same result at once', () => {
  it('do the work once: eight of them race for it', async () => {
    using project = singleProject(LONG_LEASE_MS)
    const work = { ms: 2500 }

    const racing = Array.from({ length: 8 }, () => project.run('main.ts', needing(work)))
    const results = await Promise.all(racing)

    expect(executions(results)).toBe(1)
    expectSameResult(results)
    expect(stepRunCounts(project)).toEqual({ cached: 7, completed: 1 })
  })

  it('do it once more when the first is killed, whoever is next', async () => {
    using project = singleProject(LONG_LEASE_MS)
    const work = { ms: 5000 }

    const holder = await startHolder(project, work)
    const waiters = await startWaiters(project, work, 4)
    holder.process.kill('SIGKILL')
    const killed = await holder.ended
    const results = await Promise.all(waiters.map(({ ended }) => ended))

    expect(killed).toMatchObject({ signal: 'SIGKILL', steps: ['work'], result: undefined })
    expect(executions(results)).toBe(1)
    expectSameResult(results)
    expect(damagedObjects(project)).toEqual([])
  })

  it('wait for one that keeps its thread busy for longer than a lease lasts', async () => {
    using project = singleProject(SHORT_LEASE_MS)
    const work = { ms: 4 * SHORT_LEASE_MS, busy: true }

    const holder = await startHolder(project, work)
    const waiters = await startWaiters(project, work, 2)
    const results = await Promise.all([holder, ...waiters].map(({ ended }) => ended))

    expect(executions(results)).toBe(1)
    expectSameResult(results)
    expect(results[1]?.stdout).toMatch(/^Step work waits for run \S+ \(pid \d+ on \S+\), which is working on it\.$/m)
    expect(results[1]?.stdout).toContain('Using cached version of work.')
  })

  it.skipIf(process.platform === 'win32')(
    'take over from one that is stopped, which then ends with the result of the other',
    async () => {
      using project = singleProject(SHORT_LEASE_MS)
      const work = { ms: 1000 }

      const holder = await startHolder(project, work)
      holder.process.kill('SIGSTOP')
      const begun = performance.now()
      const [waiter] = await startWaiters(project, work, 1)
      const successor = await waiter?.ended
      const tookMs = performance.now() - begun
      holder.process.kill('SIGCONT')
      const stopped = await holder.ended
      const later = await project.run('main.ts', needing(work))

      expect(tookMs).toBeGreaterThan(SHORT_LEASE_MS + work.ms)
      expect(successor).toMatchObject({ steps: ['work'] })
      expect(stopped).toMatchObject({ steps: ['work'] })
      expect(later).toMatchObject({ steps: [] })
      expectSameResult([stopped, ...(successor === undefined ? [] : [successor]), later])
    },
  )

  it('agree on who works although their clocks are days apart', async () => {
    using project = singleProject(SHORT_LEASE_MS)
    const work = { ms: 3 * SHORT_LEASE_MS, busy: true }
    const day = 24 * 3600 * 1000

    // None is behind the files of the project: code that is newer than its process has no key.
    const running = [1, 0, 2].map(async (days, at) => {
      await sleep(at * 500)
      const env = { CLOCK_SHIFT_MS: String(days * day), NODE_OPTIONS: '--import=./skewed-clock.mjs' }
      return project.run('main.ts', { ...needing(work), env })
    })
    const results = await Promise.all(running)

    expect(executions(results)).toBe(1)
    expectSameResult(results)
  })

  it('leave no process behind that only waits to beat', async () => {
    using project = singleProject(LONG_LEASE_MS)

    const result = await project.run('main.ts', needing({ ms: 0 }))

    expect(result).toMatchObject({ code: 0, steps: ['work'] })
  })
})
