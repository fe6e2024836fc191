import { describe, expect, it } from 'vitest'

import { BundledProject } from './bundled-project.fixture.ts'

const IMPORT = `import { json, pipeline, slot, step, text, list, optional, matrix, materializer } from 'cairnml'\n`

describe('the code in a bundle', () => {
  it('runs without the project and without its pipeline', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}import { scale } from './scale.ts'
const FACTOR: number = 3
export const train = step({ name: 'train', inputs: { x: json() }, output: json() }).implement(({ x }) => scale(x) * FACTOR)
export const p = pipeline({ name: 'p', build: () => train({}) })
await p.run()
console.log('the project runs')
`,
      'scale.ts': `export function scale(x: number): number { return x * 2 }
export function unused() { return fetch('x') }
`,
    })
    const bundle = await project.bundle()
    expect(bundle.code).not.toContain('fetch')
    expect(bundle.code).not.toContain('the project runs')
    expect(await project.run(bundle, '[run({ x: 7 }), ports.inputs.x.name, ports.outputs.output.kind]')).toEqual([
      42,
      'json',
      'materializer',
    ])
  })

  it('has barrels, renamings, defaults and namespaces resolved', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}import * as all from './lib/index.ts'
import { renamed, other as second } from './lib/index.ts'
import fallback, { type Thing } from './lib/fallback.ts'
export const train = step({ name: 'train' }).implement(() => [all.one(), renamed(), second, fallback(), all.deep.three])
`,
      'lib/index.ts': `export * from './one.ts'
export { two as renamed, type Two } from './two.ts'
import { other } from './two.ts'
export * as deep from './three.ts'
export { other }
export * from './unused.ts'
`,
      'lib/one.ts': 'export const one = () => 1',
      'lib/two.ts': 'export interface Two { a: 1 }\nconst two = () => 2\nconst other = 22\nexport { two, other }',
      'lib/three.ts': 'export const three = 3',
      'lib/unused.ts': 'export const unused = require_what_is_not_there',
      'lib/fallback.ts': 'export interface Thing {}\nexport default function () { return 4 }',
    })
    expect(await project.result()).toEqual([1, 2, 22, 4, 3])
  })

  it('keeps what runs at load, in the order of the project', async () => {
    using project = new BundledProject({
      'main.ts': `import { register } from './registry.ts'
import './plugins/index.ts'
import { train } from './steps.ts'
register('main')
console.log(train)
`,
      'registry.ts': `const names: string[] = []
export function register(name: string): void { names.push(name) }
export const registered = () => names
`,
      'plugins/index.ts': `import './b.ts'\nimport './a.ts'\n`,
      'plugins/a.ts': `import { register } from '../registry.ts'\nregister('a')`,
      'plugins/b.ts': `import { register } from '../registry.ts'\nregister('b')`,
      'steps.ts': `${IMPORT}import { registered } from './registry.ts'
export const train = step({ name: 'train' }).implement(() => registered())
`,
    })
    expect(await project.result({ entries: ['main.ts'] })).toEqual(['b', 'a', 'main'])
  })

  it('evaluates circular modules behind a barrel as the project does', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}import { make } from './lib/index.ts'
export const train = step({ name: 'train' }).implement(() => make().name)
`,
      'lib/index.ts': `export * from './base.ts'\nexport * from './child.ts'\n`,
      'lib/base.ts': `import { Child } from './index.ts'
export class Base { name = 'base' }
export const make = () => new Child()
`,
      'lib/child.ts': `import { Base } from './index.ts'
export class Child extends Base { override name = 'child' }
`,
    })
    expect(await project.result()).toBe('child')
  })

  it('keeps declarators that are not reached as names without values', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}const a = 1, { b } = boom(), c = a + 1, train = step({ name: 'train' }).implement(() => [a, c]), d = boom()
function boom(): never { throw new Error('boom') }
export { train }
`,
    })
    expect(await project.result()).toEqual([1, 2])
  })

  it('compiles enums, namespaces, parameter properties, static blocks and JSX', async () => {
    using project = new BundledProject({
      'tsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "tiny" } }',
      'node_modules/tiny/package.json':
        '{ "name": "tiny", "version": "1.0.0", "exports": { "./jsx-runtime": "./jsx.js" }, "type": "module" }',
      'node_modules/tiny/jsx.js': 'export const jsx = (type, props) => [type, props], jsxs = jsx, Fragment = 0',
      'steps.tsx': `${IMPORT}import { Kind } from './kind.ts'
namespace Numbers { export const three = 3 }
class Model { static n = 0; static { Model.n = 5 } constructor(readonly size: number) {} }
function overloaded(a: string): string
function overloaded(a: unknown): unknown { return a }
export const train = step({ name: 'train' }).implement(() => [
  Kind.B, Numbers.three, Model.n, new Model(4).size, <b x={1}>{overloaded('t')}</b>,
])
`,
      'kind.ts': 'export enum Kind { A = 1, B }',
    })
    expect(await project.result({ file: 'steps.tsx' })).toEqual([2, 3, 5, 4, ['b', { x: 1, children: 't' }]])
  })

  it('compiles decorators if the project says which ones', async () => {
    using project = new BundledProject({
      'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }',
      'steps.ts': `${IMPORT}const note = (_: Function): any => class { noted = 'noted' }
interface Between {}
@note export class Model {}
const Second: any = Model
export const train = step({ name: 'train' }).implement(() => new Second().noted)
`,
    })
    expect(await project.result()).toBe('noted')
  })

  it('takes in CommonJS, JSON, createRequire, dynamic imports and top-level await', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}import { createRequire } from 'node:module'
import { basename } from 'node:path'
import common, { half } from './common.cjs'
import data from './data.json' with { type: 'json' }
const load = createRequire(import.meta.url)
const ready = await Promise.resolve(8)
export const train = step({ name: 'train' }).implement(async () => {
  const { late } = await import('./late.ts')
  const whole = await import('./late.ts')
  return [common.whole, half, data.n, load('./other.cjs'), ready, late(), Object.keys(whole), basename('/a/b')]
})
`,
      'common.cjs': `const { helper } = require('./helper.cjs'); exports.whole = helper(1); exports.half = 0.5`,
      'helper.cjs': `exports.helper = (x) => x + 1`,
      'other.cjs': `module.exports = require('node:os').EOL`,
      'late.ts': `export const late = () => 'late'\nexport const later = 1`,
      'data.json': '{ "n": 6 }',
    })
    expect(await project.result()).toEqual([2, 0.5, 6, '\n', 8, 'late', ['late', 'later'], 'b'])
  })

  it('lets a step use the entrypoint of another step, but nothing else of it', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}
const other = step({ name: 'other', inputs: { x: json() }, output: json() }).implement(({ x }) => x * 2)
const p = pipeline({ name: 'p', build: () => other({}) })
export const train = step({ name: 'train' }).implement(async () => [
  await other.entrypoint({ x: 4 }),
  await Promise.resolve().then(() => other()).catch((error) => error.code),
  await Promise.resolve().then(() => p.run()).catch((error) => error.message),
])
`,
    })
    expect(await project.result({ after: 'train' })).toEqual([8, 'CAIRN_OUTSIDE_BUILD', expect.stringContaining('p (')])
  })

  it('has each of several steps of a file by itself', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}const one = () => 'first', two = () => 'second'
export const a = step({ name: 'a' }).implement(() => one())
export const b = step({ name: 'b' }).implement(() => two())
export default step({ name: 'c' }).implement(function () { return 'third' })
class Steps { static d = step({ name: 'd' }).implement(async () => 'fourth') }
`,
    })
    const a = await project.bundle({ after: 'const a' })
    expect(a.code).not.toContain('second')
    expect(await project.run(a)).toBe('first')
    expect(await project.result({ after: 'const b' })).toBe('second')
    expect(await project.result({ after: 'default' })).toBe('third')
    expect(await project.result({ after: 'static d' })).toBe('fourth')
  })

  it('finds a function that is given to a declaration elsewhere in the file', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}const declared = step({ name: 'a', inputs: { x: text } })
export const a = declared.implement(({ x }) => x + '!')
`,
    })
    expect(await project.result({}, '[run({ x: "hm" }), ports.inputs.x.name]')).toEqual(['hm!', 'text'])
  })

  it('keeps a unit that the step itself needs and holds the step', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}export const steps = {
  limit: 3,
  train: step({ name: 'train' }).implement(() => steps.limit),
  other: step({ name: 'other' }).implement(() => 4),
}
`,
    })
    expect(await project.result()).toBe(3)
  })
})

describe('the ports of a bundle', () => {
  it('are real, so that a custom materializer runs', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}import { upper } from './upper.ts'
const SHARED = { a: text, b: list(matrix) }
const model = materializer({
  name: 'model', version: 2,
  write: async (value, files) => files.write('m', upper(value)),
  read: (files) => files.text('m'),
})
export const train = step({ name: 'train', inputs: SHARED, outputs: { m: model, n: optional(model), o: json() } }).implement(() => 1)
`,
      'upper.ts': 'export const upper = (s: string) => s.toUpperCase()',
    })
    const script = `(async () => {
      const written = []
      await ports.outputs.m.write('abc', { write: (...given) => written.push(given) })
      return [written, Object.keys(ports.inputs), ports.inputs.b.kind, ports.outputs.n.of.version]
    })()`
    expect(await project.result({}, script)).toEqual([[['m', 'ABC']], ['a', 'b'], 'list', 2])
  })

  it('are read from a declaration that is not written out', async () => {
    using project = new BundledProject({
      'steps.ts': `${IMPORT}const base = { inputs: { x: text } }
export const train = step({ ...base, name: 'train', output: json() }).implement(() => 1)
`,
    })
    expect(await project.result({}, '[Object.keys(ports.inputs), ports.outputs.output.name]')).toEqual([['x'], 'json'])
  })
})
