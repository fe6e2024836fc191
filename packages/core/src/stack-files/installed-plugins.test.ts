import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { expect, it } from 'vitest'

import { checkStack } from './check-stack.ts'
import { CONTENT_COMPONENT, installedComponents } from './installed-plugins.ts'

const ENDLESS = 'await new Promise(() => {})\n'

/** A project whose only plugin is never loaded to the end. */
async function endlessProject(): Promise<AsyncDisposable & { readonly path: string }> {
  const dir = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-installed-'))
  const folder = nodePath.join(dir.path, 'node_modules/cairnml-plugin-endless')
  await mkdir(folder, { recursive: true })
  const manifest = { name: 'cairnml-plugin-endless', version: '1.0.0', type: 'module', exports: './index.js' }
  await writeFile(nodePath.join(folder, 'package.json'), JSON.stringify(manifest))
  await writeFile(nodePath.join(folder, 'index.js'), ENDLESS)
  const project = { dependencies: { 'cairnml-plugin-endless': '1.0.0' } }
  await writeFile(nodePath.join(dir.path, 'package.json'), JSON.stringify(project))
  return dir
}

it('leaves out an installed plugin that is never loaded to the end, and says that it is given up', async () => {
  await using project = await endlessProject()
  let late = 0
  const limit = { timeoutMs: 10, onLate: () => void late++ }
  const found = await installedComponents({ projectDir: project.path, fallbackDirs: [] }, limit)
  expect(found).toEqual([CONTENT_COMPONENT])
  expect(late).toBe(1)
})

it('says of a component whose plugin is never loaded to the end that it is not valid', async () => {
  await using project = await endlessProject()
  const environment = { projectDir: project.path, fallbackDirs: [], cairnDir: nodePath.join(project.path, '.cairn') }
  let late = 0
  const check = { allowCode: false, talk: true, timeoutMs: 10, onLate: () => void late++ }
  const definition = { name: 'ci', artifactStore: { use: 'endless' } }
  const components = await checkStack(definition, environment, check)
  expect(components.find(({ port }) => port === 'artifactStore')).toMatchObject({
    state: 'invalid',
    problem: { code: 'CAIRN_PLUGIN_INVALID', message: expect.stringContaining('not loaded within 0.01 s') as string },
  })
  expect(late).toBeGreaterThan(0)
})
