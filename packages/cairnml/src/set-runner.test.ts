import { currentRunner, setRunner, type Runner } from '@cairnml/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const MONITOR = 'uncaughtExceptionMonitor'
const before = process.listeners(MONITOR)
const added = (): readonly NodeJS.UncaughtExceptionListener[] =>
  process.listeners(MONITOR).filter((listener) => !before.includes(listener))

beforeEach(() => {
  vi.resetModules()
  setRunner(undefined)
})
afterEach(() => {
  setRunner(undefined)
  for (const listener of added()) process.off(MONITOR, listener)
})

describe('importing the package', () => {
  it('sets a runner and reports uncaught errors where there is no runner', async () => {
    await import('./index.ts')
    expect(currentRunner()?.run).toBeTypeOf('function')
    expect(added()).toHaveLength(1)
  })

  it('leaves the runner of a command in place and uncaught errors to it', async () => {
    const own: Runner = { run: () => Promise.reject(new Error('not here')) }
    setRunner(own)
    await import('./index.ts')
    expect(currentRunner()).toBe(own)
    expect(added()).toHaveLength(0)
  })

  it('does it once where two copies of the package are loaded', async () => {
    await import('./index.ts')
    const first = currentRunner()
    vi.resetModules()
    await import('./index.ts')
    expect(currentRunner()).toBe(first)
    expect(added()).toHaveLength(1)
  })
})
