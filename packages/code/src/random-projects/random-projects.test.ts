import { describe, expect, it } from 'vitest'

import {
  checkBundlesInProcesses,
  checkInProcesses,
  checkWaysInProcesses,
  showFigures,
} from './check-in-processes.fixture.ts'
import type { CheckingTask } from './checking-process.fixture.ts'
import { MISSED_CHANGES } from './missed-changes-data.fixture.ts'

const seed = Number(process.env['CAIRN_CLOSURE_SEED'] ?? 1)
const checks = Number(process.env['CAIRN_CLOSURE_CHECKS'] ?? (process.env['CI'] === undefined ? 1500 : 20_000))
const PROCESSES = 2
const TIMEOUT_MS = 300_000

function check(task: Partial<CheckingTask>): ReturnType<typeof checkInProcesses> {
  return checkInProcesses({ seed, checks, state: 'mixed', identity: 'walk', ...task }, PROCESSES)
}

describe('the code of steps of random projects', { timeout: TIMEOUT_MS }, () => {
  it('has no digest that stands for two results, neither after an edit nor in another order of steps', async () => {
    const report = await check({ stability: Math.ceil(checks / 200) })
    console.log(`seed ${seed}: ${showFigures(report)}`)
    expect(report.falseHits.join('\n\n')).toBe('')
    expect(report.unstable).toEqual([])
    // Otherwise the generator makes nothing that could be missed.
    expect(report.changed - report.changedRefused).toBeGreaterThan(checks / 30)
  })

  it('is refused in fewer than one of ten cases where no module state changes', async () => {
    const report = await check({ checks: Math.ceil(checks / 3), state: 'none' })
    console.log(`seed ${seed}, no state: ${showFigures(report)}`)
    expect(report.falseHits.join('\n\n')).toBe('')
    expect(report.refused / report.checks, JSON.stringify(report.reasons)).toBeLessThan(0.1)
  })
})

describe('the bundles of steps of random projects', { timeout: TIMEOUT_MS }, () => {
  it('give what the steps give in their projects', async () => {
    const report = await checkBundlesInProcesses({ seed, bundles: Math.ceil(checks / 25), state: 'mixed' }, PROCESSES)
    console.log(`seed ${seed}: ${report.bundles} bundles, ${report.without} steps without`)
    expect(report.different.join('\n\n')).toBe('')
  })
})

describe('a statement that changes what a step reads', { timeout: TIMEOUT_MS }, () => {
  it('is part of its code, or makes it unknown; but for those that are known to be missed', async () => {
    const report = await checkWaysInProcesses(PROCESSES)
    console.log(`${report.seen} changes seen, ${report.refused} refused, ${report.unseen.length} missed`)
    expect(report.pointless).toEqual([])
    const known = Object.entries(MISSED_CHANGES).flatMap(([change, layouts]) =>
      layouts.map((one) => `${change} (${one})`),
    )
    const missed = report.unseen.map(([change, layout]) => `${change} (${layout})`)
    expect(missed.toSorted()).toEqual(known.toSorted())
  })
})

describe('the test with random projects', { timeout: TIMEOUT_MS }, () => {
  it.each(['own text', 'own file', 'imported files'] as const)(
    'catches an identity that is the %s',
    async (identity) => {
      const report = await check({ checks: 6000, identity, state: 'load', skipsOrders: true, skipsShrinking: true })
      expect(report.falseHits.join('')).toContain('after the edit')
    },
  )

  it('finds nothing in an identity that is all bytes of the project, where steps do not disturb one another', async () => {
    const report = await check({ checks: 1000, identity: 'everything', state: 'none' })
    expect(report.falseHits).toEqual([])
  })

  it('catches steps that disturb one another', async () => {
    const report = await check({ checks: 3000, identity: 'everything', state: 'any', skipsShrinking: true })
    expect(report.falseHits.join('')).toContain('in the reverse order')
  })
})
