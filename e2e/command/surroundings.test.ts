import { describe, expect, it } from 'vitest'

import { CAIRN_BIN } from '../project/installed-packages.ts'
import type { CommandResult, TemporaryProject } from '../project/temporary-project.ts'
import { greetingProject } from './greeting-project.ts'

const CAIRN = `"${process.execPath}" "${CAIRN_BIN}"`

function shell(project: TemporaryProject, line: string, env = {}): Promise<CommandResult> {
  return project.execute(['bash', '-c', line], { env }).ended
}

describe.skipIf(process.platform === 'win32')('a command that was started with closed streams', () => {
  it.each(['<&-', '>&-', '2>&-', '<&- >&- 2>&-'])('does its work: %s', async (closed) => {
    using project = greetingProject()

    const run = await shell(project, `${CAIRN} run pipeline.ts ${closed}`)
    const list = await shell(project, `${CAIRN} run list ${closed}`)
    const refused = await shell(project, `${CAIRN} run gone.ts ${closed}`)

    expect(run).toMatchObject({ code: 0, stderr: '', steps: ['count', 'letters'] })
    expect(list).toMatchObject({ code: 0, stderr: '' })
    expect(refused.code).toBe(2)
  })
})

describe('a variable of the surroundings', () => {
  it.each([
    { COLUMNS: '0' },
    { COLUMNS: '-1' },
    { COLUMNS: '10000' },
    { TERM: 'dumb', LANG: 'C' },
    { NO_COLOR: '1' },
    { FORCE_COLOR: 'nonsense' },
    { NODE_OPTIONS: '--trace-warnings --pending-deprecation --throw-deprecation' },
    { NODE_OPTIONS: '--unhandled-rejections=strict' },
  ])('adds nothing to what commands print, and no warning: %j', async (env) => {
    using project = greetingProject()
    await project.cairn(['run', 'pipeline.ts', '--name', 'first'])
    const plain = await project.cairn(['run', 'list'])

    const run = await project.cairn(['run', 'pipeline.ts', '--name', 'second'], { env })
    await project.cairn(['run', 'rm', 'second', '--yes'])
    const list = await project.cairn(['run', 'list'], { env })

    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(list).toMatchObject({ code: 0, stderr: '', stdout: plain.stdout })
  })

  it('that forces colours adds them to what people read and not to JSON', async () => {
    using project = greetingProject()
    const env = { FORCE_COLOR: '1' }
    await project.cairn(['run', 'pipeline.ts'])

    const text = await project.cairn(['run', 'list'], { env })
    const json = await project.cairn(['run', 'list', '--json'], { env })

    expect(text.stdout).toContain('\u001b[')
    expect(json.stdout).not.toContain('\u001b[')
    expect(() => JSON.parse(json.stdout) as unknown).not.toThrow()
  })
})
