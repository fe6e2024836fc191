import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { loadProjectConfig } from '@cairnml/core/config'
import { describe, expect, it } from 'vitest'

import { plannedFiles } from './planned-files.ts'

async function planned(folder: string): Promise<Readonly<Record<string, string>>> {
  const files = await plannedFiles(folder, '1.2.3')
  return Object.fromEntries(files.map(({ path, text }) => [path, text]))
}

describe('what cairn init writes', () => {
  it('asks for this version of Cairn, and for what its own pipeline needs', async () => {
    await using folder = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-init-'))
    const { 'package.json': manifest = '' } = await planned(folder.path)
    const { dependencies, devDependencies, scripts } = JSON.parse(manifest) as Readonly<Record<string, object>>
    expect(dependencies).toMatchObject({ cairnml: '^1.2.3' })
    expect(Object.keys({ ...dependencies, ...devDependencies })).toEqual([
      'cairnml',
      'zod',
      '@types/node',
      'typescript',
    ])
    expect(scripts).toEqual({ start: 'cairn run hello', typecheck: 'tsc' })
  })

  it('is a cairn.yaml that can be read, also with the comments taken away', async () => {
    await using folder = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-init-'))
    await writeFile(nodePath.join(folder.path, 'package.json'), '{}')
    const { 'cairn.yaml': text = '' } = await planned(folder.path)
    const file = `${folder.path}/cairn.yaml`
    await writeFile(file, text)
    expect(await loadProjectConfig(file)).toMatchObject({ pipelines: ['src/**/*.pipeline.mts'], limits: {} })
    await writeFile(file, text.replaceAll(/^# (?=(?:envFile|undeclared|limits):| {2}openai)/gm, ''))
    expect(await loadProjectConfig(file)).toMatchObject({
      undeclared: 'error',
      limits: { openai: 8, 'openai/min': 500 },
      envFiles: [`${folder.path}/.env`],
    })
  })

  it('is the tsconfig.json that the reference shows', async () => {
    await using folder = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-init-'))
    const reference = await readFile(new URL('../../../../../docs/reference.md', import.meta.url), 'utf8')
    const shown = /```json tsconfig\.json\n([\s\S]*?)```/.exec(reference)?.[1]
    expect((await planned(folder.path))['tsconfig.json']).toBe(shown)
  })
})
