import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { rolldown, type OutputOptions } from 'rolldown'
import { describe, expect, it } from 'vitest'

import config from '../rolldown.config.ts'
import { scratchFolder } from './scratch-folder.ts'

const PACKAGE = path.join(import.meta.dirname, '..')
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["']([^"']+)["']/g

const USE = `
import plugin from './dist/index.js'
const before = process.moduleLoadList.includes('NativeModule sqlite')
const context = { name: 'x', cairnDir: process.argv[2], projectDir: process.argv[2] }
const [metadata, index] = await Promise.all(plugin.components.map((c) => c.create({}, context)))
await metadata.write([{ op: 'insert', kind: 'pipeline', record: { id: 'a', revision: 1, name: 'A', createdAt: 1 } }])
await index.put('k', { id: 'e1', metrics: [] })
console.log(JSON.stringify([before, await metadata.get('pipeline', 'a'), await index.get('k')]))
`

async function bundleInto(folder: string): Promise<void> {
  const bundle = await rolldown({ ...config, cwd: PACKAGE })
  // Sound: the configuration has one output.
  await bundle.write({ ...(config.output as OutputOptions), dir: path.join(folder, 'dist') })
  await bundle.close()
  symlinkSync(path.join(PACKAGE, 'node_modules'), path.join(folder, 'node_modules'))
}

describe('the bundle', () => {
  it('works in plain node and imports nothing but its own files, core, keyv, zod and what node has', async () => {
    using folder = scratchFolder()
    await bundleInto(folder.path)
    const files = readdirSync(path.join(folder.path, 'dist')).filter((file) => file.endsWith('.js'))
    const imported = files.flatMap((file) =>
      [...readFileSync(path.join(folder.path, 'dist', file), 'utf8').matchAll(IMPORT)].map(([, name = '']) => name),
    )
    const foreign = imported.filter((name) => !/^(?:node:|\.\/|bun:sqlite$)/.test(name))
    expect(new Set(foreign)).toEqual(new Set(['@cairnml/core', 'keyv', 'zod']))
    writeFileSync(path.join(folder.path, 'use.mjs'), USE)
    const args = ['--conditions=@cairnml/source', path.join(folder.path, 'use.mjs'), folder.path]
    expect(JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))).toEqual([
      false,
      { id: 'a', revision: 1, name: 'A', createdAt: 1 },
      [{ id: 'e1', metrics: [] }],
    ])
  })
})
