import { existsSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { stackedProject } from './stacked-project.ts'

/** A package that supplies every port, and writes down that it is loaded. */
const PLUGIN = `import { appendFileSync } from 'node:fs'
import { artifactStore, definePlugin, MemoryArtifactStore } from '@cairnml/core'
appendFileSync('loaded.txt', 'attic\\n')
export default definePlugin({
  name: 'attic',
  components: [artifactStore({ create: (_options, { name }) => new MemoryArtifactStore(name) })],
})
`

const FILES = {
  'package.json': '{ "type": "module", "private": true, "dependencies": { "cairnml-plugin-attic": "1.0.0" } }',
  'node_modules/cairnml-plugin-attic/package.json':
    '{ "name": "cairnml-plugin-attic", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
  'node_modules/cairnml-plugin-attic/index.js': PLUGIN,
  'stacks/plain.yaml': 'artifactStore: { use: local, path: kept }\n',
  'stacks/attic.yaml': 'artifactStore: { use: attic }\n',
}

describe('an installed plugin', () => {
  it('is not loaded by anything on a stack that does not use it, and once by a run on one that does', async () => {
    using project = stackedProject(FILES)
    const loads = (): number => {
      const file = project.path('loaded.txt')
      return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').length : 0
    }

    for (const args of [
      ['run', 'pipeline.ts'],
      ['run', 'pipeline.ts', '--stack', 'plain'],
      ['explain'],
      ['stack', 'list'],
      ['stack', 'get'],
      ['stack', 'describe', 'plain'],
      ['run', 'list'],
      ['run', 'show'],
      ['run', 'pipeline.ts', '--plan'],
      ['cache', 'ls'],
      ['pipeline', 'list'],
      ['artifact', 'list'],
      ['completion', 'bash'],
    ]) {
      expect(await project.cairn(args)).toMatchObject({ code: 0, stderr: '' })
    }
    expect(loads()).toBe(0)

    expect(await project.cairn(['run', 'pipeline.ts', '--stack', 'attic'])).toMatchObject({ code: 0, stderr: '' })
    expect(loads()).toBe(1)
  })
})
