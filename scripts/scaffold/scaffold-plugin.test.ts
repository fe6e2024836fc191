import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { ROOT } from '../repository/repository.ts'
import { scaffoldPlugin } from './scaffold-plugin.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cairn-scaffold-'))
  for (const each of ['.templates', 'LICENSE', 'tsconfig.json']) {
    await cp(join(ROOT, each), join(root, each), { recursive: true })
  }
})

afterEach(() => rm(root, { recursive: true }))

describe('scaffoldPlugin', () => {
  it('writes a package whose files, classes and constants carry the name', async () => {
    const folder = join(root, await scaffoldPlugin(root, 'azure-blob'))
    expect(await readdir(join(folder, 'src'))).toContain('azure-blob-artifact-store.ts')
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({ name: '@cairnml/plugin-azure-blob' })
    const plugin = await readFile(join(folder, 'src/plugin.ts'), 'utf8')
    expect(plugin).toContain('new AzureBlobArtifactStore(name, options)')
    expect(plugin).toContain('AZURE_BLOB_OPTIONS')
  })

  it('leaves no placeholder behind', async () => {
    const folder = join(root, await scaffoldPlugin(root, 'azure-blob'))
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      expect(entry.name).not.toMatch(/__name__/i)
      expect(await readFile(join(entry.parentPath, entry.name), 'utf8')).not.toMatch(/__name__/i)
    }
  })

  it('adds the package to the projects that are built', async () => {
    await scaffoldPlugin(root, 'azure-blob')
    const config: unknown = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8'))
    expect(config).toMatchObject({ references: expect.arrayContaining([{ path: 'plugins/azure-blob' }]) })
  })

  it.each(['Azure', 'a_b', '../x', '', '1a'])('refuses the name "%s"', async (name) => {
    await expect(scaffoldPlugin(root, name)).rejects.toThrow('is no name for a plugin')
  })

  it('overwrites nothing', async () => {
    await scaffoldPlugin(root, 'azure')
    await expect(scaffoldPlugin(root, 'azure')).rejects.toThrow('plugins/azure exists already.')
  })
})
