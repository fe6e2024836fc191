import { globSync, utimesSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { damagedObjects, folderContent, storedRuns } from '../project/local-state.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'
import { answer, entriesOf, PIPELINE, statusesOf, storeProject } from './store-project.ts'

const ALL_RAN = ['load', 'parts', 'report']

function objects(project: TemporaryProject): readonly string[] {
  return globSync('.cairn/artifacts/{blobs,trees,cache,runs}/**/*', { cwd: project.dir, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted()
}

describe('after three runs', () => {
  let base: TemporaryProject

  beforeAll(async () => {
    base = storeProject()
    for (const size of [1000, 2000, 3000]) await base.run(PIPELINE, { args: ['-p', `size=${size}`] })
  })

  afterAll(() => base[Symbol.dispose]())

  it.each([
    [['rm', 'load']],
    [['rm', 'load', '--json']],
    [['prune', '--max-size', '1kB']],
    [['prune', '--keep-last', '1', '--json']],
  ])('cairn cache %j does nothing where nobody can be asked', async (args) => {
    const before = folderContent(base, '.cairn/artifacts')
    const ended = await base.cairn(['cache', ...args])
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(/^CAIRN_CONFIRMATION_MISSING: There is no terminal to ask on: Remove \d entr/)
    expect(folderContent(base, '.cairn/artifacts')).toEqual(before)
  })

  it('--dry-run shows what would go and changes nothing', async () => {
    const before = folderContent(base, '.cairn/artifacts')
    const ended = await base.cairn(['cache', 'prune', '--keep-last', '1', '--dry-run'])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toMatch(/^STEP +KEY +SIZE +LAST USED +MADE BY +WHY\n/)
    expect(ended.stdout).toMatch(/\nThis would remove 6 entries, 3\.\d kB\.\n$/)
    expect(folderContent(base, '.cairn/artifacts')).toEqual(before)
  })

  it('rm by step frees the content, and the next run makes only that again', async () => {
    using project = base.copy()
    const removal = await project.cairn(['cache', 'rm', 'load', '--yes', '--json'])
    expect(answer(removal)).toMatchObject({
      format: 'cairn.cache-removal/1',
      dryRun: false,
      bytes: 6006,
      removed: { entries: 3, swept: { objects: 3, bytes: 6006 } },
    })
    expect((await entriesOf(project)).map(({ step }) => step)).not.toContain('load')
    const rerun = await project.run(PIPELINE, { args: ['--json'] })
    expect(statusesOf(rerun.stdout)).toEqual({ load: 'completed', parts: 'cached', report: 'completed' })
    expect(storedRuns(project)).toHaveLength(4)
  })

  it('rm by key removes one result', async () => {
    using project = base.copy()
    const [entry] = (await entriesOf(project)).filter(({ step }) => step === 'load')
    const removal = await project.cairn(['cache', 'rm', entry?.key?.slice(0, 12) ?? '', '--yes'])
    expect(removal).toMatchObject({ code: 0, stderr: '' })
    expect(removal.stdout).toMatch(/\nRemoved 1 entry and \d\.0 kB of content\.\n$/)
    expect((await entriesOf(project)).filter(({ step }) => step === 'load')).toHaveLength(2)
  })

  it('prune makes room, the least recently used first', async () => {
    using project = base.copy()
    await project.run(PIPELINE, { args: ['-p', 'size=1000'] })
    const pruned = await project.cairn(['cache', 'prune', '--max-size', '5.5kB', '--yes'])
    expect(pruned).toMatchObject({ code: 0, stderr: '' })
    const sizes = (await entriesOf(project)).filter(({ step }) => step === 'load').map(({ size }) => size)
    expect(sizes.toSorted((a, b) => a - b)).toEqual([1002, 3002])
    expect(await project.run(PIPELINE)).toMatchObject({ steps: ['report'] })
  })

  it('prune by age leaves what is younger, and all goes by --older-than 1ms', async () => {
    using project = base.copy()
    const nothing = await project.cairn(['cache', 'prune', '--older-than', '1h', '--yes'])
    expect(nothing).toMatchObject({ code: 0, stdout: 'There is nothing to remove.\n' })
    await project.cairn(['cache', 'prune', '--older-than', '1ms', '--yes'])
    // The records of the three runs are no part of the cache.
    expect(objects(project)).toEqual(['run.json', 'run.json', 'run.json'])
    expect(await project.cairn(['cache', 'ls'])).toMatchObject({ stdout: expect.stringMatching(/^The cache is empty/) })
    expect(await project.run(PIPELINE)).toMatchObject({ code: 0, steps: ALL_RAN })
    expect(await project.run(PIPELINE)).toMatchObject({ code: 0, steps: ['report'] })
  })

  it('prune takes old content that nothing refers to, and leaves young one', async () => {
    using project = base.copy()
    const orphan = '.cairn/artifacts/blobs/sha256/ab/' + 'ab'.repeat(32)
    project.write({ [orphan]: 'orphan' })
    expect((await project.cairn(['cache', 'prune', '--yes'])).stdout).toBe('There is nothing to remove.\n')
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000)
    utimesSync(project.path(orphan), old, old)
    const ended = await project.cairn(['cache', 'prune', '--yes'])
    expect(ended.stdout).toBe('Removed 0 entries and 6 B of content.\n')
    expect(project.exists(orphan)).toBe(false)
    expect(await project.run(PIPELINE)).toMatchObject({ steps: ['report'] })
  })
})

describe('a prune while a run goes on', () => {
  it('takes nothing from the run, and the next prune takes the content', async () => {
    using project = storeProject()
    const gate = project.path('gate')
    const going = project.start(PIPELINE, { args: ['-p', `gate=${gate}`] })
    await going.process.printed('Step report has started.')
    const pruned = answer<{ removed: { entries: number; swept: { heldBack?: { because: string } } } }>(
      await project.cairn(['cache', 'prune', '--keep-last', '0', '--yes', '--json']),
    )
    expect(pruned.removed).toMatchObject({ entries: 2, swept: { objects: 0, heldBack: { because: 'runs' } } })
    project.write({ gate: '' })
    expect(await going.ended).toMatchObject({ code: 0, stderr: '', steps: ALL_RAN })
    expect(damagedObjects(project)).toEqual([])
    const rerun = await project.run(PIPELINE, { args: ['-p', `gate=${gate}`] })
    expect(rerun).toMatchObject({ code: 0, stderr: '', steps: ALL_RAN })
  })

  it('and runs beside prunes all the time come to the right end', async () => {
    using project = storeProject()
    const prune = async (): Promise<void> => {
      for (let count = 0; count < 5; count += 1) {
        const ended = await project.cairn(['cache', 'prune', '--keep-last', '0', '--yes'])
        expect(ended).toMatchObject({ code: 0, stderr: '' })
      }
    }
    const run = async (): Promise<void> => {
      for (let count = 0; count < 5; count += 1) {
        const ended = await project.run('main.ts', { node: true })
        expect(ended).toMatchObject({ code: 0, stderr: '', result: 3000 })
      }
    }
    await Promise.all([prune(), run()])
    expect(damagedObjects(project)).toEqual([])
  })
})
