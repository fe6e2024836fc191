import { IMPORT, oneFile, stepText, type CaseFiles, type EditCase } from './edit-case.ts'
import { npm } from './cases-packages.ts'

const importing = (what: string, body: string, files: CaseFiles): CaseFiles => ({
  ...oneFile(`import ${what}`, body),
  ...files,
})
const main = (top: string, body: string): CaseFiles => oneFile(top, body)

/** Modules: what is behind a name of another file. */
export const MODULE_CASES: readonly EditCase[] = [
  {
    name: 'a helper three files deep counts',
    files: importing(`{ f } from './1.ts'`, 'f()', {
      '1.ts': `import { g } from './2.ts'\nexport const f = () => g()`,
      '2.ts': `import { h } from './3.ts'\nexport const g = () => h()`,
      '3.ts': 'export const h = () => 1\nexport const other = 1',
    }),
    edit: { '3.ts': 'export const h = () => 2\nexport const other = 1' },
    want: 'differ',
  },
  {
    name: 'an unrelated export three files deep does not count',
    files: importing(`{ f } from './1.ts'`, 'f()', {
      '1.ts': `import { g } from './2.ts'\nexport const f = () => g()`,
      '2.ts': `import { h } from './3.ts'\nexport const g = () => h()`,
      '3.ts': 'export const h = () => 1\nexport const other = 1',
    }),
    edit: { '3.ts': 'export const h = () => 1\nexport const other = 2' },
    want: 'same',
  },
  {
    name: 'an unrelated helper in an imported file does not count',
    files: importing(`{ f } from './h.ts'`, 'f()', {
      'h.ts': 'export function f() { return 1 }\nexport function g() { return 1 }',
    }),
    edit: { 'h.ts': 'export function f() { return 1 }\nexport function g() { return 2 }' },
    want: 'same',
  },
  {
    name: 'an unrelated import does not count',
    files: importing(`{ f } from './h.ts'`, 'f()', {
      'h.ts': 'export const f = () => 1',
      'n.ts': 'export const n = 1',
    }),
    edit: { ...main(`import { n } from './n.ts'\nimport { f } from './h.ts'\nexport const m = n`, 'f()') },
    want: 'same',
  },
  {
    name: 'a helper behind export * counts',
    files: importing(`{ f } from './index.ts'`, 'f()', {
      'index.ts': `export * from './h.ts'`,
      'h.ts': 'export const f = () => 1\nexport const g = 1',
    }),
    edit: { 'h.ts': 'export const f = () => 2\nexport const g = 1' },
    want: 'differ',
  },
  {
    name: 'an unrelated helper behind export * does not count',
    files: importing(`{ f } from './index.ts'`, 'f()', {
      'index.ts': `export * from './h.ts'`,
      'h.ts': 'export const f = () => 1\nexport const g = 1',
    }),
    edit: { 'h.ts': 'export const f = () => 1\nexport const g = 2' },
    want: 'same',
  },
  {
    name: 'a barrel that leads to another helper counts',
    files: importing(`{ f } from './index.ts'`, 'f()', {
      'index.ts': `export { f } from './h.ts'`,
      'h.ts': 'export const f = () => 1',
      'i.ts': 'export const f = () => 2',
    }),
    edit: { 'index.ts': `export { f } from './i.ts'` },
    want: 'differ',
  },
  {
    name: 'another way to the same helper does not count',
    files: importing(`{ f } from './index.ts'`, 'f()', {
      'index.ts': `export { f } from './h.ts'`,
      'h.ts': 'export const f = () => 1',
      'b.ts': `export * from './h.ts'`,
    }),
    edit: { 'index.ts': `export { f } from './b.ts'` },
    want: 'same',
  },
  {
    name: 'a member of an exported namespace counts',
    files: importing(`{ ns } from './index.ts'`, 'ns.f()', {
      'index.ts': `export * as ns from './h.ts'`,
      'h.ts': 'export const f = () => 1\nexport const g = 1',
    }),
    edit: { 'h.ts': 'export const f = () => 2\nexport const g = 1' },
    want: 'differ',
  },
  {
    name: 'another member of an exported namespace does not count',
    files: importing(`{ ns } from './index.ts'`, 'ns.f()', {
      'index.ts': `export * as ns from './h.ts'`,
      'h.ts': 'export const f = () => 1\nexport const g = 1',
    }),
    edit: { 'h.ts': 'export const f = () => 1\nexport const g = 2' },
    want: 'same',
  },
  {
    name: 'a helper that is exported under another name counts',
    files: importing(`{ x } from './index.ts'`, 'x()', {
      'index.ts': `export { f as x } from './h.ts'`,
      'h.ts': 'export const f = () => 1',
    }),
    edit: { 'h.ts': 'export const f = () => 2' },
    want: 'differ',
  },
  {
    name: 'another target of a renamed export counts',
    files: importing(`{ x } from './index.ts'`, 'x()', {
      'index.ts': `export { f as x } from './h.ts'`,
      'h.ts': 'export const f = () => 1\nexport const g = () => 2',
    }),
    edit: { 'index.ts': `export { g as x } from './h.ts'` },
    want: 'differ',
  },
  {
    name: 'a default export counts',
    files: importing(`f from './h.ts'`, 'f()', { 'h.ts': 'export default () => 1' }),
    edit: { 'h.ts': 'export default () => 2' },
    want: 'differ',
  },
  {
    name: 'what is imported and exported again counts',
    files: importing(`{ f } from './index.ts'`, 'f()', {
      'index.ts': `import { f } from './h.ts'\nexport { f }`,
      'h.ts': 'export const f = () => 1',
    }),
    edit: { 'h.ts': 'export const f = () => 2' },
    want: 'differ',
  },
  {
    name: 'circular imports are followed',
    files: importing(`{ f } from './1.ts'`, 'f(3)', {
      '1.ts': `import { g } from './2.ts'\nexport function f(n: number): number { return n ? g(n - 1) : 0 }`,
      '2.ts': `import { f } from './1.ts'\nexport function g(n: number): number { return f(n) + 1 }`,
    }),
    edit: { '2.ts': `import { f } from './1.ts'\nexport function g(n: number): number { return f(n) + 2 }` },
    want: 'differ',
  },
  {
    name: 'a member of a namespace import counts',
    files: importing(`* as u from './h.ts'`, 'u.x()', { 'h.ts': 'export const x = () => 1\nexport const y = 1' }),
    edit: { 'h.ts': 'export const x = () => 2\nexport const y = 1' },
    want: 'differ',
  },
  {
    name: 'another member of a namespace import does not count',
    files: importing(`* as u from './h.ts'`, 'u.x()', { 'h.ts': 'export const x = () => 1\nexport const y = 1' }),
    edit: { 'h.ts': 'export const x = () => 1\nexport const y = 2' },
    want: 'same',
  },
  {
    name: 'any member counts where the name is computed',
    files: importing(`* as u from './h.ts'\nconst name = 'y'`, 'u[name]', {
      'h.ts': 'export const x = 1\nexport const y = 1',
    }),
    edit: { 'h.ts': 'export const x = 1\nexport const y = 2' },
    want: 'differ',
  },
  {
    name: 'a new export counts where the name is computed',
    files: importing(`* as u from './h.ts'\nconst name: string = 'z'`, '(u as any)[name] ?? 0', {
      'h.ts': 'export const x = 1',
    }),
    edit: { 'h.ts': 'export const x = 1\nexport const z = 2' },
    want: 'differ',
  },
  {
    name: 'a type-only import does not count',
    files: { ...main(`import type { T } from './t.ts'`, '(1 as T)'), 't.ts': 'export type T = number' },
    edit: { 't.ts': 'export type T = number | string' },
    want: 'same',
  },
  {
    name: 'moving a helper to another file does not count',
    files: importing(`{ f } from './h.ts'`, 'f()', { 'h.ts': 'const k = 1\nexport const f = () => k' }),
    edit: {
      ...main(`import { f } from './lib/other.ts'`, 'f()'),
      'lib/other.ts': 'const k = 1\nexport const f = () => k',
    },
    want: 'same',
  },
  {
    name: 'an internal import counts',
    files: {
      'package.json': '{ "name": "project", "type": "module", "imports": { "#h": "./h.ts" } }',
      ...importing(`{ f } from '#h'`, 'f()', { 'h.ts': 'export const f = () => 1' }),
    },
    edit: { 'h.ts': 'export const f = () => 2' },
    want: 'differ',
  },
  {
    name: 'a self-reference counts',
    files: {
      'package.json': '{ "name": "project", "type": "module", "exports": { "./h": "./h.ts" } }',
      ...importing(`{ f } from 'project/h'`, 'f()', { 'h.ts': 'export const f = () => 1' }),
    },
    edit: { 'h.ts': 'export const f = () => 2' },
    want: 'differ',
  },
  {
    name: 'paths of a tsconfig count',
    files: {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      ...importing(`{ f } from '@/h.ts'`, 'f()', { 'src/h.ts': 'export const f = () => 1' }),
    },
    edit: { 'src/h.ts': 'export const f = () => 2' },
    want: 'differ',
    runs: false,
  },
  {
    name: 'an import that does not resolve is refused',
    files: main(`import { f } from 'nowhere'`, 'f()'),
    edit: {},
    want: 'nocache',
    reason: 'nowhere',
    runs: false,
  },
  {
    name: 'another imported name of an npm package counts',
    files: { ...npm('1.0.0'), ...main(`import { x as f } from 'lib'`, 'f()') },
    edit: main(`import { y as f } from 'lib'`, 'f()'),
    want: 'differ',
  },
  {
    name: 'another entry of an npm package counts',
    files: { ...npm('1.0.0'), ...main(`import { x } from 'lib'`, 'x()') },
    edit: main(`import { x } from 'lib/sub.js'`, 'x()'),
    want: 'differ',
  },
  {
    name: 'another imported name of a builtin counts',
    files: main(`import { cpus as x } from 'node:os'`, 'typeof x()'),
    edit: main(`import { freemem as x } from 'node:os'`, 'typeof x()'),
    want: 'differ',
  },
  {
    name: 'another name of a destructured export counts',
    files: importing(`{ x } from './h.ts'`, 'x', { 'h.ts': 'export const { x, y } = { x: 1, y: 2 }' }),
    edit: main(`import { y as x } from './h.ts'`, 'x'),
    want: 'differ',
  },
  {
    name: 'another imported name of a CommonJS file counts',
    files: importing(`{ x as f } from './h.cjs'`, 'f', { 'h.cjs': 'exports.x = 1\nexports.y = 2' }),
    edit: main(`import { y as f } from './h.cjs'`, 'f'),
    want: 'differ',
  },
  {
    name: 'swapped names of a namespace count',
    files: importing(`* as u from './h.ts'`, 'JSON.stringify({ ...u })', {
      'h.ts': 'const p = 1\nconst q = 2\nexport { p as x, q as y }',
    }),
    edit: { 'h.ts': 'const p = 1\nconst q = 2\nexport { q as x, p as y }' },
    want: 'differ',
  },
  {
    name: 'a name that is exported as default counts',
    files: importing(`f from './h.ts'`, 'f()', { 'h.ts': 'const g = () => 1\nexport default g' }),
    edit: { 'h.ts': 'const g = () => 2\nexport default g' },
    want: 'differ',
  },
  {
    name: 'a default that is exported under a name counts',
    files: importing(`{ f } from './index.ts'`, 'f()', {
      'index.ts': `export { default as f } from './h.ts'`,
      'h.ts': 'export default () => 1',
    }),
    edit: { 'h.ts': 'export default () => 2' },
    want: 'differ',
  },
  {
    name: 'a step that is a default export has an identity',
    files: { 'pipeline.ts': `${IMPORT}export default step({ name: 'a' }).implement(() => 1)` },
    edit: { 'pipeline.ts': `${IMPORT}export default step({ name: 'a' }).implement(() => 2)` },
    want: 'differ',
    runs: false,
  },
  {
    name: 'step through a barrel of the project is step',
    files: {
      'own.ts': `export { step as define } from 'cairnml'`,
      'pipeline.ts': `import { define } from './own.ts'\nexport const a = define({ name: 'a' }).implement(() => 1)\nexport const b = define({ name: 'b' }).implement(() => 1)`,
    },
    edit: {
      'pipeline.ts': `import { define } from './own.ts'\nexport const a = define({ name: 'a' }).implement(() => 2)\nexport const b = define({ name: 'b' }).implement(() => 1)`,
    },
    want: 'differ',
  },
  {
    name: 'another step through a barrel of the project does not count',
    files: {
      'own.ts': `export * from 'cairnml'`,
      'pipeline.ts': `import { step } from './own.ts'\nexport const a = step({ name: 'a' }).implement(() => 1)\nexport const b = step({ name: 'b' }).implement(() => 1)`,
    },
    edit: {
      'pipeline.ts': `import { step } from './own.ts'\nexport const a = step({ name: 'a' }).implement(() => 1)\nexport const b = step({ name: 'b' }).implement(() => 2)`,
    },
    want: 'same',
  },
  {
    name: 'a name behind two export * counts wherever it is',
    files: {
      ...npm('1.0.0'),
      ...importing(`{ f } from './index.ts'`, 'f()', {
        'index.ts': `export * from 'lib'\nexport * from './h.ts'`,
        'h.ts': 'export const f = () => 1',
      }),
    },
    edit: { 'h.ts': 'export const f = () => 2' },
    want: 'differ',
  },
  {
    name: 'a side effect order of imports counts where it matters',
    files: {
      'reg.ts': 'export const reg: number[] = []',
      '1.ts': `import { reg } from './reg.ts'\nreg.push(1)`,
      '2.ts': `import { reg } from './reg.ts'\nreg.push(2)`,
      ...main(`import './1.ts'\nimport './2.ts'\nimport { reg } from './reg.ts'`, 'reg.join()'),
    },
    edit: main(`import './2.ts'\nimport './1.ts'\nimport { reg } from './reg.ts'`, 'reg.join()'),
    want: 'differ',
  },
  {
    name: 'the name of an imported module in the same folder does not count',
    files: importing(`{ f } from './h.ts'`, 'f()', { 'h.ts': 'export const f = () => 1' }),
    edit: { 'pipeline.ts': stepText(`import { f } from './k.ts'`, 'f()'), 'k.ts': 'export const f = () => 1' },
    want: 'same',
  },
]
