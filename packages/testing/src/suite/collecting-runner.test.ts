import { describe, expect, it } from 'vitest'

import { CollectingRunner } from './collecting-runner.ts'

describe('CollectingRunner', () => {
  it('tells of every test by its path whether it passed', async () => {
    const runner = new CollectingRunner({ timeoutMs: 20 })
    const failure = new Error('no')
    runner.describe('outer', () => {
      runner.describe('inner', () => runner.it('passes', async () => {}))
      runner.it('fails', () => Promise.reject(failure))
      runner.it('hangs', () => new Promise(() => {}))
    })
    const [passed, failed, hung] = await runner.run()
    expect(passed).toEqual({ name: 'outer > inner > passes' })
    expect(failed).toEqual({ name: 'outer > fails', error: failure })
    expect(String(hung?.error)).toContain('not finished after 20 ms')
  })
})
