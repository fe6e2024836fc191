import { IMPORT, oneFile, type EditCase } from './edit-case.ts'

type Pair = readonly [name: string, before: readonly [string, string], after: readonly [string, string]]

const differ = (list: readonly Pair[]): readonly EditCase[] =>
  list.map(([name, before, after]) => ({ name, files: oneFile(...before), edit: oneFile(...after), want: 'differ' }))
const same = (list: readonly Pair[]): readonly EditCase[] =>
  list.map(([name, before, after]) => ({ name, files: oneFile(...before), edit: oneFile(...after), want: 'same' }))

/** Constants, classes and everything else of the language that a step can use. */
export const VALUE_CASES: readonly EditCase[] = [
  {
    name: 'an inherited method in another file counts',
    files: {
      ...oneFile(`import { Base } from './base.ts'\nclass Sub extends Base {}`, 'new Sub().m()'),
      'base.ts': 'export class Base { m() { return 1 } }',
    },
    edit: { 'base.ts': 'export class Base { m() { return 2 } }' },
    want: 'differ',
  },
  ...differ([
    [
      'a getter counts',
      ['class C { get g() { return 1 } }', 'new C().g'],
      ['class C { get g() { return 2 } }', 'new C().g'],
    ],
    [
      'a private method counts',
      ['class C { #p() { return 1 } static s() { return new C().#p() } }', 'C.s()'],
      ['class C { #p() { return 2 } static s() { return new C().#p() } }', 'C.s()'],
    ],
    [
      'a const object counts by the member that is used',
      ['const o = { x: 1, y: 1 }', 'o.x'],
      ['const o = { x: 2, y: 1 }', 'o.x'],
    ],
    ['a const object counts whole', ['const o = { x: 1, y: 1 }', 'o.x'], ['const o = { x: 1, y: 2 }', 'o.x']],
    ['a destructured constant counts', ['const { x } = { x: 1 }', 'x'], ['const { x } = { x: 2 }', 'x']],
    [
      'a constant that is computed by a call counts',
      ['const f = () => 1\nconst x = f()', 'x'],
      ['const f = () => 2\nconst x = f()', 'x'],
    ],
    ['the default of a parameter counts', ['const f = (x = 1) => x', 'f()'], ['const f = (x = 2) => x', 'f()']],
    [
      'the default in a pattern counts',
      ['const f = ({ x = 1 }: { x?: number }) => x', 'f({})'],
      ['const f = ({ x = 2 }: { x?: number }) => x', 'f({})'],
    ],
    [
      'a computed key counts',
      [`const k = 'a'`, `JSON.stringify({ [k]: 1 })`],
      [`const k = 'b'`, `JSON.stringify({ [k]: 1 })`],
    ],
    [
      'a tag of a template counts',
      ['const t = (s: TemplateStringsArray) => s.raw[0]', 't`x`'],
      ['const t = (s: TemplateStringsArray) => s[0] + s.raw[0]', 't`x`'],
    ],
    [
      'text of a tagged template counts as written',
      ['const t = (s: TemplateStringsArray) => s.raw[0]', 't`\\x61`'],
      ['const t = (s: TemplateStringsArray) => s.raw[0]', 't`a`'],
    ],
    [
      'a static block counts',
      ['class C { static x = 0; static { C.x = 1 } }', 'C.x'],
      ['class C { static x = 0; static { C.x = 2 } }', 'C.x'],
    ],
    ['swapped operands count', ['const p = 5\nconst q = 3', 'p - q'], ['const p = 5\nconst q = 3', 'q - p']],
    [
      'a private member and a public one of the same name differ',
      ['class C { #x = 1; x = 2; m() { return this.#x } }', 'new C().m()'],
      ['class C { #x = 1; x = 2; m() { return this.x } }', 'new C().m()'],
    ],
    [
      'a top-level await counts',
      ['const x = await Promise.resolve(1)', 'x'],
      ['const x = await Promise.resolve(2)', 'x'],
    ],
    [
      'an async generator counts',
      ['async function* g() { yield 1 }', '(async () => { for await (const x of g()) return x })()'],
      ['async function* g() { yield* [2] }', '(async () => { for await (const x of g()) return x })()'],
    ],
    [
      'a label counts',
      ['const f = () => { let n = 0; o: for (;;) { for (;;) { n++; break o } } return n }', 'f()'],
      ['const f = () => { let n = 0; o: for (;;) { for (;;) { n++; break } break o } return n + 0 }', 'f()'],
    ],
    [
      'a getter and a method differ',
      ['const o = { get x() { return 1 } }', 'typeof o.x'],
      ['const o = { x() { return 1 } }', 'typeof o.x'],
    ],
    [
      'a spread and an array differ',
      ['const l = [1]', '[...l].length + JSON.stringify([...l])'],
      ['const l = [1]', '[l].length + JSON.stringify([l])'],
    ],
    ['a hoisted function that is changed counts', ['let f = () => 1', 'f()'], ['let f = () => 2', 'f()']],
    ['a var that is declared twice counts', ['var x = 1\nvar x = 2', 'x'], ['var x = 1\nvar x = 3', 'x']],
    ['exponent and product differ', ['', '3 ** 2'], ['', '3 * 2']],
    ['strings that look like structure differ', ['', `['a', 'b'].length`], ['', `["a', 'b"].length`]],
    ['a hole in an array counts', ['', '[1, , 2].length'], ['', '[1, 2].length']],
    ['-0 and 0 differ', ['', '1 / -0'], ['', '1 / 0']],
    ['null and undefined differ', ['', 'String(null)'], ['', 'String(undefined)']],
    ['a big integer and a number differ', ['', 'typeof 1n'], ['', 'typeof 1']],
    [
      'shorthand of another name counts',
      ['const x = 1\nconst y = 1', 'Object.keys({ x }).join()'],
      ['const x = 1\nconst y = 1', 'Object.keys({ y }).join()'],
    ],
    ['new and call differ', ['', `typeof new Number(1)`], ['', 'typeof Number(1)']],
    [
      'the operator of a logical assignment counts',
      ['const f = (x: any) => { x ??= 1; return x }', 'f(0)'],
      ['const f = (x: any) => { x ||= 1; return x }', 'f(0)'],
    ],
    [
      'which environment variable a constant holds counts',
      [`const mode = process.env.CAIRN_CASE_MODE ?? process.env.HOME === undefined`, 'mode'],
      [`const mode = process.env.CAIRN_CASE_MODE ?? process.env.HOME !== undefined`, 'mode'],
    ],
    [
      'which variable is read by another name of the environment counts',
      ['const { env } = process', 'typeof env.PATH'],
      ['const { env } = process', 'typeof env.CAIRN_CASE_NONE'],
    ],
    [
      'what a schema takes out of the environment counts',
      ['const schema = (env: any) => ({ a: typeof env.PATH })', 'schema(process.env).a'],
      ['const schema = (env: any) => ({ a: typeof env.CAIRN_CASE_NONE })', 'schema(process.env).a'],
    ],
    [
      'what a function reads of the context that it is given counts',
      [
        `const of = (x: number, context: any) => typeof context?.signal\nconst run = (_: any, context: any) => of(1, context)`,
        'run({}, { signal: 1 })',
      ],
      [
        `const of = (x: number, context: any) => typeof context?.log\nconst run = (_: any, context: any) => of(1, context)`,
        'run({}, { signal: 1 })',
      ],
    ],
    ['prefix and postfix differ', ['const f = (x: number) => x++', 'f(1)'], ['const f = (x: number) => ++x', 'f(1)']],
    ['in and instanceof differ', ['const C = Array', '[] instanceof C'], ['const C = Array', '({}) instanceof C']],
    [
      'yield and return differ',
      ['function* g() { yield 1 }', '[...g()].length'],
      ['function* g() { return 1 }', '[...g()].length'],
    ],
    ['a method name counts', ['', `'Ab'.toUpperCase()`], ['', `'Ab'.toLowerCase()`]],
    [
      'the order of object members counts',
      ['', 'JSON.stringify({ x: 1, y: 2 })'],
      ['', 'JSON.stringify({ y: 2, x: 1 })'],
    ],
    [
      'static and instance members differ',
      ['class C { static m() { return 1 } m() { return 2 } }', 'new C().m()'],
      ['class C { m() { return 1 } static m() { return 2 } }', 'new C().m()'],
    ],
  ]),
  ...same([
    [
      'type members of a class do not count',
      ['class C { m() { return 1 } }', 'new C().m()'],
      ['class C { declare t: string; m(): number { return 1 } }', 'new C().m()'],
    ],
    [
      'overloads do not count',
      ['function f(x: any) { return x }', 'f(1)'],
      ['function f(x: number): number\nfunction f(x: string): string\nfunction f(x: any) { return x }', 'f(1)'],
    ],
    [
      'interfaces and type aliases do not count',
      ['interface I { x: number }\ntype T = I', '1 as unknown as T'],
      ['interface I { x: string }\ntype T = I | null', '1 as unknown as T'],
    ],
    [
      'an arrow with a block and one without are the same',
      ['const f = () => { return 1 }', 'f()'],
      ['const f = () => 1', 'f()'],
    ],
    ['the spelling of a number does not count', ['', '255'], ['', '0xff']],
    ['an escape in a string does not count', ['', `'a'`], ['', `'\\x61'`]],
    ['parentheses do not count', ['', '1 + 2 * 3'], ['', '1 + (2 * 3)']],
    [
      'an environment of types does not count',
      ['declare const X: string', '1'],
      ['declare const Y: number\ndeclare global { interface Z {} }', '1'],
    ],
  ]),
  ...differ([
    ['the value of an enum member counts', ['enum E { A = 1 }', 'E.A'], ['enum E { A = 2 }', 'E.A']],
    [
      'a merged enum counts',
      ['enum E { A = 1 }\nenum E { B = 2 }', 'E.A + E.B'],
      ['enum E { A = 1 }\nenum E { B = 3 }', 'E.A + E.B'],
    ],
    [
      'a namespace counts',
      ['namespace N { export const x = 1 }', 'N.x'],
      ['namespace N { export const x = 2 }', 'N.x'],
    ],
    [
      'a parameter property counts',
      ['class C { constructor(x: number) {} }', 'Object.keys(new C(1)).length'],
      ['class C { constructor(public x: number) {} }', 'Object.keys(new C(1)).length'],
    ],
    [
      'a decorator counts',
      ['const d = (_: unknown) => {}\n@d class C { m() { return 1 } }', 'new C().m()'],
      ['const d = (_: unknown) => { return }\n@d class C { m() { return 1 } }', 'new C().m()'],
    ],
  ]).map((one) => ({ ...one, runs: false })),
  {
    name: 'a component counts',
    files: {
      'node_modules/react/package.json':
        '{ "name": "react", "version": "1.0.0", "exports": { "./jsx-runtime": "./j.js" } }',
      'node_modules/react/j.js': 'export const jsx = (tag) => `<${typeof tag === "string" ? tag : tag()}>`',
      'tsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx" } }',
      'pipeline.tsx': `${IMPORT}const Box = () => 1\nexport const a = step({ name: 'a' }).implement(() => <Box />)`,
    },
    edit: {
      'pipeline.tsx': `${IMPORT}const Box = () => 2\nexport const a = step({ name: 'a' }).implement(() => <Box />)`,
    },
    want: 'differ',
    file: 'pipeline.tsx',
    runs: false,
  },
  {
    name: 'another version of the runtime of JSX counts',
    files: {
      'node_modules/react/package.json':
        '{ "name": "react", "version": "1.0.0", "exports": { "./jsx-runtime": "./j.js" } }',
      'node_modules/react/j.js': 'export const jsx = (tag) => `<${typeof tag === "string" ? tag : tag()}>`',
      'tsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx" } }',
      'pipeline.tsx': `${IMPORT}export const a = step({ name: 'a' }).implement(() => <b />)`,
    },
    edit: {
      'node_modules/react/package.json':
        '{ "name": "react", "version": "1.0.1", "exports": { "./jsx-runtime": "./j.js" } }',
    },
    want: 'differ',
    file: 'pipeline.tsx',
    runs: false,
  },
  {
    name: 'the entry point of another step counts',
    files: oneFile(`const b = step({ name: 'b' }).implement(() => 1)`, 'b.entrypoint()'),
    edit: oneFile(`const b = step({ name: 'b' }).implement(() => 2)`, 'b.entrypoint()'),
    want: 'differ',
  },
]
