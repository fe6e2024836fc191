import { cpSync, rmSync, truncateSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { blobFile } from '../project/local-state.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'
import { TABLE_RESULT, TABLE_STEPS, tableProject } from './table-project.ts'

const PIPELINE = 'src/pipeline.ts'
const OK = { stderr: '', code: 0, result: TABLE_RESULT }

/** Where the output of a step lies, relative to the project. */
async function outputFile(project: TemporaryProject, step: string): Promise<string> {
  const { stdout } = await project.run(PIPELINE, { args: ['--json'] })
  const run = JSON.parse(stdout) as {
    readonly steps: readonly { readonly id: string; readonly outputs: Readonly<Record<string, { digest: string }>> }[]
  }
  const outputs = run.steps.find(({ id }) => id === step)?.outputs ?? {}
  return blobFile(Object.values(outputs)[0]?.digest ?? '')
}

describe('after a first run', () => {
  let base: TemporaryProject

  beforeAll(async () => {
    base = tableProject()
    const first = await base.run(PIPELINE, { node: true })
    expect(first).toMatchObject({ ...OK, steps: TABLE_STEPS })
  })

  afterAll(() => base[Symbol.dispose]())

  it('an output that was deleted from the artifact store is made again, and nothing else', async () => {
    using project = base.copy()
    const file = await outputFile(project, 'sorted')
    project.remove(file)

    const rerun = await project.run(PIPELINE, { node: true })

    expect(rerun).toMatchObject({ ...OK, steps: ['sorted'] })
    expect(project.exists(file)).toBe(true)
    expect(await project.run(PIPELINE, { node: true })).toMatchObject({ ...OK, steps: [] })
  })

  it('an output that was cut short is made again', async () => {
    using project = base.copy()
    const file = await outputFile(project, 'sorted')
    const whole = project.read(file)
    truncateSync(project.path(file), 3)

    const rerun = await project.run(PIPELINE, { node: true })

    expect(rerun).toMatchObject({ ...OK, steps: ['sorted'] })
    expect(project.read(file)).toBe(whole)
  })

  it('everything is made again when the artifact store is gone', async () => {
    using project = base.copy()
    project.remove('.cairn/artifacts')

    expect(await project.run(PIPELINE, { node: true })).toMatchObject({ ...OK, steps: TABLE_STEPS })
    expect(await project.run(PIPELINE, { node: true })).toMatchObject({ ...OK, steps: [] })
  })

  it.each(['cache.sqlite', 'metadata.sqlite'])('nothing reruns when %s is gone', async (file) => {
    using project = base.copy()
    for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(project.path(`.cairn/${part}`), { force: true })

    expect(await project.run(PIPELINE, { node: true })).toMatchObject({ ...OK, steps: [] })
    expect(await project.run(PIPELINE, { node: true })).toMatchObject({ ...OK, steps: [] })
  })

  it('nothing reruns with another artifact store that has the same bytes', async () => {
    using project = base.copy()
    cpSync(project.path('.cairn/artifacts'), project.path('elsewhere'), { recursive: true })
    useStore(project)

    expect(await project.run(PIPELINE, { node: true })).toMatchObject({ ...OK, steps: [] })
  })

  it('everything reruns with another artifact store that has nothing', async () => {
    using project = base.copy()
    useStore(project)

    expect(await project.run(PIPELINE, { node: true })).toMatchObject({ ...OK, steps: TABLE_STEPS })
    expect(await project.run(PIPELINE, { node: true })).toMatchObject({ ...OK, steps: [] })
  })

  it.each(['moved', 'a folder with spaces', 'Überraschung 日本 [x] #1 100%'])(
    'nothing reruns in a copy of the project named "%s"',
    async (folder) => {
      using project = base.copy(folder)

      expect(await project.run(PIPELINE, { node: true })).toMatchObject({ ...OK, steps: [] })
      expect(await project.run(PIPELINE)).toMatchObject({ ...OK, steps: [] })
    },
  )

  it('nothing reruns in a copy of the project that gets the local state of the first by CAIRN_DIR', async () => {
    using project = base.copy('other')
    project.remove('.cairn')

    const moved = await project.run(PIPELINE, { node: true, env: { CAIRN_DIR: base.path('.cairn') } })

    expect(moved).toMatchObject({ ...OK, steps: [] })
    expect(project.exists('.cairn')).toBe(false)
  })

  it('nothing reruns for another user with another home, language and time zone', async () => {
    using project = base.copy()
    const home = { HOME: project.path('src'), USERPROFILE: project.path('src') }

    const other = await project.run(PIPELINE, {
      env: { ...home, USER: 'other', LOGNAME: 'other', LANG: 'de_DE.UTF-8', TZ: 'Asia/Tokyo', HOSTNAME: 'elsewhere' },
    })

    expect(other).toMatchObject({ ...OK, steps: [] })
  })

  it('nothing reruns in another checkout of the same commit with the local state of the first', async () => {
    using first = base.copy()
    first.commit()
    using second = first.checkout('second')
    expect(second.exists('.cairn')).toBe(false)
    cpSync(first.path('.cairn'), second.path('.cairn'), { recursive: true })

    expect(await second.run(PIPELINE)).toMatchObject({ ...OK, steps: [] })
    expect(await second.run(PIPELINE, { node: true })).toMatchObject({ ...OK, steps: [] })
  })

  it('nothing reruns in two checkouts of the same commit that share the local state by CAIRN_DIR', async () => {
    using first = base.copy()
    first.remove('.cairn')
    first.commit()
    using second = first.checkout('second')
    const env = { CAIRN_DIR: path.join(path.dirname(first.dir), 'state') }

    expect(await first.run(PIPELINE, { env })).toMatchObject({ ...OK, steps: TABLE_STEPS })
    expect(await second.run(PIPELINE, { env })).toMatchObject({ ...OK, steps: [] })
    second.edit('src/sorted.ts', 'a - b', '-(b - a)')
    expect(await second.run(PIPELINE, { env })).toMatchObject({ ...OK, steps: ['sorted'] })
    expect(await first.run(PIPELINE, { env })).toMatchObject({ ...OK, steps: [] })
  })

  it('nothing reruns from another working directory of the project', async () => {
    using project = base.copy()

    const inside = await project.run('pipeline.ts', { node: true, cwd: 'src' })

    expect(inside).toMatchObject({ ...OK, steps: [] })
    expect(project.exists('src/.cairn')).toBe(false)
  })
})

function useStore(project: TemporaryProject): void {
  const stack = "defineStack({ name: 'other', artifactStore: { use: 'local', path: 'elsewhere' } })"
  project.edit(PIPELINE, 'table.run()', `table.run({}, { stack: ${stack} })`)
  project.edit(PIPELINE, 'import { pipeline }', 'import { defineStack, pipeline }')
}
