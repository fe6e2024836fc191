import { oneFile, type CaseFiles, type EditCase } from './edit-case.ts'
import { npm } from './cases-packages.ts'

type Pair = readonly [name: string, before: readonly string[], after: readonly string[]]

const file = ([top = '', body = '', after = '']: readonly string[]): CaseFiles => oneFile(top, body, after)
const cases = (want: 'differ' | 'same', list: readonly Pair[]): readonly EditCase[] =>
  list.map(([name, before, after]) => ({ name, files: file(before), edit: file(after), want }))

const REG = { 'reg.ts': 'export const reg = new Map<string, number>()' }
const USE_REG = `import { reg } from './reg.ts'`

/** Statements at the top level of modules: those that change what a step does count, and no others. */
export const EFFECT_CASES: readonly EditCase[] = [
  ...cases('differ', [
    [
      'a registry that is filled in the same file counts',
      [`const reg = new Map()\nreg.set('x', 1)`, `reg.get('x')`],
      [`const reg = new Map()\nreg.set('x', 2)`, `reg.get('x')`],
    ],
    [
      'the order of two registrations counts',
      ['const reg: number[] = []\nreg.push(1)\nreg.push(2)', 'reg.join()'],
      ['const reg: number[] = []\nreg.push(2)\nreg.push(1)', 'reg.join()'],
    ],
    [
      'a patched prototype counts',
      ['class C { m() { return 1 } }\nC.prototype.m = () => 2', 'new C().m()'],
      ['class C { m() { return 1 } }\nC.prototype.m = () => 3', 'new C().m()'],
    ],
    [
      'a write to globalThis counts',
      ['(globalThis as any).k = 1', '(globalThis as any).k'],
      ['(globalThis as any).k = 2', '(globalThis as any).k'],
    ],
    [
      'a write to the environment counts',
      [`process.env.K = '1'`, 'process.env.K'],
      [`process.env.K = '2'`, 'process.env.K'],
    ],
    [
      'a patched builtin counts',
      ['(Array.prototype as any).k = () => 1', '([] as any).k()'],
      ['(Array.prototype as any).k = () => 2', '([] as any).k()'],
    ],
    [
      'a variable that a call at load sets counts',
      ['let n = 0\nconst set = (v: number) => { n = v }\nset(1)', 'n'],
      ['let n = 0\nconst set = (v: number) => { n = v }\nset(2)', 'n'],
    ],
    [
      'a variable that is filled when it is first needed counts',
      ['let n: number | undefined\nconst get = () => (n ??= 1)', 'get()'],
      ['let n: number | undefined\nconst get = () => (n ??= 2)', 'get()'],
    ],
    [
      'a condition around a variable counts',
      ['let n = 0\nif (1 + 1 === 2) { n = 1 }', 'n'],
      ['let n = 0\nif (1 + 1 === 2) { n = 2 }', 'n'],
    ],
    [
      'Object.assign onto a constant counts',
      ['const o: any = {}\nObject.assign(o, { x: 1 })', 'o.x'],
      ['const o: any = {}\nObject.assign(o, { x: 2 })', 'o.x'],
    ],
    [
      'a change through another name counts',
      ['const o: any = {}\nconst p = o\np.x = 1', 'o.x'],
      ['const o: any = {}\nconst p = o\np.x = 2', 'o.x'],
    ],
    [
      'a function that changes its argument counts',
      ['const o: any = {}\nconst fill = (t: any) => { t.x = 1 }\nfill(o)', 'o.x'],
      ['const o: any = {}\nconst fill = (t: any) => { t.x = 2 }\nfill(o)', 'o.x'],
    ],
    [
      'a property of a function counts',
      ['const f: any = () => f.k\nf.k = 1', 'f()'],
      ['const f: any = () => f.k\nf.k = 2', 'f()'],
    ],
    [
      'a constructor that registers counts',
      [
        'const reg: number[] = []\nclass B { constructor() { reg.push(1) } }\nclass S extends B {}\nnew S()',
        'reg.length',
      ],
      [
        'const reg: number[] = []\nclass B { constructor() { reg.push(1, 2) } }\nclass S extends B {}\nnew S()',
        'reg.length',
      ],
    ],
    [
      'a builtin that is patched counts',
      [`import fs from 'node:fs'\n;(fs as any).k = 1`, '(fs as any).k'],
      [`import fs from 'node:fs'\n;(fs as any).k = 2`, '(fs as any).k'],
    ],
    [
      'an effect inside of a called function counts',
      [
        'const reg: number[] = []\nfunction setup() { const inner = () => { reg.push(1) }; inner() }\nsetup()',
        'reg.join()',
      ],
      [
        'const reg: number[] = []\nfunction setup() { const inner = () => { reg.push(2) }; inner() }\nsetup()',
        'reg.join()',
      ],
    ],
    [
      'a destructuring assignment to members counts',
      ['const o: any = {};\n[o.x] = [1]', 'o.x'],
      ['const o: any = {};\n[o.x] = [2]', 'o.x'],
    ],
    ['an assignment by destructuring counts', ['let n = 0;\n[n] = [1]', 'n'], ['let n = 0;\n[n] = [2]', 'n']],
    [
      'a registration in a callback at load counts',
      [
        'const reg: number[] = []\nconst add = (n: number) => { reg.push(n) }\n;[1, 2].forEach((n) => add(n))',
        'reg.join()',
      ],
      [
        'const reg: number[] = []\nconst add = (n: number) => { reg.push(n) }\n;[1, 3].forEach((n) => add(n))',
        'reg.join()',
      ],
    ],
    [
      'an assignment in an initialiser counts',
      ['let n = 0\nexport const m = (n = 1)', 'n'],
      ['let n = 0\nexport const m = (n = 2)', 'n'],
    ],
    [
      'a change by delete counts',
      ['const o: any = { x: 1, y: 2 }\ndelete o.x', 'JSON.stringify(o)'],
      ['const o: any = { x: 1, y: 2 }\ndelete o.y', 'JSON.stringify(o)'],
    ],
    [
      'a change inside of a loop at load counts',
      ['const o: any = {}\nfor (const k of ["x"]) o[k] = 1', 'o.x'],
      ['const o: any = {}\nfor (const k of ["x"]) o[k] = 2', 'o.x'],
    ],
    [
      'a change of an element counts',
      ['const l = [{ x: 1 }]\nfor (const e of l) e.x = 2', 'l[0].x'],
      ['const l = [{ x: 1 }]\nfor (const e of l) e.x = 3', 'l[0].x'],
    ],
    [
      'a static member that is set from outside counts',
      ['class C { static x = 0 }\nC.x = 1', 'C.x'],
      ['class C { static x = 0 }\nC.x = 2', 'C.x'],
    ],
    [
      'a change through a promise counts',
      ['const o: any = {}\nawait Promise.resolve().then(() => { o.x = 1 })', 'o.x'],
      ['const o: any = {}\nawait Promise.resolve().then(() => { o.x = 2 })', 'o.x'],
    ],
    [
      'a setter that is called through a method counts',
      ['const o = { v: 0, set(v: number) { this.v = v } }\no.set(1)', 'o.v'],
      ['const o = { v: 0, set(v: number) { this.v = v } }\no.set(2)', 'o.v'],
    ],
    [
      'an instance that is changed at load counts',
      ['class C { v = 0; put(v: number) { this.v = v } }\nconst c = new C()\nc.put(1)', 'c.v'],
      ['class C { v = 0; put(v: number) { this.v = v } }\nconst c = new C()\nc.put(2)', 'c.v'],
    ],
  ]),
  ...cases('same', [
    [
      'a registration that the step does not read does not count',
      ['const reg: number[] = []\nreg.push(1)', '1'],
      ['const reg: number[] = []\nreg.push(2)', '1'],
    ],
    ['a line that prints at load does not count', ['console.log(1)', '1'], ['console.log(2)', '1']],
    [
      'a setter that nobody calls does not count',
      ['let n = 0\nexport const set = (v: number) => { n = v }', 'n'],
      ['let n = 0\nexport const set = (v: number) => { n = v + 1 }', 'n'],
    ],
    ['an exit code does not count', ['', '1', 'process.exitCode = 0'], ['', '1', 'process.exitCode = 1 - 1']],
  ]),
  {
    name: 'a change in the declaration of another step is refused',
    files: oneFile(
      'const o: any = {}\nconst put = (v: number) => { o.x = v; return [] }',
      'o.x',
      `export const b = step({ name: 'b', tags: put(1) }).implement(() => 1)`,
    ),
    edit: {},
    want: 'nocache',
    reason: 'is changed by put, which step b calls',
    runs: false,
  },
  {
    name: 'a registry that an imported file fills counts',
    files: {
      ...REG,
      ...oneFile(`${USE_REG}\nimport './plug.ts'`, `reg.get('x')`),
      'plug.ts': `${USE_REG}\nreg.set('x', 1)`,
    },
    edit: { 'plug.ts': `${USE_REG}\nreg.set('x', 2)` },
    want: 'differ',
  },
  {
    name: 'a registry that the entry file fills counts',
    files: {
      ...REG,
      ...oneFile(USE_REG, `reg.get('x')`),
      'main.ts': `export * from './pipeline.ts'\n${USE_REG}\nreg.set('x', 1)`,
    },
    edit: { 'main.ts': `export * from './pipeline.ts'\n${USE_REG}\nreg.set('x', 2)` },
    want: 'differ',
    entry: 'main.ts',
  },
  {
    name: 'a class that is patched from elsewhere counts',
    files: {
      'c.ts': 'export class C { m() { return 1 } }',
      ...oneFile(`import { C } from './c.ts'\nimport './patch.ts'`, 'new C().m()'),
      'patch.ts': `import { C } from './c.ts'\nC.prototype.m = () => 2`,
    },
    edit: { 'patch.ts': `import { C } from './c.ts'\nC.prototype.m = () => 3` },
    want: 'differ',
  },
  {
    name: 'a prototype that is patched through a namespace counts',
    files: {
      'c.ts': 'export class C { m() { return 1 } }',
      ...oneFile(`import { C } from './c.ts'\nimport './patch.ts'`, 'new C().m()'),
      'patch.ts': `import * as c from './c.ts'\nc.C.prototype.m = () => 2`,
    },
    edit: { 'patch.ts': `import * as c from './c.ts'\nc.C.prototype.m = () => 3` },
    want: 'differ',
  },
  {
    name: 'a registration by a dynamic import at load counts',
    files: {
      ...REG,
      ...oneFile(`${USE_REG}\nawait import('./plug.ts')`, `reg.get('x')`),
      'plug.ts': `${USE_REG}\nreg.set('x', 1)`,
    },
    edit: { 'plug.ts': `${USE_REG}\nreg.set('x', 2)` },
    want: 'differ',
  },
  {
    name: 'a plug-in that is extended at load counts',
    files: { ...npm('1.0.0'), ...oneFile(`import x from 'lib'\n;(x as any).extend = 1`, '(x as any).extend') },
    edit: oneFile(`import x from 'lib'\n;(x as any).extend = 2`, '(x as any).extend'),
    want: 'differ',
  },
  {
    name: 'loading plug-ins by computed names is refused where the step reads what may change',
    files: {
      ...REG,
      ...oneFile(
        `${USE_REG}\nfor (const n of ['./plug.ts']) await import(n)\nexport const put = () => reg.set('y', 1)`,
        `reg.get('x')`,
      ),
      'plug.ts': `${USE_REG}\nreg.set('x', 1)`,
    },
    edit: {},
    want: 'nocache',
    reason: 'may change what the step reads',
    runs: false,
  },
  {
    name: 'loading plug-ins by computed names does not matter to a step without state',
    files: { ...oneFile(`for (const n of ['./plug.ts']) await import(n)`, '1'), 'plug.ts': 'console.log(1)' },
    edit: oneFile(`for (const n of ['./plug.ts', './plug.ts']) await import(n)`, '1'),
    want: 'same',
  },
  {
    name: 'an effect of a file that only another file imports counts',
    files: {
      ...REG,
      ...oneFile(`${USE_REG}\nimport './mid.ts'`, `reg.get('x')`),
      'mid.ts': `import './plug.ts'`,
      'plug.ts': `${USE_REG}\nreg.set('x', 1)`,
    },
    edit: { 'mid.ts': '' },
    want: 'differ',
  },
  {
    name: 'a patch in a required file counts',
    files: {
      ...oneFile(
        `import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\nrequire('./p.cjs')`,
        '([] as any).k()',
      ),
      'p.cjs': 'Array.prototype.k = () => 1',
    },
    edit: { 'p.cjs': 'Array.prototype.k = () => 2' },
    want: 'differ',
  },
  {
    name: 'state that changes between two runs of one process is refused',
    files: oneFile(
      'let rate = 1\nconst setRate = (r: number) => { rate = r }',
      'rate',
      `const p = pipeline({ name: 'p', build: () => a() })\nfor (const r of [1, 2]) { setRate(r); await p.run() }`,
    ),
    edit: {},
    want: 'nocache',
    reason: 'where or after a pipeline runs',
    runs: false,
  },
  {
    name: 'state that changes after a run is refused',
    files: oneFile(
      'const o = { rate: 1 }',
      'o.rate',
      `const p = pipeline({ name: 'p', build: () => a() })\nawait p.run()\no.rate = 2\nawait p.run()`,
    ),
    edit: {},
    want: 'nocache',
    reason: 'where or after a pipeline runs',
    runs: false,
  },
  {
    name: 'state that is set before a run counts by its text',
    files: oneFile(
      'const o = { rate: 1 }\no.rate = 2',
      'o.rate',
      `const p = pipeline({ name: 'p', build: () => a() })\nawait p.run()`,
    ),
    edit: oneFile(
      'const o = { rate: 1 }\no.rate = 3',
      'o.rate',
      `const p = pipeline({ name: 'p', build: () => a() })\nawait p.run()`,
    ),
    want: 'differ',
  },
]
