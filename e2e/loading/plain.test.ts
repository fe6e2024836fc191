import { pathToFileURL } from 'node:url'

import { describe, expect, it } from 'vitest'

import { GREETING, RUN_GREETING } from '../command/greeting-project.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

/** Prints the URL of every module that is loaded. */
const RECORDER = `import { registerHooks } from 'node:module'
registerHooks({ load(url, context, nextLoad) {
  process.stderr.write('LOADED ' + url + '\\n')
  return nextLoad(url, context)
} })
`
/** Installed: what a project preloads of its own counts as its code. */
const RECORDER_FILE = 'node_modules/recorder/index.mjs'
/** What resolves and compiles. */
const HEAVY = /\/rolldown\/|\/oxc-[\w-]+\/|\/loader\/(?:dist|src)\/(?:modules|transform)\//
/** Keeping what Node compiles is no loading. */
const LOADER = /\/loader\/(?:dist|src)\/(?!compiled\/)/

function plainProject(): TemporaryProject {
  return temporaryProject({ [RECORDER_FILE]: RECORDER, 'main.ts': `${GREETING}\n${RUN_GREETING}` })
}

/** The modules that a command loads. */
async function loadedBy(project: TemporaryProject, ...args: readonly string[]): Promise<readonly string[]> {
  const recorder = pathToFileURL(project.path(RECORDER_FILE)).href
  const { code, stderr } = await project.execute([process.execPath, '--import', recorder, ...args]).ended
  expect(code, stderr).toBe(0)
  return stderr.split('\n').flatMap((line) => (line.startsWith('LOADED ') ? [line.slice('LOADED '.length)] : []))
}

describe('a file that Node loads by itself', () => {
  it('runs under plain node without the loader', async () => {
    using project = plainProject()
    await project.run('main.ts', { node: true })

    const loaded = await loadedBy(project, 'main.ts')

    expect(loaded).toContain(pathToFileURL(project.path('main.ts')).href)
    expect(loaded.filter((url) => LOADER.test(url))).toEqual([])
    expect(loaded.filter((url) => HEAVY.test(url))).toEqual([])
  })

  it('needs no resolver and no compiler where the loader is there', async () => {
    using project = plainProject()
    await project.run('main.ts', { node: true })

    const loaded = await loadedBy(project, '--import', 'cairnml/register', 'main.ts')

    expect(loaded).toContain(pathToFileURL(project.path('main.ts')).href)
    expect(loaded.filter((url) => HEAVY.test(url))).toEqual([])
  })

  it('has the same keys with the loader and without', async () => {
    using project = plainProject()
    expect(await project.run('main.ts', { node: true })).toMatchObject({ steps: ['count', 'letters'] })
    expect(await project.run('main.ts')).toMatchObject({ code: 0, steps: [] })
    const registered = await project.execute([process.execPath, '--import', 'cairnml/register', 'main.ts']).ended
    expect(registered).toMatchObject({ code: 0, steps: [] })
  })
})
