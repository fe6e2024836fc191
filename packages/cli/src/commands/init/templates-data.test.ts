import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { loadProjectConfig } from '@cairnml/core/config'
import { describe, expect, it } from 'vitest'

import { NEEDED, projectFile, TSCONFIG } from './templates-data.ts'

describe('what cairn init writes', () => {
  it('asks for the versions that Cairn itself is built and tested with', async () => {
    const root = JSON.parse(await readFile(new URL('../../../../../package.json', import.meta.url), 'utf8')) as {
      readonly devDependencies: Readonly<Record<string, string>>
    }
    for (const [name, version] of Object.entries({ ...NEEDED.dependencies, ...NEEDED.devDependencies })) {
      expect(version, name).toBe(`^${root.devDependencies[name]}`)
    }
  })

  it('is a cairn.yaml that can be read, also with the comments taken away', async () => {
    await using folder = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-init-'))
    const file = `${folder.path}/cairn.yaml`
    await writeFile(file, projectFile('mts'))
    expect(await loadProjectConfig(file)).toMatchObject({ pipelines: ['src/**/*.pipeline.mts'], limits: {} })
    await writeFile(file, projectFile('ts').replaceAll(/^# (?=(?:envFile|undeclared|limits):| {2}openai)/gm, ''))
    expect(await loadProjectConfig(file)).toMatchObject({
      undeclared: 'error',
      limits: { openai: 8, 'openai/min': 500 },
      envFiles: [`${folder.path}/.env`],
    })
  })

  it('is the tsconfig.json that the reference shows', async () => {
    const reference = await readFile(new URL('../../../../../docs/reference.md', import.meta.url), 'utf8')
    const shown = /```json tsconfig\.json\n([\s\S]*?)```/.exec(reference)?.[1]
    expect(shown).toBe(TSCONFIG)
  })
})
