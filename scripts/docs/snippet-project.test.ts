import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { createExampleProject } from './snippet-project.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-snippet-project-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('copies an example without results of earlier runs and uses the packages that it has installed', async () => {
  const example = join(folder, 'example')
  for (const name of ['src', '.cairn', 'node_modules/some-package']) {
    await mkdir(join(example, name), { recursive: true })
    await writeFile(join(example, name, 'a.txt'), name)
  }
  const project = join(folder, 'project')
  await createExampleProject(project, example)

  expect(await readFile(join(project, 'src/a.txt'), 'utf8')).toBe('src')
  expect(existsSync(join(project, '.cairn'))).toBe(false)
  const installed = await realpath(join(example, 'node_modules/some-package'))
  expect(await realpath(join(project, 'node_modules/some-package'))).toBe(installed)
})
