import { existsSync, readdirSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const PIPELINE = `import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const load = step({ name: 'load', output: z.number() }).implement(() => {
  ran('load')
  console.log('loading')
  return 1
})
const show = step({ name: 'show', cache: false, inputs: { n: z.number() }, output: z.number() }).implement(({ n }) => {
  ran('show')
  console.log('showing')
  return n + 1
})
const hang = step({ name: 'hang', cache: false, output: z.number() }).implement(async () => {
  while (!existsSync('go')) await sleep(20)
  return 1
})
export const p = pipeline({ name: 'p', build: () => show({ n: load() }) })
export const slow = pipeline({ name: 'slow', build: () => hang() })
`

async function projectWithRuns(...names: readonly string[]): Promise<TemporaryProject> {
  const project = temporaryProject({ 'pipeline.ts': PIPELINE })
  for (const name of names) await project.run('pipeline.ts', { args: ['p', '--name', name] })
  return project
}

async function listed(project: TemporaryProject): Promise<readonly string[]> {
  const { stdout } = await project.cairn(['run', 'list', '--json'])
  const { runs } = JSON.parse(stdout) as { readonly runs: readonly { readonly name: string }[] }
  return runs.map(({ name }) => name)
}

describe('cairn run rm', () => {
  it('removes a run and its logs, and nothing that other runs reuse or say', async () => {
    using project = await projectWithRuns('first', 'second')
    const runFolders = (): number => readdirSync(project.path('.cairn/artifacts/runs')).length
    expect(runFolders()).toBe(2)
    const removed = await project.cairn(['run', 'rm', 'first', '--yes'])
    expect(removed).toMatchObject({ code: 0, stderr: '' })
    expect(removed.stdout).toMatch(/Removed 1 run and \d+ B of logs, reports and results that are not reused\.\n$/)
    expect(await listed(project)).toEqual(['second'])
    const gone = await project.cairn(['run', 'show', 'first'])
    expect(gone.stderr).toContain('CAIRN_RUN_UNKNOWN')

    const why = await project.cairn(['explain', 'second', 'load'])
    expect(why).toMatchObject({ code: 0, stderr: '' })
    expect(why.stdout).toContain('run first')
    const logs = await project.cairn(['run', 'logs', 'second'])
    expect(logs.stdout).toBe('load | loading\nshow | showing\n')
    const lineage = await project.cairn(['artifact', 'lineage', 'second/show'])
    expect(lineage).toMatchObject({ code: 0, stderr: '' })
    expect(lineage.stdout).toContain('(removed)')
    const value = await project.cairn(['artifact', 'cat', 'second/load'])
    expect(value.stdout.trim()).toBe('1')

    expect(await project.run('pipeline.ts', { args: ['p', '--name', 'first'] })).toMatchObject({ steps: ['show'] })
    await project.cairn(['run', 'rm', '--keep-last', '0', '--yes'])
    expect(await listed(project)).toEqual([])
    expect(await project.run('pipeline.ts', { args: ['p'] })).toMatchObject({ code: 0, steps: ['show'] })
    await project.cairn(['run', 'sync'])
    expect(await listed(project)).toHaveLength(1)
  })

  it('removes everything of a run whose results nobody can reuse', async () => {
    using project = await projectWithRuns('only')
    await project.cairn(['cache', 'rm', 'load', '--yes'])
    await project.cairn(['run', 'rm', 'only', '--yes'])
    const runs = project.path('.cairn/artifacts/runs')
    expect(existsSync(runs) ? readdirSync(runs) : []).toEqual([])
  })

  it('follows rules, and says before what it would do', async () => {
    using project = await projectWithRuns('first', 'second', 'third')
    const would = await project.cairn(['run', 'rm', '--keep-last', '1', '--dry-run'])
    expect(would.stdout).toMatch(/second +p +completed.*\nfirst +p +completed.*\nThis would remove 2 runs\.\n$/)
    const young = await project.cairn(['run', 'rm', '--older-than', '30d', '--yes'])
    expect(young.stdout).toBe('There is nothing to remove.\n')
    const unasked = await project.cairn(['run', 'rm', '--keep-last', '1'])
    expect(unasked).toMatchObject({ code: 2 })
    expect(unasked.stderr).toContain('CAIRN_CONFIRMATION_MISSING: There is no terminal to ask on: Remove 2 runs?')
    expect(await listed(project)).toEqual(['third', 'second', 'first'])
    const json = await project.cairn(['run', 'rm', '--keep-last', '1', '--yes', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({
      format: 'cairn.run-removal/1',
      dryRun: false,
      runs: [{ name: 'second' }, { name: 'first' }],
      liveRuns: [],
      removed: { runs: 2, keptSteps: 1 },
    })
    expect(await listed(project)).toEqual(['third'])
  })

  it('removes a run whose process was killed, and shows it as failed', async () => {
    using project = temporaryProject({ 'pipeline.ts': PIPELINE })
    const run = project.start('pipeline.ts', { args: ['slow', '--name', 'lost'] })
    await run.process.printed('Step hang has started')
    run.process.kill('SIGKILL')
    await run.ended
    const { code, stdout } = await project.cairn(['run', 'rm', 'lost', '--yes'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^lost +slow +failed /m)
  })

  it('leaves a run alone that is going on', async () => {
    using project = await projectWithRuns()
    const run = project.start('pipeline.ts', { args: ['slow', '--name', 'live'] })
    await run.process.printed('Step hang has started')
    const named = await project.cairn(['run', 'rm', 'live', '--yes'])
    expect(named).toMatchObject({ code: 2, stdout: '' })
    expect(named.stderr).toContain('CAIRN_RUN_LIVE: Run live is going on.')
    const all = await project.cairn(['run', 'rm', '--keep-last', '0', '--yes'])
    expect(all.stdout).toBe('Run live is going on and stays.\nThere is nothing to remove.\n')
    project.write({ go: '' })
    expect(await run.ended).toMatchObject({ code: 0 })
    const contradiction = await project.cairn(['run', 'rm', 'live', '--keep-last', '1'])
    expect(contradiction).toMatchObject({ code: 2 })
    expect(await project.cairn(['run', 'rm'])).toMatchObject({ code: 2 })
  })
})
