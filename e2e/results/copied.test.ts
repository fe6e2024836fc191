import { chownSync, lstatSync, readdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { CAIRN_BIN, REPOSITORY } from '../project/installed-packages.ts'
import type { CommandResult, TemporaryProject } from '../project/temporary-project.ts'
import { resultsProject } from './results-project.ts'

const NOBODY = 65_534

/** Everything that reads what is recorded and stored. */
const READING = [
  'run list --columns name,status,started,duration,params.*,metrics.*',
  'run list --json',
  'run show better',
  'run show broken --json',
  'run compare first better',
  'run logs better --timestamps',
  'run logs again --json',
  'run sync --json',
  'pipeline list --json',
  'pipeline show training --json',
  'pipeline versions training --json',
  'artifact list better',
  'artifact show better/train/notes --json',
  'artifact cat load',
  'artifact cat report --json',
  'artifact lineage report',
  'artifact lineage load --down --json',
  'explain again',
  'explain better --json',
  'cache ls --json',
  'cache stats',
  'complete -- run show b',
]

type Call = (project: TemporaryProject, args: readonly string[]) => Promise<CommandResult>

const asThisUser: Call = (project, args) => project.cairn(args)
const asNobody: Call = (project, args) => {
  const user = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  const env = { HOME: path.dirname(project.dir), NODE_COMPILE_CACHE: project.path('compile-cache') }
  return project.execute([...user, process.execPath, CAIRN_BIN, ...args], { env }).ended
}

/** Only root can become another user, and that one has to get at the packages of this repository. */
const canBeNobody =
  process.platform === 'linux' && process.getuid?.() === 0 && [REPOSITORY, process.execPath].every(isOpenToAll)

describe('what was recorded in one folder', () => {
  let original: TemporaryProject
  let before: readonly string[]

  beforeAll(async () => {
    original = await resultsProject()
    before = await outputs(original, asThisUser)
  }, 120_000)

  afterAll(() => original[Symbol.dispose]())

  it('is read whole in a copy of it, where all is reused, too', async () => {
    using copy = original.copy('elsewhere')
    using _moved = hidden(original)

    expect(await outputs(copy, asThisUser)).toEqual(before)
    await reusesAll(copy, asThisUser)
  })

  it.runIf(canBeNobody)('is read whole by another user who has a copy, and reused', async () => {
    using copy = original.copy('of-somebody-else')
    giveAway(path.dirname(copy.dir))
    using _moved = hidden(original)

    expect(await outputs(copy, asNobody)).toEqual(before)
    await reusesAll(copy, asNobody)
    expect((await asNobody(copy, ['run', 'show', '--json'])).stdout).toContain('"user":"nobody"')
  })
})

async function outputs(project: TemporaryProject, call: Call): Promise<readonly string[]> {
  const printed: string[] = []
  for (const command of READING) {
    const { code, stdout, stderr } = await call(project, command.split(' '))
    expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' })
    printed.push(`${command}\n${stdout}`)
  }
  return printed
}

async function reusesAll(project: TemporaryProject, call: Call): Promise<void> {
  const again = await call(project, ['run', 'pipeline.ts', '--json'])
  const exported = await call(project, ['artifact', 'export', 'report', 'exported.csv'])

  expect(again, again.stderr).toMatchObject({ code: 0 })
  expect(again.stdout).toContain('"status":"cached"')
  expect(exported, exported.stderr).toMatchObject({ code: 0 })
  expect(project.read('exported.csv')).toBe('gamma\n0.1\n')
}

/** Takes a folder away while it is used, so that nothing can come from there. */
function hidden(project: TemporaryProject): Disposable {
  renameSync(project.dir, `${project.dir}-hidden`)
  return { [Symbol.dispose]: () => renameSync(`${project.dir}-hidden`, project.dir) }
}

function giveAway(folder: string): void {
  chownSync(folder, NOBODY, NOBODY)
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, entry)
    if (!lstatSync(file).isSymbolicLink()) chownSync(file, NOBODY, NOBODY)
  }
}

function isOpenToAll(place: string): boolean {
  const parent = path.dirname(place)
  return (statSync(place).mode & 0o001) !== 0 && (parent === place || isOpenToAll(parent))
}
