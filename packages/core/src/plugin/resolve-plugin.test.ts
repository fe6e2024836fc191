import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { resolvePlugin } from './resolve-plugin.ts'

// What runs the tests would otherwise say how packages are installed.
beforeEach(() => vi.stubEnv('npm_config_user_agent', undefined))
afterEach(() => vi.unstubAllEnvs())

it('says of a missing plugin that package.json names that this is to be installed, and no other', async () => {
  await using project = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-resolve-'))
  const search = { projectDir: project.path, fallbackDirs: [] }
  const manifest = nodePath.join(project.path, 'package.json')

  await writeFile(manifest, '{"devDependencies":{"cairnml-plugin-attic":"1.0.0"}}')

  await expect(resolvePlugin('attic', search)).rejects.toMatchObject({ hint: 'Install it: npm install' })
  await expect(resolvePlugin('cellar', search)).rejects.toMatchObject({
    hint: 'Install it: npx cairn plugin add cellar',
  })
})
