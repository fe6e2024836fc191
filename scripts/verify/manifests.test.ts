import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { manifestProblems } from './manifests.ts'

const SOURCE = { '@cairnml/source': './src/index.ts', default: './dist/index.js' }
const PUBLISHED = { default: './dist/index.js' }

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cairn-manifests-'))
  await writeFile(join(root, 'LICENSE'), 'licence')
  await writeFile(join(root, 'pnpm-lock.yaml'), 'lockfileVersion: 9\n')
})

afterEach(() => rm(root, { recursive: true }))

async function writePackage(name: string, manifest: object, files: readonly string[] = ['LICENSE', 'README.md']) {
  const folder = join(root, 'packages', name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, license: 'Apache-2.0', ...manifest }))
  for (const file of files) await writeFile(join(folder, file), 'licence')
}

describe('manifestProblems', () => {
  it('finds none in a package that is ready to be published', async () => {
    await writePackage('a', { exports: { '.': SOURCE }, publishConfig: { exports: { '.': PUBLISHED } } })
    expect(manifestProblems(root)).toEqual([])
  })

  it('names what is missing', async () => {
    await writePackage('a', { license: 'MIT', exports: {}, publishConfig: { exports: {} } }, [])
    expect(manifestProblems(root)).toEqual([
      'packages/a: package.json does not say "license": "Apache-2.0".',
      'packages/a: LICENSE is not the one of the root.',
      'packages/a: README.md is missing.',
    ])
  })

  it('refuses to publish entries that lead to sources', async () => {
    await writePackage('a', { exports: { '.': SOURCE }, publishConfig: { exports: { '.': SOURCE } } })
    expect(manifestProblems(root)).toEqual([expect.stringContaining('publishConfig.exports')])
  })

  it('does not look at private packages', async () => {
    await writePackage('a', { private: true, license: 'none' }, [])
    expect(manifestProblems(root)).toEqual([])
  })

  it('refuses a lockfile that names a registry', async () => {
    await writeFile(join(root, 'pnpm-lock.yaml'), 'tarball: https://registry.example/a.tgz\n')
    expect(manifestProblems(root)).toEqual([expect.stringContaining('names a registry')])
  })
})
