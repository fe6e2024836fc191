import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'

import { CAIRN_BIN } from '../project/installed-packages.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

function project(): TemporaryProject {
  return temporaryProject({
    'main.ts': `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const load = step({ name: 'load', output: z.number() }).implement(() => {
  ran('load')
  return 1
})
const p = pipeline({ name: 'p', build: () => load() })
const run = await p.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
  })
}

const GOOD = { code: 0, stderr: '', result: 1 }
const ONE_ERROR = /^[^\n]+\n[^\n]+\n(?:More: cairn help CAIRN_\w+\n)?$/
/** The index is opened in the midst of a run, the metadata store before it. */
const CODES = [1, 2]

describe.each(['metadata.sqlite', 'cache.sqlite'])('the database %s', (name) => {
  const file = `.cairn/${name}`

  it('that is no database is refused and left as it is, and once it is moved away nothing reruns', async () => {
    using broken = project()
    await broken.run('main.ts', { node: true })
    const garbage = Buffer.from('garbage '.repeat(2000))
    for (const rest of ['-wal', '-shm']) rmSync(broken.path(file + rest), { force: true })
    writeFileSync(broken.path(file), garbage)

    const refused = await broken.run('main.ts', { node: true })
    const left = readFileSync(broken.path(file))
    rmSync(broken.path(file))
    const good = await broken.run('main.ts', { node: true })

    expect(CODES).toContain(refused.code)
    expect(refused.steps).toEqual([])
    expect(refused.stderr).toMatch(/^CAIRN_.*\bCAIRN_DATABASE_UNREADABLE |^CAIRN_DATABASE_UNREADABLE: /)
    expect(refused.stderr).toContain(name)
    expect(refused.stderr).toMatch(ONE_ERROR)
    expect(left.equals(garbage)).toBe(true)
    expect(good).toMatchObject({ ...GOOD, steps: [] })
  })

  it('of a newer Cairn is refused and left as it is', async () => {
    using newer = project()
    await newer.run('main.ts', { node: true })
    const setVersion = (version: number): number => {
      using database = new DatabaseSync(newer.path(file))
      const before = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
      database.exec(`PRAGMA user_version = ${version}; PRAGMA wal_checkpoint(TRUNCATE)`)
      return before
    }
    const known = setVersion(99)

    const refused = await newer.run('main.ts', { node: true })
    setVersion(known)
    const good = await newer.run('main.ts', { node: true })

    expect(CODES).toContain(refused.code)
    expect(refused.steps).toEqual([])
    expect(refused.stderr).toMatch(/^CAIRN_.*\bCAIRN_DATABASE_NEWER .*version 99|^CAIRN_DATABASE_NEWER: .*version 99/)
    expect(refused.stderr).toMatch(ONE_ERROR)
    expect(good).toMatchObject({ ...GOOD, steps: [] })
  })

  it('that is a folder is refused', async () => {
    using folder = project()
    mkdirSync(folder.path(file), { recursive: true })

    const refused = await folder.run('main.ts', { node: true })
    folder.remove(file)

    expect(CODES).toContain(refused.code)
    expect(refused.steps).toEqual([])
    expect(refused.stderr).toMatch(/^CAIRN_.*\bCAIRN_DATABASE_UNREADABLE |^CAIRN_DATABASE_UNREADABLE: /)
    expect(refused.stderr).toMatch(ONE_ERROR)
    expect(await folder.run('main.ts', { node: true })).toMatchObject({ ...GOOD, steps: ['load'] })
  })
})

describe('the folder for local state', () => {
  it('that CAIRN_DIR moves to a file is refused, and the file is left as it is', async () => {
    using misled = project()
    misled.write({ 'a-file': 'precious' })

    const refused = await misled.run('main.ts', { node: true, env: { CAIRN_DIR: 'a-file' } })

    expect(refused).toMatchObject({ code: 2, steps: [] })
    expect(refused.stderr).toMatch(/^CAIRN_[A-Z_]+: .*a-file/)
    expect(refused.stderr).toMatch(ONE_ERROR)
    expect(misled.read('a-file')).toBe('precious')
    expect(await misled.run('main.ts', { node: true })).toMatchObject({ ...GOOD, steps: ['load'] })
  })

  it('that is a file is refused', async () => {
    using blocked = project()
    blocked.write({ '.cairn': 'a file' })

    const refused = await blocked.run('main.ts')

    expect(refused).toMatchObject({ code: 2, steps: [] })
    expect(refused.stderr).toMatch(/^CAIRN_[A-Z_]+: .*\.cairn/)
    expect(refused.stderr).toMatch(ONE_ERROR)
    expect(blocked.read('.cairn')).toBe('a file')
  })

  it.skipIf(process.getuid?.() === 0)('that may not be written is refused', async () => {
    using readOnly = project()
    mkdirSync(readOnly.path('.cairn'), { mode: 0o500 })

    const refused = await readOnly.run('main.ts')
    chmodSync(readOnly.path('.cairn'), 0o700)

    expect(refused).toMatchObject({ code: 2, steps: [] })
    expect(refused.stderr).toMatch(/^CAIRN_[A-Z_]+: /)
    expect(refused.stderr).toMatch(ONE_ERROR)
    expect(await readOnly.run('main.ts')).toMatchObject({ ...GOOD, steps: ['load'] })
  })

  it('whose artifact store has a newer layout is refused', async () => {
    using newer = project()
    await newer.run('main.ts', { node: true })
    newer.write({ '.cairn/artifacts/cairn-store.json': '{"layout":99}\n' })

    const refused = await newer.run('main.ts', { node: true })

    expect(refused).toMatchObject({ code: 2, steps: [] })
    expect(refused.stderr).toMatch(/^CAIRN_STORE_LAYOUT: .*99/)
  })

  it('whose artifact store has a file in the place of a folder fails the step and says where', async () => {
    using blocked = project()
    blocked.write({ '.cairn/artifacts/blobs': 'in the way' })

    const refused = await blocked.run('main.ts', { node: true })
    blocked.remove('.cairn/artifacts/blobs')

    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/^CAIRN_RUN_FAILED: .*CAIRN_STORE_[A-Z_]+ .*blobs/)
    // The error, what to do about its cause, and what to do about the run.
    expect(refused.stderr).toMatch(/^(?:[^\n]+\n){3}$/)
    expect(await blocked.run('main.ts', { node: true })).toMatchObject({ code: 0, stderr: '', result: 1 })
  })
})

describe('a command that prints JSON', () => {
  it.each([
    'run main.ts',
    'run list',
    'run show last',
    'run logs last',
    'artifact cat load',
    'artifact list',
    'cache ls',
    'explain',
    'pipeline list',
  ])('says in JSON that the local state is damaged: cairn %s', async (line) => {
    using broken = project()
    await broken.run('main.ts', { node: true })
    for (const rest of ['-wal', '-shm']) rmSync(broken.path(`.cairn/metadata.sqlite${rest}`), { force: true })
    writeFileSync(broken.path('.cairn/metadata.sqlite'), 'garbage '.repeat(2000))

    const { code, stdout } = await broken.cairn([...line.split(' '), '--json'])

    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ format: 'cairn.error/1', error: { code: 'CAIRN_DATABASE_UNREADABLE' } })
  })

  it.skipIf(process.platform === 'win32')('says in JSON that there is no room, and the next run is whole', async () => {
    using full = project()
    const limited = `ulimit -f 1; exec "${process.execPath}" "${CAIRN_BIN}"`
    const options = { env: { NODE_DISABLE_COMPILE_CACHE: '1' } }
    const run = await full.execute(['bash', '-c', `${limited} run main.ts --json`], options).ended
    const set = await full.execute(['bash', '-c', `ulimit -f 0; ${limited} stack set default --json`], options).ended

    expect(run.code).toBe(2)
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'CAIRN_STORE_UNAVAILABLE' } })
    expect(set.code).toBe(2)
    expect(JSON.parse(set.stdout)).toMatchObject({ error: { code: 'CAIRN_STACK_FILE' } })
    expect(await full.run('main.ts', { node: true })).toMatchObject(GOOD)
  })
})
