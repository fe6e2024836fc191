import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { artifactStore } from '../plugin/define-plugin.ts'
import type { StackDefinition } from '../stack/define-stack.ts'
import { movedParts } from './moved-parts.ts'

let projectDir: string
beforeAll(() => {
  projectDir = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-moved-'))
})
afterAll(() => rmSync(projectDir, { recursive: true }))

const stack = (store: StackDefinition['artifactStore']): StackDefinition =>
  store === undefined ? { name: 'a' } : { name: 'a', artifactStore: store }
const moved = (one: StackDefinition, other: StackDefinition): ReturnType<typeof movedParts> =>
  movedParts(one, other, { projectDir, fallbackDirs: [], cairnDir: nodePath.join(projectDir, '.cairn') })

const PLUGIN = `import path from 'node:path'
const location = (options, { projectDir }) => path.resolve(projectDir, options.path)
export default { name: 'folder', components: [{ port: 'artifactStore', portVersion: 1, location, create: () => ({}) }] }
`

it('compares the places that components tell, also behind links, and knows of one that is not there', async () => {
  const folder = nodePath.join(projectDir, 'node_modules/cairnml-plugin-folder')
  mkdirSync(folder, { recursive: true })
  writeFileSync(nodePath.join(folder, 'package.json'), '{ "type": "module", "exports": "./index.js" }')
  writeFileSync(nodePath.join(folder, 'index.js'), PLUGIN)
  mkdirSync(nodePath.join(projectDir, 'there'))
  symlinkSync('there', nodePath.join(projectDir, 'link'))
  const at = (path: string, use = 'folder'): StackDefinition => stack({ use, path })
  expect(await moved(at('there'), at('./there/'))).toEqual([])
  expect(await moved(at('there'), at('link', 'cairnml-plugin-folder'))).toEqual([])
  expect(await moved(at('there'), at('elsewhere'))).toEqual([{ port: 'artifactStore', isEmpty: false }])
  expect(await moved(at('elsewhere'), at('there'))).toEqual([{ port: 'artifactStore', isEmpty: true }])
})

it('says that a store is another one where nothing tells that it is the same', async () => {
  expect(await moved(stack({ use: './a.ts' }), stack({ use: './b.ts' }))).toEqual([
    { port: 'artifactStore', isEmpty: false },
  ])
  expect(await moved(stack({ use: 'nowhere' }), stack(undefined))).toHaveLength(1)
  expect(await moved(stack(undefined), stack(undefined))).toEqual([])
})

it('takes components in code for what they are', async () => {
  const inline = (): StackDefinition => stack({ component: artifactStore({ create: () => new MemoryArtifactStore() }) })
  const one = inline()
  expect(await moved(one, { ...one, name: 'b' })).toEqual([])
  expect(await moved(one, inline())).toHaveLength(1)
})
