import { cpSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import {
  digestOf,
  identifyWith,
  siteOf,
  sourceOf,
  STEPS,
  TemporaryProject,
  type ProjectFiles,
} from './temporary-project.fixture.ts'

async function digests(before: ProjectFiles, after: ProjectFiles): Promise<readonly [string, string]> {
  using project = new TemporaryProject({ 'steps.ts': STEPS, ...before })
  const first = digestOf(await project.identify('steps.ts', before['steps.ts'] ?? STEPS))
  project.write(after)
  const second = digestOf(await project.identify('steps.ts', after['steps.ts'] ?? before['steps.ts'] ?? STEPS))
  return [first, second]
}

const BARREL = { 'work.ts': `export { inner as work } from './lib/index.ts'` }
const LODASH = 'node_modules/lodash/package.json'
const lodash = (version: string): string => JSON.stringify({ name: 'lodash', version, main: 'index.js' })

const COUNTS: readonly (readonly [edit: string, before: ProjectFiles, after: ProjectFiles])[] = [
  ['the body of the step', { 'work.ts': '' }, { 'steps.ts': STEPS.replace('work()', 'work() + 1') }],
  [
    'a helper in the same file',
    { 'work.ts': '', 'steps.ts': `${STEPS}const a = 1` },
    { 'steps.ts': `${STEPS}const a = 2` },
  ],
  [
    'a helper in another file',
    { 'work.ts': 'export const work = () => 1' },
    { 'work.ts': 'export const work = () => 2' },
  ],
  ['a top-level constant of another file', { 'work.ts': 'export const K = 1' }, { 'work.ts': 'export const K = 2' }],
  [
    'a renamed export behind a barrel',
    { ...BARREL, 'lib/index.ts': `export * from './inner.ts'`, 'lib/inner.ts': 'export const inner = () => 1' },
    { 'lib/inner.ts': 'export const inner = () => 2' },
  ],
  [
    'a file behind `export * as`',
    { 'work.ts': `export * as ns from './deep.ts'`, 'deep.ts': 'export const x = 1' },
    { 'deep.ts': 'export const x = 2' },
  ],
  [
    'the target of a barrel',
    { 'work.ts': `export * from './a.ts'`, 'a.ts': 'export const x = 1', 'b.ts': 'export const x = 2' },
    { 'work.ts': `export * from './b.ts'` },
  ],
  [
    'a file behind a dynamic import',
    { 'work.ts': `export const work = () => import('./late.ts')`, 'late.ts': 'export const x = 1' },
    { 'late.ts': 'export const x = 2' },
  ],
  [
    'a file imported for its effects',
    { 'work.ts': `import './effect.ts'`, 'effect.ts': 'globalThis.x = 1' },
    { 'effect.ts': 'globalThis.x = 2' },
  ],
  [
    'an imported JSON file',
    { 'work.ts': `import data from './data.json' with { type: 'json' }`, 'data.json': '{"a":1}' },
    { 'data.json': '{"a":2}' },
  ],
  [
    'a data file named by URL',
    { 'work.ts': `const url = new URL('./table.csv', import.meta.url)`, 'table.csv': '1' },
    { 'table.csv': '2' },
  ],
  [
    'a data file named by URL that appears',
    { 'work.ts': `const url = new URL('./table.csv', import.meta.url)` },
    { 'table.csv': '' },
  ],
  [
    'what a worker file imports',
    { 'work.ts': `new Worker(new URL('./worker.js', import.meta.url))`, 'worker.ts': `import './w.ts'`, 'w.ts': '1' },
    { 'w.ts': '2' },
  ],
  [
    'a CommonJS file behind createRequire',
    {
      'work.ts': `import m from 'node:module'\nconst req = m.createRequire(import.meta.url)\nreq('./old.cjs')`,
      'old.cjs': `module.exports = require('./older')`,
      'older.js': '1',
    },
    { 'older.js': '2' },
  ],
  [
    'a file behind #internal',
    {
      'package.json': '{ "name": "p", "imports": { "#inner": "./inner.ts" } }',
      'work.ts': `import '#inner'`,
      'inner.ts': '1',
    },
    { 'inner.ts': '2' },
  ],
  [
    'a file behind a path of the tsconfig',
    {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }',
      'work.ts': `import '@/x.ts'`,
      'lib/x.ts': '1',
    },
    { 'lib/x.ts': '2' },
  ],
  [
    'the version of a package',
    { 'work.ts': `import 'lodash'`, [LODASH]: lodash('1.0.0'), 'node_modules/lodash/index.js': '' },
    { [LODASH]: lodash('1.0.1') },
  ],
  [
    'which of two files is imported first',
    { 'work.ts': `import './a.ts'\nimport './b.ts'`, 'a.ts': '1', 'b.ts': '2' },
    { 'a.ts': '2', 'b.ts': '1' },
  ],
]

const DOES_NOT_COUNT: typeof COUNTS = [
  ['nothing', { 'work.ts': '' }, { 'work.ts': '' }],
  ['a file that is not reached', { 'work.ts': '', 'other.ts': '1' }, { 'other.ts': '2' }],
  [
    'a file that is imported for its types',
    { 'work.ts': `import type { T } from './t.ts'`, 't.ts': '1' },
    { 't.ts': '2' },
  ],
  ['a package that is not reached', { 'work.ts': '', [LODASH]: lodash('1.0.0') }, { [LODASH]: lodash('1.0.1') }],
  ['the name and version of the project', { 'work.ts': '' }, { 'package.json': '{ "name": "q", "version": "2.0.0" }' }],
  [
    'the name of a file, where a package alias hides it',
    {
      'package.json': '{ "name": "p", "imports": { "#x": "./a.ts" } }',
      'work.ts': `import '#x'`,
      'a.ts': '1',
      'lib/b.ts': '1',
    },
    { 'package.json': '{ "name": "p", "imports": { "#x": "./lib/b.ts" } }' },
  ],
  [
    'the version of Cairn',
    { 'work.ts': '' },
    { 'node_modules/cairnml/package.json': '{ "name": "cairnml", "version": "2.0.0", "main": "index.cjs" }' },
  ],
]

describe('the digest of a step', () => {
  it.for(COUNTS)('changes with %s', async ([, before, after]) => {
    const [first, second] = await digests(before, after)
    expect(second).not.toBe(first)
  })

  it.for(DOES_NOT_COUNT)('does not change with %s', async ([, before, after]) => {
    const [first, second] = await digests(before, after)
    expect(second).toBe(first)
  })

  it('is the same in another folder', async () => {
    using project = new TemporaryProject({ 'steps.ts': STEPS, 'work.ts': `import './lib/a.ts'`, 'lib/a.ts': '1' })
    using other = new TemporaryProject({})
    const moved = join(other.dir, 'deep', 'copy')
    cpSync(project.dir, moved, { recursive: true })
    const site = siteOf(join(moved, 'steps.ts'), STEPS)
    const code = await identifyWith(moved, sourceOf('train', site))
    expect(digestOf(code)).toBe(digestOf(await project.identify()))
    expect(code).toMatchObject({ parts: [{ label: 'steps.ts' }, { label: 'work.ts' }, { label: 'lib/a.ts' }] })
  })

  it('comes back when an edit is undone', async () => {
    using project = new TemporaryProject({ 'steps.ts': STEPS, 'work.ts': '1' })
    const first = digestOf(await project.identify())
    project.write({ 'work.ts': '2' })
    expect(digestOf(await project.identify())).not.toBe(first)
    project.write({ 'work.ts': '1' })
    expect(digestOf(await project.identify())).toBe(first)
  })

  it('tells two steps of one file apart, also under one name', async () => {
    using project = new TemporaryProject({ 'work.ts': '' })
    const text = `${STEPS}export const again = step({ name: 'train' }).implement(() => work())\n`
    project.write({ 'steps.ts': text })
    const at = (occurrence: number, name: string) =>
      identifyWith(project.dir, sourceOf(name, siteOf(join(project.dir, 'steps.ts'), text, occurrence)))
    const all = [await at(0, 'train'), await at(1, 'train'), await at(0, 'other')].map(digestOf)
    expect(new Set(all).size).toBe(3)
  })
})
