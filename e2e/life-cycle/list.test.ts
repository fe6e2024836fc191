import { describe, expect, it } from 'vitest'

import { answer, entriesOf, PIPELINE, storeProject } from './store-project.ts'

describe('cairn cache ls and stats', () => {
  it('say so where nothing is kept, and make nothing', async () => {
    using project = storeProject()
    for (const command of ['ls', 'stats']) {
      expect(await project.cairn(['cache', command])).toMatchObject({
        code: 0,
        stderr: '',
        stdout: 'The cache is empty: results are kept from the first run on.\n',
      })
    }
    expect(answer(await project.cairn(['cache', 'ls', '--json']))).toEqual({
      format: 'cairn.cache-list/1',
      entries: [],
    })
    expect(await project.cairn(['cache', 'prune'])).toMatchObject({ code: 0, stdout: 'There is nothing to remove.\n' })
    expect(project.exists('.cairn')).toBe(false)
  })

  it('list every result in aligned columns, without colours behind a pipe', async () => {
    using project = storeProject()
    await project.run(PIPELINE)
    await project.run(PIPELINE)
    const { code, stdout, stderr } = await project.cairn(['cache', 'ls', '--sort', 'size'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [titles = '', first = '', second = '', ...rest] = stdout.split('\n')
    expect(titles).toMatch(/^STEP +KEY +SIZE +SHARED +SAVES +REUSED +LAST USED {2}MADE BY$/)
    expect(first).toMatch(/^load {4}[0-9a-f]{12} {2}1\.0 kB +- +\d\.\d\ds +1x +now {2}\S+@\S+, run store-/)
    expect(second).toMatch(/^parts {3}[0-9a-f]{12} +\d+ B/)
    expect(rest.slice(0, 2).every((line) => /^report {2}- +4 B +4 B +\d\.\d\ds +- /.test(line))).toBe(true)
    expect(rest.slice(2)).toEqual(['4 entries.', ''])
    const column = titles.indexOf('MADE BY')
    for (const line of [first, second]) expect(line.slice(column - 2, column)).toBe('  ')
  })

  it('pick, sort and limit', async () => {
    using project = storeProject()
    for (const size of [10, 20, 30]) await project.run(PIPELINE, { args: ['-p', `size=${size}`] })
    const sizes = async (...args: readonly string[]): Promise<readonly number[]> => {
      const printed = await project.cairn(['cache', 'ls', '--json', '--step', 'load', ...args])
      return answer<{ entries: readonly { size: number }[] }>(printed).entries.map(({ size }) => size)
    }
    expect(await sizes('--sort', 'size')).toEqual([32, 22, 12])
    expect(await sizes('--sort', 'age')).toEqual([12, 22, 32])
    expect(await sizes('--limit', '1')).toEqual([32])
    const limited = await project.cairn(['cache', 'ls', '--limit', '2'])
    expect(limited.stdout.split('\n')).toHaveLength(5)
    expect(limited.stdout).toContain('9 entries. 7 more are not shown; --limit shows more.\n')
    expect(await project.cairn(['cache', 'ls', '--step', 'laod'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'No entry is of a step "laod". Did you mean "load"?\n',
    })
  })

  it('measure what is kept, and what reuse saved', async () => {
    using project = storeProject()
    await project.run(PIPELINE)
    await project.run(PIPELINE)
    const stats = answer<Record<string, unknown>>(await project.cairn(['cache', 'stats', '--json']))
    const parts = (await entriesOf(project)).find(({ step }) => step === 'parts')
    expect(stats).toMatchObject({
      format: 'cairn.cache-stats/1',
      entries: 2,
      runResults: 2,
      bytes: 1002 + (parts?.size ?? 0) + 4,
      unreferenced: { objects: 0, bytes: 0 },
      recent: {
        runs: 2,
        steps: [
          { step: 'load', hits: 1, misses: 1, uncached: 0 },
          { step: 'parts', hits: 1, misses: 1, uncached: 0 },
          { step: 'report', hits: 0, misses: 0, uncached: 2, savedMs: 0 },
        ],
      },
    })
    const { stdout } = await project.cairn(['cache', 'stats', '--runs', '1'])
    expect(stdout).toMatch(/^Entries +2, and 2 results of steps without cache\nContent +1\.\d kB/)
    expect(stdout).toMatch(/\nThe last run saved \d+\.\d+s:\nSTEP +HITS +MISSES +NOT CACHED +SAVED\nload +1 +0 +0 /)
  })
})
