import { IMPORT, oneFile, type EditCase } from './edit-case.ts'

const refusedAlone = (name: string, text: string, reason: string): EditCase => ({
  name,
  captures: /it changes (\w+)/.exec(reason)?.slice(1) ?? [],
  files: { 'pipeline.ts': `${IMPORT}${text}` },
  edit: {},
  want: 'nocache',
  reason,
  runs: false,
})

/** Edits that are made to slip through. */
export const HOSTILE_CASES: readonly EditCase[] = [
  {
    name: 'where a constant is computed counts if what it reads changes at load',
    files: oneFile('let n = 1\nconst x = n\nn = 2', 'x'),
    edit: oneFile('let n = 1\nn = 2\nconst x = n', 'x'),
    want: 'differ',
  },
  {
    name: 'the order of two modules counts if one computes what the other changes',
    files: {
      'n.ts': 'export const o = { n: 1 }',
      'read.ts': `import { o } from './n.ts'\nexport const x = o.n`,
      'write.ts': `import { o } from './n.ts'\no.n = 2`,
      ...oneFile(`import './write.ts'\nimport { x } from './read.ts'`, 'x'),
    },
    edit: oneFile(`import { x } from './read.ts'\nimport './write.ts'`, 'x'),
    want: 'differ',
  },
  {
    name: 'a decorator without parentheses is called',
    files: oneFile(
      'const reg: unknown[] = []\nconst register = (c: unknown) => { reg.push(c) }\n@register class P {}',
      'reg.length',
    ),
    edit: oneFile(
      'const reg: unknown[] = []\nconst register = (c: unknown) => { reg.push(c) }\nclass P {}',
      'reg.length',
    ),
    want: 'differ',
    runs: false,
  },
  {
    name: 'a static block of another class that fills a registry counts',
    files: oneFile('const reg: number[] = []\nexport class P { static { reg.push(1) } }', 'reg.join()'),
    edit: oneFile('const reg: number[] = []\nexport class P { static { reg.push(2) } }', 'reg.join()'),
    want: 'differ',
  },
  {
    name: 'a static field of another class that registers counts',
    files: oneFile(
      'const reg: number[] = []\nconst add = (n: number) => reg.push(n)\nexport class P { static x = add(1) }',
      'reg.join()',
    ),
    edit: oneFile(
      'const reg: number[] = []\nconst add = (n: number) => reg.push(n)\nexport class P { static x = add(2) }',
      'reg.join()',
    ),
    want: 'differ',
  },
  {
    name: 'an array that another step fills by call() is refused',
    files: oneFile(
      'const log: number[] = []',
      'log.length',
      `export const b = step({ name: 'b' }).implement(() => Array.prototype.push.call(log, 1))`,
    ),
    edit: {},
    want: 'nocache',
    reason: 'is changed by step b',
    runs: false,
  },
  {
    name: 'an array that is filled by apply() at load counts',
    files: oneFile('const reg: number[] = []\nArray.prototype.push.apply(reg, [1])', 'reg.join()'),
    edit: oneFile('const reg: number[] = []\nArray.prototype.push.apply(reg, [2])', 'reg.join()'),
    want: 'differ',
  },
  refusedAlone(
    'a step that counts in what it captures is refused',
    `function make() { let n = 0; return step({ name: 'a' }).implement(() => ++n) }\nexport const a = make()`,
    'it changes n, which it captures',
  ),
  refusedAlone(
    'a step that fills what it captures is refused',
    `function make() { const log: number[] = []; return step({ name: 'a' }).implement(() => log.push(1)) }\nexport const a = make()`,
    'it changes log, which it captures',
  ),
  refusedAlone(
    'an alias of the constructor of functions is refused',
    `const F = Function\nexport const a = step({ name: 'a' }).implement(() => new F('return 1')())`,
    'makes a function from text',
  ),
  refusedAlone(
    'the constructor of async functions is refused',
    `const F = Object.getPrototypeOf(async () => {}).constructor\nexport const a = step({ name: 'a' }).implement(() => new F('return 1')())`,
    'makes a function from text',
  ),
  refusedAlone(
    'module.require is refused',
    `declare const module: any\nexport const a = step({ name: 'a' }).implement(() => module.require('./x.cjs'))`,
    'module.require',
  ),
  {
    name: 'a setter property that is assigned at load counts',
    files: oneFile('let n = 0\nconst o = { set v(x: number) { n = x } }\no.v = 1', 'n'),
    edit: oneFile('let n = 0\nconst o = { set v(x: number) { n = x } }\no.v = 2', 'n'),
    want: 'differ',
  },
  {
    name: 'a change by a logical assignment at load counts',
    files: oneFile('const o: any = {}\no.x ??= 1', 'o.x'),
    edit: oneFile('const o: any = {}\no.x ??= 2', 'o.x'),
    want: 'differ',
  },
  {
    name: 'an effect behind && at load counts',
    files: oneFile('const reg: number[] = []\nreg && reg.push(1)', 'reg.join()'),
    edit: oneFile('const reg: number[] = []\nreg && reg.push(2)', 'reg.join()'),
    want: 'differ',
  },
  {
    name: 'a change in a default value at load counts',
    files: oneFile('let n = 0\nconst f = (x = (n = 1)) => x\nf()', 'n'),
    edit: oneFile('let n = 0\nconst f = (x = (n = 2)) => x\nf()', 'n'),
    want: 'differ',
  },
  {
    name: 'a function that is bound and called at load counts',
    files: oneFile('let n = 0\nfunction set(v: number) { n = v }\nconst s = set.bind(null, 1)\ns()', 'n'),
    edit: oneFile('let n = 0\nfunction set(v: number) { n = v }\nconst s = set.bind(null, 2)\ns()', 'n'),
    want: 'differ',
  },
  {
    name: 'a function in an object that is called at load counts',
    files: oneFile('let n = 0\nconst api = { set: (v: number) => { n = v } }\napi.set(1)', 'n'),
    edit: oneFile('let n = 0\nconst api = { set: (v: number) => { n = v } }\napi.set(2)', 'n'),
    want: 'differ',
  },
  {
    name: 'a function that another function returns and that is called at load counts',
    files: oneFile('let n = 0\nconst make = () => (v: number) => { n = v }\nmake()(1)', 'n'),
    edit: oneFile('let n = 0\nconst make = () => (v: number) => { n = v }\nmake()(2)', 'n'),
    want: 'differ',
  },
  {
    name: 'a function in an array that is called at load counts',
    files: oneFile('let n = 0\nconst all = [(v: number) => { n = v }]\nfor (const f of all) f(1)', 'n'),
    edit: oneFile('let n = 0\nconst all = [(v: number) => { n = v }]\nfor (const f of all) f(2)', 'n'),
    want: 'differ',
  },
  {
    name: 'a dispatch table of the step is no state',
    files: oneFile('const table: any = { x: () => 1 }\nconst k: string = "x"', 'table[k]()'),
    edit: oneFile('const table: any = { x: () => 2 }\nconst k: string = "x"', 'table[k]()'),
    want: 'differ',
  },
]
