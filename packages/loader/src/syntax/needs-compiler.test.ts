import { stripTypeScriptTypes } from 'node:module'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { hasModuleSyntax, needsCompiler } from './needs-compiler.ts'

/** Texts that Node refuses, or would run otherwise than TypeScript. */
const REFUSED: readonly string[] = [
  'enum A { x }',
  'export const enum A { x = 1 }',
  'const a = 1; enum B { x }',
  'function f() {\n  enum A { x }\n}',
  'namespace N { export const a = 1 }',
  'export namespace N.M { export const a = 1 }',
  'module N { export const a = 1 }',
  'class C { constructor(private a: number) {} }',
  'class C { constructor(a = f(), readonly b?: string) {} }',
  'class C {\n  constructor(\n    public override readonly a = 1,\n  ) { super() }\n}',
  "import fs = require('node:fs')",
  'import B = A.B',
  'export = { a: 1 }',
  '@dec class A {}',
  'export @dec class A {}',
  'class A {\n  @dec()\n  x = 1\n}',
  'class A { constructor(@inject() a: number) {} }',
  'class A { @dec x = 1 }',
]

/** Texts that import what only types are. */
const TYPES_IMPORTED: readonly string[] = [
  `import { Size } from './size'\nexport const f = (size: Size): number => size.w`,
  `import { area, Size, type Other } from './size'\nexport const f = (sizes: Size[]) => area(sizes[0] as Size)`,
  `import Size from './size'\n// A Size (of some kind), see Size.\nlet a: Map<string, Size>`,
  `import {\n  Size,\n  Shape as Form,\n} from './size'\ninterface B extends Form {}\nnew Size()`,
  `import { Unused } from './size'`,
]

/** Texts that Node runs as they are. */
const PLAIN: readonly string[] = [
  `import { pipeline, step } from 'cairnml'\nimport { z } from 'zod'\nimport type { A } from './a.ts'\nconst a: A = 1`,
  `import { Base } from './base.ts'\nclass A extends Base {}`,
  `import { Size } from './size.ts'\nconst a: Size = new Size()`,
  `import { Kinds } from './kinds.ts'\nconst all: readonly Kinds[] = [Kinds]`,
  `import { digits } from './digits.ts'\nstep({ name: 'a', output: digits })`,
  '/**\n * @param a a constructor (private or not)\n * {@link Foo} uses an enum.\n */\nexport const f = (a: number) => a',
  'declare enum A { x }\ninterface B { readonly a: number }\nclass C { constructor(a: number) {} private readonly b = 1 }',
  'const enumerate = 1, module = { a: 1 }\nmodule.a = 2',
  `const text = 'a@example.org'`,
  'export type A = { [K in keyof B]: B[K] }',
  'class A { constructor(a: (readonly: boolean) => void) {} }',
]

describe('a text', () => {
  it.each(REFUSED)('needs a compiler: %s', (text) => {
    expect(needsCompiler(text)).toBe(true)
  })

  it.each(TYPES_IMPORTED)('needs a compiler, which drops its imports of types: %s', (text) => {
    expect(needsCompiler(text)).toBe(true)
  })

  it.each(PLAIN)('is left to Node: %s', (text) => {
    expect(needsCompiler(text)).toBe(false)
    expect(() => stripTypeScriptTypes(text)).not.toThrow()
  })

  it('may be anything', () => {
    const word = fc.constantFrom(
      'import',
      'from',
      '{',
      '}',
      '(',
      'class',
      'extends',
      '@',
      'A',
      ' ',
      '\n',
      ',',
      '`',
      "'",
      '/*',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 300 }).map((words) => words.join(' ')),
        ),
        (text) => {
          expect([true, false]).toContain(needsCompiler(text))
        },
      ),
    )
  })
})

describe('module syntax', () => {
  it.each([
    `import './a'`,
    `import a from './a'`,
    `import a, {\n  b,\n} from './a'`,
    `import * as a from './a'`,
    `import type { A } from './a'`,
    `import { a } from './a'`,
    'export const a = 1',
    'export { a }',
    `export * from './a'`,
    'console.log(import.meta.url)',
  ])('is there: %s', (text) => {
    expect(hasModuleSyntax(text)).toBe(true)
  })

  it.each([`import a = require('./a')`, 'export = a', `const a = import('./a')`, 'exports.a = 1'])(
    'is not there: %s',
    (text) => {
      expect(hasModuleSyntax(text)).toBe(false)
    },
  )
})
