import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { BundledProject } from './bundled-project.fixture.ts'

const IMPORT = `import { json, pipeline, step } from 'cairnml'\n`

describe('a module that is cut down', () => {
  it('reads as before where semicolons are missing', async () => {
    using project = new BundledProject({
      'steps.ts': `#!/usr/bin/env node
${IMPORT}const list: number[] = [1]
console.log('cut')
;[2].forEach((n) => list.push(n))
const two = () => list
unused()
;(() => list.push(3))()
function unused() { return 1 }
export const a = step({ name: 'a' }).implement(() => two())
`,
    })
    expect(await project.result()).toEqual([1, 2, 3])
  })

  it('keeps a step that a function of it makes', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}export const make = () => {
  return step({
    name: 'a_long_name_for_a_step',
  }).implement(() => 1)
}
const made = make
export const a = step({ name: 'b' }).implement(() => typeof made())
`,
    })
    expect(await project.result({ after: 'const a =' })).toBe('function')
  })

  it('may have names that the bundle would use itself', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}const $step0 = 1, $cut = 2, $inert = 3, run = 4, ports = 5, inert = 6, captured = 7
export const a = step({ name: 'a' }).implement(() => [$step0, $cut, $inert, run, ports, inert, captured])
`,
    })
    expect(await project.result()).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('may have a byte order mark and Windows line ends', async () => {
    using project = new BundledProject({
      'steps.ts':
        `\uFEFF${IMPORT}const one = 1\nconst cut = 2\nexport const a = step({ name: 'a' }).implement(() => {\n  return one\n})\n`.replaceAll(
          '\n',
          '\r\n',
        ),
    })
    expect(await project.result()).toBe(1)
  })

  it('exports anonymous, renamed and quoted names', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}import One from './one.ts'
import two, { 'a name' as three } from './two.ts'
export const a = step({ name: 'a' }).implement(() => [new One().one, two(), three])
`,
      'one.ts': 'export default class { one = 1 }\nexport const other = 2',
      'two.ts': `const two = () => 2, three = 3\nexport { two as default, three as 'a name', type Missing }\ntype Missing = 1`,
    })
    expect(await project.result()).toEqual([1, 2, 3])
  })

  it('hands namespaces on, also of barrels with packages behind them', async () => {
    using project = new BundledProject({
      'node_modules/pure/package.json':
        '{ "name": "pure", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
      'node_modules/pure/index.js': 'export const pure = 1, purer = 2',
      'steps.ts': `${IMPORT}import * as all from './all.ts'
import { purer } from './all.ts'
export const a = step({ name: 'a' }).implement(async () => [
  Object.keys(all), purer, Object.keys(await import('./all.ts')), (await import('pure')).pure, (await import('node:path')).sep,
])
`,
      'all.ts': `export * from './more.ts'\nexport * from 'pure'\nexport const own = 1\nexport interface Type {}`,
      'more.ts': 'export const more = 1',
    })
    const names = ['more', 'own', 'pure', 'purer']
    const result = await project.result()
    expect(result).toEqual([expect.arrayContaining(names), 2, expect.arrayContaining(names), 1, '/'])
  })

  it('has inert values where it hands steps around while it loads', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}const known: unknown[] = []
const add = (value: unknown) => { known.push(value) }
const other = step({ name: 'other' }).implement(() => 1)
const changed = other.with({ cache: false })
add(changed)
add(pipeline({ name: 'p', build: () => other() }))
export const a = step({ name: 'a' }).implement(() => [known.length, attempt(() => (known[0] as () => unknown)())])
function attempt(what: () => unknown) { try { return what() } catch (error) { return (error as Error).message } }
`,
    })
    expect(await project.result({ after: 'const a =' })).toEqual([2, expect.stringContaining('changed (steps.ts:5)')])
  })

  it('is found through mapped imports, paths and links', async () => {
    using project = new BundledProject({
      'package.json': '{ "name": "project", "type": "module", "imports": { "#one": "./src/one.ts" } }',
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      'src/one.ts': 'export const one = 1',
      'src/two.ts': 'export const two = 2',
      'linked/package.json': '{ "name": "linked", "version": "1.0.0", "type": "module", "exports": "./index.ts" }',
      'linked/index.ts': 'export const three: number = 3',
      'steps.ts': `${IMPORT}import { one } from '#one'\nimport { two } from '@/two'\nimport { three } from 'linked'
export const a = step({ name: 'a' }).implement(() => [one, two, three])`,
    })
    mkdirSync(join(project.dir, 'node_modules'))
    symlinkSync(join(project.dir, 'linked'), join(project.dir, 'node_modules/linked'))
    const bundle = await project.bundle()
    expect(bundle.code).not.toContain(project.dir)
    expect(await project.run(bundle)).toEqual([1, 2, 3])
  })
})

describe('what a module knows of its place', () => {
  const FILES = {
    'src/steps.ts': `${IMPORT}import { dirname } from './where.cjs'
export const a = step({ name: 'a' }).implement(() => [import.meta.dirname, import.meta.url])
export const b = step({ name: 'b' }).implement(() => dirname)`,
    'src/where.cjs': 'exports.dirname = __dirname',
  }

  it('stays in a local bundle', async () => {
    using project = new BundledProject(FILES)
    const dir = join(project.dir, 'src')
    const a = await project.result({ file: 'src/steps.ts', after: 'const a', profile: 'local' })
    expect(a).toEqual([dir, expect.stringContaining('/src/steps.ts')])
    expect(await project.result({ file: 'src/steps.ts', after: 'const b', profile: 'local' })).toBe(dir)
  })

  it('is refused in CommonJS that is to run anywhere', async () => {
    using project = new BundledProject(FILES)
    const refused = { bundled: false, reason: 'it uses __dirname', at: 'src/where.cjs:1' }
    expect(await project.ask({ file: 'src/steps.ts', after: 'const b' })).toEqual(refused)
  })
})

describe('a step that is made inside of a step', () => {
  it('is a real one', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}export const a = step({ name: 'a' }).implement(() => {
  const b = step({ name: 'b' }).implement(() => 5)
  return b.entrypoint({})
})`,
    })
    expect(await project.result()).toBe(5)
  })
})

describe('a step that cannot be bundled', () => {
  it('loads machine code of the project or has decorators that Node cannot run', async () => {
    using project = new BundledProject({
      'addon.node': 'machine',
      'steps.ts': `${IMPORT}import { createRequire } from 'node:module'
const load = createRequire(import.meta.url)
const note = (value: any, _: any) => value
@note class Model {}
export const a = step({ name: 'a' }).implement(() => load('./addon.node'))
export const b = step({ name: 'b' }).implement(() => new Model())
export const c = step({ name: 'c' }).implement(() => 1)
`,
    })
    expect(await project.ask({ after: 'const a' })).toMatchObject({ reason: expect.stringContaining('addon.node') })
    expect(await project.ask({ after: 'const b' })).toMatchObject({ reason: expect.stringContaining('decorators') })
    expect((await project.bundle({ after: 'const a', profile: 'local' })).code).toContain('addon.node')
    expect(await project.result({ after: 'const c' })).toBe(1)
  })

  it('says why', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}const declared = step({ name: 'a' })
export const one = declared.implement(() => 1), two = declared.implement(() => 2)
export const c = step({ name: 'c' }).implement(() => eval('1'))
`,
    })
    expect(await project.ask()).toMatchObject({ bundled: false })
    expect(await project.ask({ after: 'const c' })).toMatchObject({ bundled: false, at: 'steps.ts:4' })
  })
})
