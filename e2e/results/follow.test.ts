import { describe, expect, it } from 'vitest'

import { JSON_FORMATS } from './json-formats.ts'
import { CAIRN_BIN } from '../project/installed-packages.ts'
import { temporaryProject, type RunningCommand, type TemporaryProject } from '../project/temporary-project.ts'

const SLOW = `import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const first = step({ name: 'first', output: z.number() }).implement(async () => {
  console.log('first begins')
  while (!existsSync('go')) await sleep(20)
  console.log('first ends')
  return 1
})
const second = step({ name: 'second', inputs: { n: z.number() }, output: z.number() }).implement(({ n }) => {
  console.error('second has', n)
  if (existsSync('fail')) throw new Error('as told')
  return n
})
const silent = step({ name: 'silent', output: z.number() }).implement(() => 1)
export const slow = pipeline({ name: 'slow', build: () => second({ n: first() }) })
export const quiet = pipeline({ name: 'quiet', build: () => silent() })
`

const slowProject = (): TemporaryProject => temporaryProject({ 'pipeline.ts': SLOW })
/** Starts a run and waits until its log is there to be followed. */
async function started(project: TemporaryProject): Promise<RunningCommand> {
  const run = project.start('pipeline.ts', { args: ['slow', '--name', 'live'] })
  await run.process.printed('Step first has started')
  return run
}
const follow = (project: TemporaryProject, args: readonly string[] = []): RunningCommand =>
  project.execute([process.execPath, CAIRN_BIN, 'run', 'logs', '-f', ...args])

describe('cairn run logs --follow', () => {
  it('prints the log of a run of another process as it comes, until the run has ended, and says how', async () => {
    using project = slowProject()
    const run = await started(project)
    const all = follow(project)
    const one = follow(project, ['live', '--step', 'second', '--json'])
    await all.process.printed('first | first begins\n')
    expect(all.process.stdout).not.toContain('first ends')
    project.write({ go: '' })
    await run.ended
    const [everything, second] = [await all.ended, await one.ended]
    expect(everything.stdout).toMatch(/^first \| first begins\nfirst \| first ends\nsecond \| second has 1\n$/)
    expect(everything.stderr).toMatch(/^Run live ended: completed after [\d.]+ ?s\n$/)
    expect(everything.code).toBe(0)
    const [line = '', end = ''] = second.stdout.trim().split('\n')
    expect(JSON.parse(line)).toMatchObject({ format: 'cairn.log-line/1', step: 'second', text: 'second has 1' })
    const { format, ...ending } = JSON.parse(end) as { readonly format: keyof typeof JSON_FORMATS }
    expect(JSON_FORMATS[format].parse(ending)).toEqual({ run: 'live', status: 'completed' })
  })

  it('ends with a run that failed, and with one whose process died, and says so', async () => {
    using project = slowProject()
    project.write({ go: '', fail: '' })
    await project.run('pipeline.ts', { args: ['slow', '--name', 'broken'] })
    const broken = await project.cairn(['run', 'logs', 'broken', '--follow'])
    expect(broken).toMatchObject({ code: 0 })
    expect(broken.stderr).toMatch(/^Run broken ended: failed after [^:]+: step second: \w+: .*as told/)
    project.remove('go')
    project.remove('fail')

    const run = project.start('pipeline.ts', { args: ['slow', '--name', 'live', '--force'] })
    await run.process.printed('Step first has started')
    const following = follow(project, ['live'])
    await following.process.printed('first begins\n')
    run.process.kill('SIGKILL')
    await run.ended
    const lost = await following.ended
    expect(lost).toMatchObject({ code: 0 })
    expect(lost.stderr).toMatch(/^Run live ended: failed: CAIRN_RUN_LOST: /)
  })

  it('ends with 130 at Ctrl-C and leaves the run alone', async () => {
    using project = slowProject()
    const run = await started(project)
    const following = follow(project)
    await following.process.printed('first begins\n')
    following.process.kill('SIGINT')
    expect(await following.ended).toMatchObject({ code: 130, stderr: '' })
    project.write({ go: '' })
    expect(await run.ended).toMatchObject({ code: 0 })
  })

  it('says of a step that never began that there was none', async () => {
    using project = slowProject()
    await project.run('pipeline.ts', { args: ['quiet'] })
    const unknown = await project.cairn(['run', 'logs', '-f', '--step', 'slient'])
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain('Did you mean "silent"?')
  })
})

describe('cairn run logs', () => {
  it('says on standard error that steps wrote nothing', async () => {
    using project = slowProject()
    await project.run('pipeline.ts', { args: ['quiet', '--name', 'q'] })
    const all = await project.cairn(['run', 'logs'])
    expect(all).toMatchObject({ code: 0, stdout: '', stderr: 'The steps of run q wrote nothing.\n' })
    const one = await project.cairn(['run', 'logs', 'q', '--step', 'silent', '--stream', 'stderr'])
    expect(one).toMatchObject({ code: 0, stdout: '', stderr: 'Step silent of run q wrote nothing on stderr.\n' })
  })
})
