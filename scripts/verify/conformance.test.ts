import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { ROOT } from '../repository/repository.ts'
import { conformanceProblems } from './conformance.ts'

const PLUGIN = 'export default definePlugin({ components: [artifactStore<Options>({ create })] })'
const STORE = 'export class S3Store implements ArtifactStore, DisposableComponent {}'
const TEST = "artifactStoreConformance(runner, { name: 'S3Store', create })"

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cairn-conformance-'))
})

afterEach(() => rm(root, { recursive: true }))

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
}

async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  await write({ 'plugins/s3/package.json': '{ "name": "s3" }', ...files })
  return conformanceProblems(root)
}

describe('conformanceProblems', () => {
  it('finds none in this repository', () => {
    expect(conformanceProblems(ROOT)).toEqual([])
  })

  it('finds none in a plugin whose components run their suites', async () => {
    const files = { 'src/plugin.ts': PLUGIN, 'src/store.ts': STORE, 'test/conformance.test.ts': TEST }
    expect(await problemsOf(inPlugin(files))).toEqual([])
  })

  it('names a port whose suite no test calls', async () => {
    const problem = 'plugins/s3: no test calls artifactStoreConformance, though the plugin supplies this port.'
    expect(await problemsOf(inPlugin({ 'src/plugin.ts': PLUGIN }))).toEqual([problem])
    expect(await problemsOf(inPlugin({ 'src/plugin.ts': PLUGIN, 'src/a.ts': TEST }))).toEqual([problem])
  })

  it('names a second implementation that the suite does not run on', async () => {
    const second = STORE.replace('S3Store', 'MirroredStore')
    const files = { 'src/plugin.ts': PLUGIN, 'src/a.ts': STORE, 'src/b.ts': second, 'src/a.test.ts': TEST }
    expect(await problemsOf(inPlugin(files))).toEqual([
      'plugins/s3: no test that calls artifactStoreConformance names MirroredStore.',
    ])
  })

  it('names a reference that the suite does not run on', async () => {
    const files = { 'packages/core/src/a.ts': 'export class MemoryCacheIndex implements CacheIndex {' }
    expect(await problemsOf(files)).toEqual([
      'packages/core: no test that calls cacheIndexConformance names MemoryCacheIndex.',
    ])
  })
})

function inPlugin(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`plugins/s3/${file}`, text]))
}
