import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { loadLexer, type ModuleLexer } from './lexer.ts'
import { readCode } from './read-module.ts'
import { lineAt } from './source-text.ts'

let lexer: ModuleLexer

beforeAll(async () => {
  lexer = await loadLexer()
})

const requestsOf = (text: string): readonly string[] =>
  readCode(text, lexer).requests.map(({ kind, specifier }) => `${kind} ${specifier}`)

const refusalOf = (text: string): string | undefined => readCode(text, lexer).refusal?.reason

describe('the references of a module', () => {
  it.each([
    [`import a from './a.ts'\nimport { type B } from './b.ts'`, ['import ./a.ts', 'import ./b.ts']],
    [`import type { A } from './a.ts'\nexport type { B } from './b.ts'\ntype C = typeof import('./c.ts')`, []],
    [
      `export * from './a.ts'\nexport { b } from './b.ts'\nexport * as c from './c.ts'`,
      ['import ./a.ts', 'import ./b.ts', 'import ./c.ts'],
    ],
    [`const a = await import(\`./a.ts\`)\nimport('./b.ts', { with: {} })`, ['import ./a.ts', 'import ./b.ts']],
    [`// import './a.ts'\nconst a = "import './b.ts'"`, []],
    [
      `const a = require('./a')\nconst b = require("./b.json"), c = require(\`c\`)`,
      ['require ./a', 'require ./b.json', 'require c'],
    ],
    [`import B = require('./b')`, ['import ./b', 'require ./b']],
    [`const get = createRequire(import.meta.url)\nget('./a')`, ['require ./a']],
    [`const a = module.createRequire(import.meta.url)('./a')`, ['require ./a']],
    [
      `import { builtinModules, createRequire } from 'node:module'\nconst get = createRequire(import.meta.url)\nget('./a')`,
      ['import node:module', 'require ./a'],
    ],
    [`import {\n  createRequire,\n  isBuiltin as builtin,\n} from 'node:module'`, ['import node:module']],
    [`const { createRequire } = process.getBuiltinModule('module')`, []],
    [`type Make = typeof createRequire\n// createRequire`, []],
    [`module.require('./a')`, ['require ./a']],
    [`if (require.main === module) f(require.resolve('./a'))`, []],
    [`/**\n * as in require(name)\n */\n// require(name)\nconst a = { require: 1, text: 'we require a name' }`, []],
    [`new URL('./a.csv', import.meta.url)\nnew URL(name, import.meta.url)`, ['url ./a.csv']],
    [`graph.import(name)`, []],
  ])('are read from %j', (text, expected) => {
    expect(refusalOf(text)).toBeUndefined()
    expect(requestsOf(text)).toEqual(expected)
  })
})

describe('a module', () => {
  const computedImport = 'it imports a module whose name is computed'
  const computedRequire = 'it requires a module whose name is computed'
  const evaluates = 'it calls eval'
  const makesFunction = 'it makes a function from text'
  const vm = 'it uses node:vm'
  it.each([
    ['import(name)', computedImport],
    ['import(`./${name}.ts`)', computedImport],
    ['import("./a" + name)', computedImport],
    ['run(...import(name))', 'it imports a module inside of a spread'],
    ['eval(text)', evaluates],
    ['(0, eval)(text)', evaluates],
    ['const run = eval\n', evaluates],
    ['globalThis.eval(text)', evaluates],
    ['const s = "http://x"; eval(s)', evaluates],
    ['new Function(text)', makesFunction],
    ['Function("return 1")()', makesFunction],
    ['f.constructor(text)', makesFunction],
    ['import.meta.glob("./*.ts")', 'it uses import.meta.glob'],
    ['import vm from "node:vm"', vm],
    ['await import("vm")', vm],
    ['require("vm")', vm],
    ['process.getBuiltinModule("node:vm")', vm],
    ['require(name)', computedRequire],
    ['const r = createRequire(import.meta.url)\nr(name)', computedRequire],
    ['const r = createRequire(import.meta.url)\npass(r)', 'it passes its require function on'],
    ['const r = require;', 'it passes its require function on'],
    ['pass(createRequire(import.meta.url))', 'it makes a require function that cannot be followed'],
    ['const r = createRequire(elsewhere)', 'it makes a require function that cannot be followed'],
    ['import { createRequire as make } from "node:module"', 'it makes a require function that cannot be followed'],
    ['const { createRequire: make } = module', 'it makes a require function that cannot be followed'],
    ['const make = module.createRequire\nmake(import.meta.url)', 'it makes a require function that cannot be followed'],
    ['const make = module["createRequire"]', 'it makes a require function that cannot be followed'],
    ['pass({ createRequire })', 'it makes a require function that cannot be followed'],
    ['export const r = createRequire(import.meta.url)', 'it makes a require function that cannot be followed'],
    ['require.main.require("./a")', 'it makes a require function that cannot be followed'],
    ['module.require(name)', 'it makes a require function that cannot be followed'],
    ['const a = <div>{x}</div>', 'it cannot be parsed as JavaScript or TypeScript without JSX'],
    ['import { a from "./a.ts"', 'it cannot be parsed as JavaScript or TypeScript without JSX'],
  ])('is refused for %j', (text, reason) => {
    expect(refusalOf(text)).toBe(reason)
  })

  it.each([
    '// eval(text)',
    '/*\n * eval(text), new Function(text), import.meta.glob\n */',
    '  /* eval(x) */',
    'model.eval()',
    'const evaluate = (x) => x; evaluate(1)',
    'type F = Function\nconst isFunction = (f: unknown): f is Function => typeof f === "function"',
    'const split = "eval"',
    'class A { constructor() {} }',
  ])('is not refused for %j', (text) => {
    expect(refusalOf(text)).toBeUndefined()
  })

  it('is refused with the place', () => {
    const text = '\n\nconst a = 1\n  eval(a)\n'
    expect(lineAt(text, readCode(text, lexer).refusal?.offset ?? 0)).toBe(4)
  })

  it('is read or refused whatever its text', () => {
    const words = `import ( ) { } "a" ' \` \${ require createRequire(import.meta.url) const r = from / * // export eval
      new URL("./a", import.meta.url) . < type with \\ \ud800`
    const piece = fc.constantFrom('\n', ...words.split(/\s+/))
    const code = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(' '))
    const text = fc.oneof(fc.string({ unit: 'binary' }), code)
    const check = (found: string): void => {
      const { requests, refusal } = readCode(found, lexer)
      expect(requests.every(({ offset }) => offset >= 0 && offset <= found.length)).toBe(true)
      expect(refusal?.reason ?? 'x').not.toBe('')
    }
    fc.assert(fc.property(text, check), { numRuns: 3000 })
  })
})
