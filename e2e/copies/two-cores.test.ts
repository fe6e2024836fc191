import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { REPOSITORY } from '../project/installed-packages.ts'
import { temporaryProject, type ProjectFiles, type TemporaryProject } from '../project/temporary-project.ts'

/** Components and a type of values that are made with the plugin's own copy of core. */
const TWIN = `import { artifactStore, cairnError, definePlugin, InlineOrchestrator, materializer, MemoryArtifactStore, orchestrator } from '@cairnml/core'

export const shout = materializer({
  name: 'shout',
  version: 1,
  write: async (text, files) => files.write('shout.txt', text.toUpperCase()),
  read: async (files) => files.text('shout.txt'),
})

class Store extends MemoryArtifactStore {
  async put(key, body, options) {
    if (process.env.TWIN_FULL) throw cairnError('CAIRN_STORE_UNAVAILABLE', { store: 'twin', operation: 'put ' + key, reason: 'the disk is full' })
    return super.put(key, body, options)
  }
}

export default definePlugin({
  name: 'twin',
  components: [
    orchestrator({ create: (_options, { name }) => new InlineOrchestrator({ name }) }),
    artifactStore({ provides: ['ifAbsent'], create: () => new Store() }),
  ],
})
`

const MAIN = `import * as core from '@cairnml/core'
import { pipeline, step } from 'cairnml'
import { shout } from 'cairnml-plugin-twin'
import * as other from 'cairnml-plugin-twin/core'

const say = step({ name: 'say', output: shout }).implement(() => 'hello')
const repeat = step({ name: 'repeat', inputs: { text: shout }, output: shout }).implement(({ text }) => text + text)
const run = await pipeline({ name: 'talk', build: () => repeat({ text: say() }) }).run()
console.log('RESULT ' + JSON.stringify([await run.result.load(), core.cairnError === other.cairnError]))
`

/** A project with a plugin that has a copy of core of its own, as a package manager makes it where versions differ. */
function twinProject(files: ProjectFiles = {}): TemporaryProject {
  const project = temporaryProject({
    'main.ts': MAIN,
    'cairn.yaml': 'stack: twin\n',
    'stacks/twin.yaml': 'orchestrator: { use: twin }\nartifactStore: { use: twin }\n',
    'node_modules/cairnml-plugin-twin/package.json':
      '{ "name": "cairnml-plugin-twin", "version": "1.0.0", "type": "module", "exports": { ".": "./index.js", "./core": "./core.js" } }\n',
    'node_modules/cairnml-plugin-twin/index.js': TWIN,
    'node_modules/cairnml-plugin-twin/core.js': "export * from '@cairnml/core'\n",
    ...files,
  })
  const core = path.join(REPOSITORY, 'packages/core')
  const copy = path.join(project.dir, 'node_modules/cairnml-plugin-twin/node_modules/@cairnml/core')
  mkdirSync(copy, { recursive: true })
  for (const part of ['package.json', 'dist']) cpSync(path.join(core, part), path.join(copy, part), { recursive: true })
  symlinkSync(path.join(core, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
  return project
}

describe('a plugin with a copy of core of its own', () => {
  it('works with the other one: components, types of values and the cache', async () => {
    using project = twinProject()
    const run = await project.run('main.ts')
    expect(run).toMatchObject({ code: 0, stderr: '', result: ['HELLOHELLO', false] })
    expect(run.stdout).toContain('Using stack twin to run pipeline talk...')
    expect((await project.cairn(['stack', 'validate', 'twin', '--check'])).code).toBe(0)
  })

  it('has its errors shown like those of the other one', async () => {
    using project = twinProject()
    const run = await project.run('main.ts', { env: { TWIN_FULL: '1' } })
    expect(run.code).not.toBe(0)
    expect(run.stdout + run.stderr).toMatch(/CAIRN_STORE_UNAVAILABLE.*twin.*the disk is full/)
    expect(run.stdout + run.stderr).not.toMatch(/\n {4}at /)
  })

  it('is refused where it is made for another version, before it is loaded', async () => {
    using project = twinProject({
      'node_modules/cairnml-plugin-twin/index.js': 'throw new Error("loaded")\n',
      'node_modules/cairnml-plugin-twin/package.json':
        '{ "name": "cairnml-plugin-twin", "version": "1.0.0", "type": "module", "exports": "./index.js", "peerDependencies": { "@cairnml/core": "^99.1.0" } }\n',
    })
    const valid = await project.cairn(['stack', 'validate', 'twin'])
    expect(valid.code).toBe(2)
    expect(valid.stdout).toMatch(
      /CAIRN_PLUGIN_VERSION: The plugin cairnml-plugin-twin \(stacks\/twin\.yaml:1:22\) is made for @cairnml\/core \^99\.1\.0, and this is @cairnml\/core \d+\.\d+\.\d+.*\.\n *Install versions that go together: npm install cairnml@latest/,
    )
  })
})
