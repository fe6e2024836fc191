import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { BundledProject, type ProjectFiles } from './bundled-project.fixture.ts'

const IMPORT = `import { step, json, text } from 'cairnml'\n`

const PACKAGES: ProjectFiles = {
  'node_modules/pure/package.json':
    '{ "name": "pure", "version": "1.2.3", "type": "module", "exports": "./index.js", "sideEffects": false, "dependencies": { "common": "1" } }',
  'node_modules/pure/index.js': `import common from 'common'; export const twice = (x) => common.add(x, x); export const never = () => 'never'`,
  'node_modules/common/package.json': '{ "name": "common", "version": "0.1.0", "main": "lib/index" }',
  'node_modules/common/lib/index.js': `exports.add = require('./add')`,
  'node_modules/common/lib/add.js': `const { EOL } = require('os'); module.exports = (a, b) => EOL.length && a + b`,
  'node_modules/metal/package.json':
    '{ "name": "metal", "version": "2.0.0", "main": "index.js", "dependencies": { "bindings": "1" } }',
  'node_modules/metal/index.js': `module.exports = () => 'metal'`,
  'node_modules/around/package.json':
    '{ "name": "around", "version": "3.0.0", "main": "index.js", "dependencies": { "metal": "2" } }',
  'node_modules/around/index.js': `const metal = require('metal'); module.exports = () => metal() + '!'`,
  'node_modules/reader/package.json': '{ "name": "reader", "version": "4.0.0", "main": "index.js" }',
  'node_modules/reader/index.js': `module.exports = require('fs').readFileSync(__dirname + '/data.txt', 'utf8')`,
  'node_modules/reader/data.txt': 'read',
}

const STEPS = `${IMPORT}import { twice } from 'pure'
import metal from 'metal'
import around from 'around'
import reader from 'reader'
export const pure = step({ name: 'pure' }).implement(() => twice(4))
export const hard = step({ name: 'hard' }).implement(() => [metal(), around()])
export const reads = step({ name: 'reads' }).implement(() => reader)
`

describe('packages of a bundle', () => {
  it('are inside of a portable one', async () => {
    using project = new BundledProject({ ...PACKAGES, 'steps.ts': STEPS })
    const bundle = await project.bundle({ after: 'const pure' })
    expect(bundle.nativePackages).toEqual({})
    expect(bundle.code).not.toContain('never')
    expect(bundle.code).not.toContain(project.dir)
    expect(await project.run(bundle)).toBe(8)
  })

  it('stay outside if they hold machine code, also below others', async () => {
    using project = new BundledProject({ ...PACKAGES, 'steps.ts': STEPS })
    const bundle = await project.bundle({ after: 'const hard' })
    expect(bundle.nativePackages).toEqual({ metal: '2.0.0' })
    expect(bundle.code).toContain('"metal"')
  })

  it('stay outside if they look for files of their own', async () => {
    using project = new BundledProject({ ...PACKAGES, 'steps.ts': STEPS })
    const bundle = await project.bundle({ after: 'const reads' })
    expect(bundle.nativePackages).toEqual({ reader: '4.0.0' })
  })

  it('are imported from where they are by a local one', async () => {
    using project = new BundledProject({ ...PACKAGES, 'steps.ts': STEPS })
    for (const [after, value] of [
      ['const pure', 8],
      ['const hard', ['metal', 'metal!']],
      ['const reads', 'read'],
    ] as const) {
      const bundle = await project.bundle({ after, profile: 'local' })
      expect(bundle.nativePackages).toEqual({})
      expect(bundle.code).toContain('file:///')
      expect(await project.run(bundle)).toEqual(value)
    }
  })

  it('count without names if they are reached, and not if they are not', async () => {
    using project = new BundledProject({
      'node_modules/patch/package.json': '{ "name": "patch", "version": "1.0.0", "main": "index.js" }',
      'node_modules/patch/index.js': 'globalThis.patched = (globalThis.patched ?? 0) + 1',
      'steps.ts': `import 'patch'\n${IMPORT}export const a = step({ name: 'a' }).implement(() => globalThis.patched)`,
    })
    expect(await project.result()).toBe(1)
  })

  it('of Cairn are the real ones in both profiles', async () => {
    using project = new BundledProject({
      'steps.ts': `import * as cairn from 'cairnml'
import { CairnError } from 'cairnml'
export const a = cairn.step({ name: 'a', inputs: { x: cairn.matrix } }).implement(() => new CairnError('x', {}) instanceof Error)`,
    })
    for (const profile of ['local', 'portable'] as const) {
      expect(await project.result({ profile, after: 'cairn.' }, '[run({}), ports.inputs.x.name]')).toEqual([
        true,
        'matrix',
      ])
    }
  })
})

describe('files of a bundle', () => {
  const FILES: ProjectFiles = {
    'src/steps.ts': `${IMPORT}import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { other } from './deep/other.ts'
export const a = step({ name: 'a' }).implement(async () => {
  const worker = new Worker(new URL('./count.worker.ts', import.meta.url))
  const counted = await new Promise((resolve) => worker.once('message', resolve))
  return [readFileSync(new URL('./data 1.txt', import.meta.url), 'utf8'), other(), counted]
})
`,
    'src/data 1.txt': 'one',
    'src/deep/data 1.txt': 'two',
    'src/deep/other.ts': `import { readFileSync } from 'node:fs'
export const other = () => readFileSync(new URL('data%201.txt', import.meta.url), 'utf8')`,
    'src/count.worker.ts': `import { parentPort } from 'node:worker_threads'
import { readFileSync } from 'node:fs'
import { count } from './count.ts'
enum Ready { Yes = 1 }
parentPort!.postMessage([count(), Ready.Yes, readFileSync(new URL('./data 1.txt', import.meta.url), 'utf8')])`,
    'src/count.ts': `import { twice } from 'pure'\nexport const count = (): number => twice(3)`,
  }

  it('lie where its code looks for them, and programs are bundles themselves', async () => {
    using project = new BundledProject({ ...PACKAGES, ...FILES })
    const bundle = await project.bundle({ file: 'src/steps.ts' })
    expect(bundle.assets.map(({ path }) => path)).toEqual([
      'assets/src/count.worker.ts.mjs',
      'assets/src/count.worker.ts.mjs.map',
      'assets/src/data 1.txt',
      'assets/src/deep/data 1.txt',
    ])
    expect(await project.run(bundle)).toEqual(['one', 'two', [6, 1, 'one']])
  })
})

describe('a written bundle', () => {
  it('is there at once and only once', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}export const a = step({ name: 'a' }).implement(() => 1)`,
    })
    const bundle = await project.bundle()
    expect(await project.run(bundle)).toBe(1)
    expect(await project.run(bundle)).toBe(1)
    expect(existsSync(join(project.empty, bundle.digest, 'step.mjs.map'))).toBe(true)
  })
})
