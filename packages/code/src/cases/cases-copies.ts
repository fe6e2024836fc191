import { oneFile, type CaseFiles, type EditCase } from './edit-case.ts'

type Row = readonly [name: string, top: string, body: string]

/** What changes a value of its own is known: an edit elsewhere does not count. */
const known = ([name, top, body]: Row): EditCase => ({
  name,
  files: oneFile(top, body),
  edit: oneFile(top, body, '// edited'),
  want: 'same',
})

const refused = ([name, top, body]: Row): EditCase => ({
  name,
  files: oneFile(top, body),
  edit: {},
  want: 'nocache',
  reason: 'is changed by step a',
})

const differ = (name: string, before: string, after: string): EditCase => ({
  name,
  files: oneFile(before, 'cfg.a'),
  edit: oneFile(after, 'cfg.a'),
  want: 'differ',
})

const CONFIG = 'const cfg = { a: 1, l: { x: 1 }, list: [{ w: 1 }] }'
const BUILDER =
  'class B { v: number[] = []; static make() { return new B() } add(x: number) { this.v.push(x); return this } }'
const CHANGED = 'const cfg: any = { a: 1 }\nexport const seen = () => cfg'

const KEEPER = 'class B { o: any; constructor(o: any) { this.o = o; this.init() } init() {} }'
const ZOD: CaseFiles = {
  'node_modules/zod/package.json': '{ "name": "zod", "version": "1.0.0", "type": "module", "main": "index.js" }',
  'node_modules/zod/index.js': `let settings = { message: '' }
export const z = { config: (given) => { settings = given }, string: () => ({ message: settings.message }) }`,
}

/** Copies and fresh values, which a step may change as it likes, beside those that are none. */
export const COPY_CASES: readonly EditCase[] = [
  ...(
    [
      ['an error that is given members is fresh', '', `Object.assign(new Error('bad'), { status: 404 }).status`],
      ['a deep clone is fresh', CONFIG, '{ const c = structuredClone(cfg); c.l.x = 2; return c.l.x }'],
      ['a clone by JSON is fresh', CONFIG, '{ const c = JSON.parse(JSON.stringify(cfg)); c.l.x = 2; return c.l.x }'],
      ['a spread is fresh', CONFIG, '{ const c = { ...cfg }; c.a = 2; return c.a }'],
      ['a slice is fresh', 'const list = [3, 1]', '{ const c = list.slice(); c.push(2); c.sort(); return c.join() }'],
      [
        'what a function maps to is fresh',
        'const list = [{ a: 1 }]',
        '{ const c = list.map((x) => ({ ...x })); c[0]!.a = 5; return c[0]!.a }',
      ],
      [
        'objects that a function maps to are fresh in a loop',
        'const list = [{ id: 1 }]',
        '{ const c = list.map((x) => ({ id: x.id, n: 0 })); for (const o of c) o.n++; c.forEach((o) => { o.n++ }); return c[0]!.n }',
      ],
      ['a literal in a list is fresh', CONFIG, '{ const c = [{ n: cfg.l.x }]; c[0]!.n = 2; return c.at(0)!.n }'],
      [
        'a slice of a typed array is fresh',
        'const l = Float64Array.of(1)',
        '{ const c = l.slice(); c[0] = 2; return c[0] }',
      ],
      [
        'a typed array of a length that is given is fresh',
        `const pairs = [['a', 'b']] as const\nfunction fill(s: string, n: number) { const v = new Float64Array(n); v[0]! += s.length; return v[0]! }`,
        'pairs.filter(([a, b]) => fill(a, 3) >= b.length).length',
      ],
      ['a sorted list of the keys of a map is fresh', 'const m = new Map([[1, 2]])', '[...m.keys()].sort().join()'],
      [
        'a builder that a function makes is fresh',
        `${BUILDER}\nconst build = () => new B()`,
        'build().add(1).add(2).v.length',
      ],
      ['a builder that a static method makes is fresh', BUILDER, 'B.make().add(1).add(2).v.length'],
    ] satisfies readonly Row[]
  ).map(known),
  {
    name: 'what a function of a namespace makes is fresh',
    files: {
      ...oneFile(`import * as geo from './geo.ts'`, '{ const c = geo.load(); c.push(1); return c.length }'),
      'geo.ts': 'export const table = { a: 1 }\nexport const load = (): number[] => []',
    },
    edit: { 'geo.ts': 'export const table = { a: 2 }\nexport const load = (): number[] => []' },
    want: 'same',
  },
  {
    name: 'a builder of another file is fresh',
    files: {
      ...oneFile(`import { B } from './b.ts'`, 'B.make().add(1).v.length'),
      'b.ts': `export ${BUILDER}`,
    },
    edit: { 'b.ts': `export ${BUILDER}\n// edited` },
    want: 'same',
  },
  ...(
    [
      ['a part of a copy is none', CONFIG, '{ const c = cfg.list.slice(); c[0]!.w = 2; return c[0]!.w }'],
      ['a part of a spread is none', CONFIG, '{ const c = { ...cfg }; c.l.x = 2; return c.l.x }'],
      ['a part that is mapped to is none', CONFIG, '{ const c = cfg.list.map((x) => x); c[0]!.w = 2; return c[0]!.w }'],
      ['a member of a list of it is none', CONFIG, '{ const c = [cfg.list]; c[0]![0]!.w = 2; return cfg.list[0]!.w }'],
      ['a member of an object of it is none', CONFIG, '{ const c = { l: cfg.l }; c.l.x = 2; return c.l.x }'],
      [
        'what is mapped to a list is none',
        CONFIG,
        '{ const c = cfg.list.map((x) => [x]); c[0]![0]!.w = 2; return cfg.list[0]!.w }',
      ],
      [
        'what was put into a list is none',
        CONFIG,
        '{ const c: any[] = []; c.push(...cfg.list); c[0].w = 2; return c[0].w }',
      ],
      [
        'what was assigned to an object is none',
        CONFIG,
        '{ const c: any = Object.assign({}, cfg); c.l.x = 2; return c.l.x }',
      ],
      [
        'what is awaited in a loop is none',
        CONFIG,
        '(async () => { for await (const o of [Promise.resolve(cfg)]) o.a = 2; return cfg.a })()',
      ],
      [
        'what a promise of a list gives is none',
        CONFIG,
        '(async () => { const c = cfg.list.map(async (x) => x); (await c[0])!.w = 2; return cfg.list[0]!.w })()',
      ],
      [
        'a part that a named function maps to is none',
        `${CONFIG}\nconst same = (x: { w: number }) => x`,
        '{ const c = cfg.list.map(same); c[0]!.w = 2; return c[0]!.w }',
      ],
      [
        'a view of a typed array is none',
        'const l = Float64Array.of(1)',
        '{ const c = l.subarray(0); c[0] = 2; return c[0] }',
      ],
      [
        'a typed array over a buffer that is given is none',
        'const raw = new ArrayBuffer(8)\nfunction fill(n: ArrayBuffer) { const v = new Float64Array(n); v[0] = 2; return v[0] }',
        'fill(raw)',
      ],
      ['a slice of a buffer is none', `const l = Buffer.from('a')`, '{ const c = l.slice(0); c[0] = 2; return c[0] }'],
      ['an element of a map is none', 'const m = new Map([[1, { w: 1 }]])', '{ m.get(1)!.w = 2; return m.get(1)!.w }'],
      [
        'an instance that a static method gives again is none',
        'class B { static one = new B(); v: number[] = []; static get() { return B.one } add(x: number) { this.v.push(x); return this } }',
        'B.get().add(1).v.length',
      ],
      [
        'what a method of an object gives is none',
        'const own = { list: [] as number[], all() { return this.list } }',
        '{ own.all().push(1); return own.list.length }',
      ],
    ] satisfies readonly Row[]
  ).map(refused),
  differ(
    'a change at load of what a function gives back counts',
    `${CHANGED}\nconst id = (x: any) => x\nid(cfg).a = 2`,
    `${CHANGED}\nconst id = (x: any) => x\nid(cfg).a = 3`,
  ),
  differ(
    'a change at load of what a function hands through counts',
    `${CHANGED}\nconst id = (x: any) => x\nconst wrap = (x: any) => id(x)\nconst go = () => { wrap(cfg).a = 2 }\ngo()`,
    `${CHANGED}\nconst id = (x: any) => x\nconst wrap = (x: any) => id(x)\nconst go = () => { wrap(cfg).a = 3 }\ngo()`,
  ),
  differ(
    'a change at load by a method that the class above calls counts',
    `${CHANGED}\n${KEEPER}\nclass D extends B { init() { this.o.a = 2 } }\nnew D(cfg)`,
    `${CHANGED}\n${KEEPER}\nclass D extends B { init() { this.o.a = 3 } }\nnew D(cfg)`,
  ),
  {
    name: 'a setting of a package of schemas counts',
    files: { ...ZOD, ...oneFile(`import { z } from 'zod'\nz.config({ message: 'one' })`, 'z.string().message') },
    edit: oneFile(`import { z } from 'zod'\nz.config({ message: 'two' })`, 'z.string().message'),
    want: 'differ',
  },
  {
    name: 'code from text at load, which may change what the step reads, is refused',
    files: oneFile(`export const cfg = { a: 1 }\neval('cfg.a = 2')`, 'cfg.a'),
    edit: {},
    want: 'nocache',
    reason: 'it calls eval, which may change what the step reads',
    runs: false,
  },
]
