import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { isWholeCode, loadLexer, type ModuleLexer } from '../modules/lexer.ts'
import { locateCall, type LocatedCall } from './locate-call.ts'
import { isImplementedInPlace, isTopLevelDeclaration } from './top-level.ts'

let lexer: ModuleLexer
const isWhole = (code: string): boolean => isWholeCode(lexer, code)

beforeAll(async () => {
  lexer = await loadLexer()
})

function callIn(text: string): LocatedCall {
  const lines = text.slice(0, text.indexOf('step({')).split('\n')
  const call = locateCall(text, lines.length, (lines.at(-1)?.length ?? 0) + 1)
  if (call === undefined) throw new Error(`no call in ${text}`)
  return call
}

const isTopLevel = (text: string): boolean => isTopLevelDeclaration(text, callIn(text), isWhole)
const isInPlace = (text: string): boolean => isImplementedInPlace(text, callIn(text), isWhole)

const NOISE = [
  'const a = "}"\n',
  "const b = `${'`'}{`\n",
  '/* { */\n',
  '// ( `\n',
  'const c = /[/{(]/.test("x")\n',
  'function f() { return /}/ }\n',
  'for (const k of [1]) { f(k) }\n',
  'class K { static { f() } }\n',
  'type T = { a: string }\n',
  'const g = <A,>(x: A): A => x\n',
  'import { q } from "q"\n',
]

const WRAPPERS: readonly (readonly [before: string, after: string])[] = [
  ['function h() {\n', '\n}'],
  ['const h = () => {\n', '\n}'],
  ['const h = async function* () {\n', '\n}'],
  ['for (const k of [1, 2]) {\n', '\n}'],
  ['while (true) {\n', '\n}'],
  ['{\n', '\n}'],
  ['class H { static {\n', '\n} }'],
  ['const h = { get x() {\n', '\n} }'],
  ['call(() => {\n', '\n})'],
  ['const h = [function () {\n', '\n}]'],
  ['const t = `${(() => {\n', '\n})()}`'],
  ['namespace N {\n', '\n}'],
]

const STEP = 'const s = step({ name: ")" }).implement(() => 1)\n'

describe('a declaration at the top level', () => {
  it.each([
    'const s = step({})',
    'export const s: Step<A, B> = step({})',
    'let s = await cairn.step({})',
    'export default step({})',
    'const s = outer(a.inner(step({})))',
    'f();\nvar s = step({})',
    '"use strict";\nvar s = step({})',
  ])('is seen in "%s"', (text) => {
    expect(isTopLevel(text)).toBe(true)
  })

  it.each([
    'step({})',
    'x.s = step({})',
    'const s = () => step({})',
    'const s = async () => await step({})',
    'const s = [step({})]',
    'const s = { a: step({}) }',
    'const { s = step({}) } = x',
    'const s = other, t = step({})',
    'const s = cond && step({})',
    'for (const s = step({}); ; ) {}',
    'for (const k of ks) var s = step({})',
    'for (const k of ks)\nvar s = step({})',
    'for (const k of ks) // ;\nvar s = step({})',
    'const f = (s = step({})) => 1',
    'let x: number\nfor (const k of ks) y = step({})',
    'for (const k of ks)\n// const s =\nstep({})',
    'for (const k of ks)\n/* ; */ // let s =\nstep({})',
    'const f = function (s = step({})) {}',
  ])('is not seen in "%s"', (text) => {
    expect(isTopLevel(text)).toBe(false)
  })

  it('is seen whatever stands before it, and never inside of a function or block', () => {
    const noise = fc.array(fc.constantFrom(...NOISE), { maxLength: 6 }).map((pieces) => pieces.join(''))
    const wrappers = fc.array(fc.tuple(fc.constantFrom(...WRAPPERS), noise), { maxLength: 3 })
    fc.assert(
      fc.property(noise, wrappers, noise, (before, around, after) => {
        const inner = around.reduce((text, [[open, close], more]) => `${more}${open}${text}${close}\n`, STEP)
        expect(isTopLevel(before + inner + after)).toBe(around.length === 0)
      }),
      { numRuns: 500 },
    )
  })
})

describe('an implementation in place', () => {
  it.each([
    'step({}).implement(f)',
    'step({ a: ")" /* ) */, b: /[)]/, c: `)${(1)}` })\n  // why\n  .implement(f)',
    'step({}).implement<T>(f).with({})',
  ])('is seen in "%s"', (text) => {
    expect(isInPlace(text)).toBe(true)
  })

  it.each([
    'step({})',
    'step({}), step({}).implement(f)',
    'step({})\nx.implement(f)',
    'step({}).with({}).implement(f)',
    'step({}).implementation(f)',
    'step({',
  ])('is not seen in "%s"', (text) => {
    expect(isInPlace(text)).toBe(false)
  })
})
