import { MemoryCacheIndex, type CacheIndex } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { beatOnce } from './beat-once.ts'

/** An index whose beater is made as the source says. */
const beatingBy = (createBeater: string): CacheIndex =>
  Object.assign(new MemoryCacheIndex(), {
    beater: () => ({
      module: `data:text/javascript,${encodeURIComponent(`export const createBeater = ${createBeater}`)}`,
      data: null,
    }),
  })

describe('beatOnce', { timeout: 30_000 }, () => {
  it('waits for a beat that takes its time', async () => {
    await beatOnce(beatingBy('() => ({ beat: () => new Promise((resolve) => setTimeout(resolve, 20)) })'), [])
  })

  it('fails when the thread ends before the beat is done, for whatever reason', async () => {
    for (const source of ['() => new Promise(() => {})', '() => process.exit(0)']) {
      await expect(beatOnce(beatingBy(source), [])).rejects.toThrow('the thread of the beater ended')
    }
    await expect(beatOnce(beatingBy("() => { throw new Error('no file') }"), [])).rejects.toThrow('no file')
  })
})
