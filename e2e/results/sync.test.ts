import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { greetingProject } from '../command/greeting-project.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'
import { linesOf, printed } from './results-project.ts'

type Project = ReturnType<typeof greetingProject>

/** The same project on another machine: with local state of its own, and the artifact store of the first. */
function besides(first: Project): Project {
  const second = greetingProject()
  mkdirSync(second.path('.cairn'))
  mkdirSync(first.path('.cairn/artifacts'), { recursive: true })
  symlinkSync(first.path('.cairn/artifacts'), second.path('.cairn/artifacts'), 'dir')
  return second
}

const run = (project: TemporaryProject, ...args: readonly string[]) => project.run('main.ts', { args })

describe('cairn run sync', () => {
  it('lists, shows, compares and explains on one machine what ran on another', async () => {
    using one = greetingProject()
    using two = besides(one)
    await run(one, '--name', 'first')
    await run(one, '--name', 'second', '-p', 'times=2')
    const said = await linesOf(two, 'run', 'sync')
    expect(said[0]).toMatch(/^Imported run first of pipeline \S+ \(version 1\), made by \S+ on host \S+\.$/)
    expect(said.at(-1)).toBe('2 runs imported, 0 reports stored.')
    for (const command of ['run list', 'run show second', 'explain', 'explain last count', 'run compare', 'run logs']) {
      const [there, here] = [await two.cairn(command.split(' ')), await one.cairn(command.split(' '))]
      expect(there).toEqual({ ...here, code: 0 })
    }
    expect(await linesOf(two, 'run', 'sync')).toEqual(['Nothing is missing, here or in the artifact store.'])
  })

  it('lets a run that reused what was made elsewhere say so, in the other direction, too', async () => {
    using one = greetingProject()
    using two = besides(one)
    await run(one, '--name', 'made')
    await run(two, '--name', 'reused')
    const [line = ''] = (await printed(two, 'run', 'sync', '--json')).split('\n')
    expect(JSON.parse(line)).toMatchObject({
      format: 'cairn.sync/1',
      kind: 'imported',
      name: 'made',
      status: 'completed',
    })
    expect(await linesOf(two, 'run', 'show', 'reused')).toContainEqual(expect.stringContaining('cached  from run made'))
    expect(await linesOf(one, 'run', 'sync')).toHaveLength(2)
    expect(await printed(one, 'explain', '--json', 'reused')).toBe(await printed(two, 'explain', '--json', 'reused'))
  })

  it('finds nothing to do in a copy of the local state, and stores reports that are gone', async () => {
    using one = greetingProject()
    await run(one, '--name', 'first')
    using copy = temporaryProject({})
    cpSync(one.path('.cairn'), copy.path('.cairn'), { recursive: true })
    expect(await linesOf(copy, 'run', 'sync')).toEqual(['Nothing is missing, here or in the artifact store.'])
    using fresh = greetingProject()
    cpSync(one.path('.cairn/metadata.sqlite'), join(fresh.path('.cairn'), 'metadata.sqlite'), { recursive: true })
    expect((await linesOf(fresh, 'run', 'sync')).at(-1)).toBe('0 runs imported, 1 report stored.')
  })

  it('leaves the reports to other machines when the cache is pruned', async () => {
    using one = greetingProject()
    using two = besides(one)
    await run(one, '--name', 'first')
    await one.cairn(['cache', 'prune', '--older-than', '0s', '--yes'])
    expect((await linesOf(two, 'run', 'sync')).at(-1)).toBe('1 run imported, 0 reports stored.')
  })

  it('skips what is no report with the reason', async () => {
    using one = greetingProject()
    const id = '0'.repeat(32)
    mkdirSync(one.path(`.cairn/artifacts/runs/${id}`), { recursive: true })
    writeFileSync(one.path(`.cairn/artifacts/runs/${id}/run.json`), '{"format":"cairn.report/9"}')
    expect(await linesOf(one, 'run', 'sync')).toEqual([
      `Skipped the report of run ${id}: its format is not cairn.report/1.`,
      'Nothing is missing, here or in the artifact store, 1 report skipped.',
    ])
  })
})

const ELSEWHERE = `import { defineStack, pipeline, step } from 'cairnml'
import { z } from 'zod'

const stack = defineStack({ name: 'elsewhere', metadataStore: { use: 'sqlite', path: 'records' } })
const one = step({ name: 'one', output: z.number() }).implement(() => 1)
await pipeline({ name: 'small', build: () => one() }).run({}, { stack })
`

it('--report writes the report of a run on a stack that the code defines', async () => {
  using project = temporaryProject({ 'main.ts': ELSEWHERE })
  const { code, stderr } = await project.run('main.ts', { args: ['--name', 'first', '--report', 'run.json'] })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect((await linesOf(project, 'run', 'show', '--from', 'run.json'))[0]).toContain('Run first of pipeline small')
})
