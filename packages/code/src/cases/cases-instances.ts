import { oneFile, type EditCase } from './edit-case.ts'

/** State that the step `a` reads by one expression, and another step changes by another one. */
const refused = (
  name: string,
  ...[top, body, b = body]: readonly [top: string, body: string, b?: string]
): EditCase => ({
  name,
  files: oneFile(top, body, `export const b = step({ name: 'b' }).implement(() => ${b})`),
  edit: {},
  want: 'nocache',
  reason: 'is changed by',
  runs: false,
})
const known = (
  name: string,
  ...[before, after, body]: readonly [before: string, after: string, body: string]
): EditCase => {
  const b = `export const b = step({ name: 'b' }).implement(() => ${body})`
  return { name, files: oneFile(before, body, b), edit: oneFile(after, body, b), want: 'differ' }
}

const BASE = 'class B { run() { return this.hook() } hook() { return 0 } }\n'
const COUNTER = 'class C { n = 0; run() { return ++this.n } }\n'

/** Objects that change themselves when they are used, however the use is written. */
export const INSTANCE_CASES: readonly EditCase[] = [
  refused(
    'a hook of a subclass that counts in the instance is refused',
    `${BASE}class C extends B { n = 0; hook() { return ++this.n } }\nconst c = new C()`,
    'c.run()',
  ),
  refused(
    'a hook of a subclass that counts in the module is refused',
    `let n = 0\n${BASE}class C extends B { hook() { return ++n } }`,
    'n',
    'new C().run()',
  ),
  refused(
    'a hook of a class two below that counts is refused',
    `${BASE}class M extends B {}\nclass C extends M { n = 0; hook() { return ++this.n } }\nconst c = new C()`,
    'c.n',
    'c.run()',
  ),
  refused(
    'a hook that is a field is refused',
    `${BASE}class C extends B { n = 0; override hook = () => ++this.n }\nconst c = new C()`,
    'c.n',
    'c.run()',
  ),
  refused(
    'a hook of the class that a mixin extends is refused',
    'class B { n = 0; hook() { return ++this.n } }\n' +
      'const M = (S: any) => class extends S { run() { return this.hook() } }\nconst c: any = new (M(B))()',
    'c.n',
    'c.run()',
  ),
  refused(
    'a field with a function that counts is refused',
    'class C { n = 0; run = () => ++this.n }\nconst c = new C()',
    'c.n',
    'c.run()',
  ),
  refused(
    'a function that the constructor makes and that counts is refused',
    'class C { n = 0; run: () => number; constructor() { this.run = () => ++this.n } }\nconst c = new C()',
    'c.n',
    'c.run()',
  ),
  refused('an instance in a variable is refused', `${COUNTER}let c = new C()`, 'c.n', 'c.run()'),
  refused('an instance in an object is refused', `${COUNTER}const all = { c: new C() }`, 'all.c.n', 'all.c.run()'),
  refused(
    'an instance in a list is refused',
    `${COUNTER}const all = [new C()]`,
    'all[0].n',
    '{ for (const one of all) one.run() }',
  ),
  refused(
    'an instance in a map is refused',
    `${COUNTER}const all = new Map([['x', new C()]])`,
    'all.get("x").n',
    'all.get("x").run()',
  ),
  refused(
    'an instance that a function makes for a list is refused',
    `${COUNTER}const make = () => new C()\nconst all = [make()]`,
    'all[0].n',
    'all[0].run()',
  ),
  refused(
    'an instance that is given to a function that calls it is refused',
    `${COUNTER}const c = new C()\nconst go = (one: C) => one.run()`,
    'c.n',
    'go(c)',
  ),
  refused(
    'a getter that counts is refused',
    'class C { n = 0; get next() { return ++this.n } }\nconst c = new C()',
    'c.next',
  ),
  refused(
    'a getter of an object that counts is refused',
    'const c = { n: 0, get next() { return ++this.n } }',
    'c.next',
  ),
  refused(
    'an object that counts when it is made a text is refused',
    'const c = { n: 0, toString() { return String(++this.n) } }',
    '`${c}`',
  ),
  refused(
    'an object that counts when it is iterated over is refused',
    'const c = { n: 0, *[Symbol.iterator]() { yield ++this.n } }',
    '[...c][0]',
  ),
  refused(
    'a generator that steps read on is refused',
    'function* count() { for (let n = 0; ; ) yield ++n }\nconst ids = count()',
    'ids.next().value',
  ),
  refused(
    'a generator that steps take apart is refused',
    'function* count() { for (let n = 0; n < 3; ) yield ++n }\nconst ids = count()',
    '[...ids].length',
  ),
  ...[
    ['a map', 'new Map([["x", 1]]).entries()'],
    ['a list', '[1, 2].values()'],
    ['a list by its symbol', '[1, 2][Symbol.iterator]()'],
    ['a text', '"xy".matchAll(/./g)'],
    ['another iterator', '[1, 2].values().map((x) => x + 1)'],
    ['an iterable', 'Iterator.from([1, 2])'],
    ['an async generator that is written there', '(async function* () { yield 1 })()'],
  ].map(([what, iterator]) =>
    refused(`an iterator of ${what} that steps read on is refused`, `const it = ${iterator}`, 'it.next()'),
  ),
  refused('an iterator in a variable is refused', 'let it = [1, 2].values()', 'it.next().value'),
  refused('an iterator in an object is refused', 'const all = { it: [1, 2].values() }', 'all.it.next().value'),
  refused('an iterator of a class is refused', 'class S { static it = [1, 2].values() }', 'S.it.next().value'),
  refused(
    'an iterator that steps loop over is refused',
    'const it = new Map([["x", 1]]).keys()',
    '{ let all = ""; for (const one of it) all += one; return all }',
  ),
  refused(
    'an iterator that a function opens is refused',
    'const map = new Map([["x", 1]])\nconst open = () => map.values()\nconst it = open()',
    '[...it].length',
  ),
  refused(
    'an iterator that a closure reads on is refused',
    'const make = () => { const it = [1, 2].values(); return () => it.next().value }\nconst next = make()',
    'next()',
  ),
  refused(
    'an iterator that a method reads on is refused',
    'class S { #it = [1, 2].values(); read() { return this.#it.next().value } }\nconst s = new S()',
    's.read()',
  ),
  refused(
    'a list of another function that a closure fills is refused',
    'const list = () => [] as number[]\nconst make = () => { const own = list(); return () => own.push(1) }\nconst f = make()',
    'f()',
  ),
  refused(
    'a list of an instance that a method changes by another name is refused',
    'class C { list: number[] = []; run() { const { list } = this; list.push(1) } }\nconst c = new C()',
    'c.list.length',
    'c.run()',
  ),
  refused(
    'a map of a constructor that a method changes by another name is refused',
    'class C { map; constructor() { this.map = new Map() } run() { const m = this.map; m.set(m.size, 1) } }\nconst c = new C()',
    'c.map.size',
    'c.run()',
  ),
  refused(
    'a list of a field that a function of the constructor fills later is refused',
    'class C { list: number[] = []; run; constructor() { const { list } = this; this.run = () => list.push(1) } }\nconst c = new C()',
    'c.list.length',
    'c.run()',
  ),
  refused(
    'a function in a registry that counts is refused',
    'let n = 0\nconst reg: (() => number)[] = []\nreg.push(() => ++n)',
    'n',
    'reg[0]()',
  ),
  refused(
    'a function that another one registers and that counts is refused',
    'let n = 0\nconst reg: (() => number)[] = []\nconst add = (f: () => number) => { reg.push(f) }\nadd(() => ++n)',
    'n',
    'reg[0]()',
  ),
  refused(
    'a function that is assigned to an object and that counts is refused',
    'let n = 0\nconst api: any = {}\napi.next = () => ++n',
    'n',
    'api.next()',
  ),
  refused(
    'a listener that counts is refused',
    `import { EventEmitter } from 'node:events'\nlet n = 0\nconst bus = new EventEmitter()\nbus.on('row', () => { n += 1 })`,
    'n',
    `bus.emit('row')`,
  ),
  known(
    'an instance whose constructor alone counts is no state',
    'class C { n = 0; constructor() { [1].forEach((x) => { this.n += x }) } sum() { return this.n } }\nconst c = new C()',
    'class C { n = 0; constructor() { [2].forEach((x) => { this.n += x }) } sum() { return this.n } }\nconst c = new C()',
    'c.sum()',
  ),
  ...[
    ['a method that another step calls', 'set(n: number) { this.n = n }', 'c.set(3)'],
    ['a method by another one', 'set(n: number) { this.n = n } run() { this.set(3) }', 'c.run()'],
    [
      'a method by another name of this',
      'set(n: number) { this.n = n } run() { const own = this; own.set(3) }',
      'c.run()',
    ],
    ['a method by a computed name', 'set(n: number) { this.n = n } run(m: "set") { this[m](3) }', 'c.run("set")'],
    ['a method by a function', 'set(n: number) { this.n = n } run() { help(this) }', 'c.run()'],
    [
      'a method of what it holds',
      'all: C[] = []; set() { this.n++ } run() { for (const c of this.all) c.set() }',
      'c.run()',
    ],
    [
      'a function of what it holds',
      'all: C[] = []; set(_: number) { this.n++ } run() { this.all.forEach(help) }',
      'c.run()',
    ],
    ['a callback', 'hook = () => {}; arm() { this.hook = () => { this.n++ } } run() { this.hook() }', 'c.run()'],
    ['a getter', 'get next() { return ++this.n }', 'c.next'],
    ['a method, and is given to a function', 'set(n: number) { this.n = n }', 'help(c)'],
    ['a method by another constant', 'set(n: number) { this.n = n }', 'other.set(3)'],
  ].map(([how = '', members = '', use = '']) =>
    refused(
      `an instance that changes by ${how} is refused for who only reads it`,
      `class C { n = 0; ${members}; get() { return this.n + 1 } }\nconst help = (one: any) => one.set(3)\n` +
        'const c = new C()\nconst other = c',
      'c.get()',
      use,
    ),
  ),
  refused(
    'an instance whose method is replaced by one that counts is refused',
    'class C { n = 0; set(n: number) { this.n = n } get() { return this.n } }\n' +
      'Object.assign(C.prototype, { get(this: C) { return ++this.n } })\nconst c = new C()',
    'c.get()',
  ),
  refused(
    'an instance whose method is bound elsewhere is refused',
    "import { EventEmitter } from 'node:events'\nclass C { n = 0; set(n: number) { this.n = n } get() { return this.n } }\n" +
      "const c = new C()\nconst bus = new EventEmitter()\nbus.on('x', c.set.bind(c))",
    'c.get()',
    "bus.emit('x', 2)",
  ),
  refused(
    'an instance that holds what counts is refused',
    'const counter = () => { let n = 0; return () => ++n }\n' +
      'class C { m = 0; next; constructor(next: () => number) { this.next = next } set(m: number) { this.m = m } run() { return this.next() } }\n' +
      'const c = new C(counter())',
    'c.run()',
  ),
  refused(
    'a memo that tells how full it is is refused',
    'const memo = new Map<number, number>()\nconst f = (a: number) => { if (!memo.has(a)) memo.set(a, a); return memo.size }',
    'f(1)',
    'f(2)',
  ),
  refused(
    'a memo of what another function changes is refused',
    'const make = () => { let by = 1; const memo = new Map<number, number>(); return { set(n: number) { by = n }, ' +
      'get(a: number) { if (!memo.has(a)) memo.set(a, a * by); return memo.get(a) } } }\nconst m = make()',
    'm.get(1)',
    'm.set(2)',
  ),
  ...[
    [
      'a vocabulary',
      'map = new Map<string, number>(); constructor(all: string[]) { for (const one of all) this.add(one) } ' +
        'add(one: string) { this.map.set(one, this.map.size) } get(one: string) { return this.map.get(one) ?? ',
      "new C(['x'])",
      "c.get('x')",
    ],
    [
      'a logger',
      '#level = 1; setLevel(level: number) { this.#level = level } get(text: string) { return this.#level + text + ',
      'new C()',
      "c.get('x')",
    ],
    [
      'a matrix',
      'data = [1, 2]; set(at: number, to: number) { this.data[at] = to } get(at: number) { return (this.data[at] ?? 0) + ',
      'new C()',
      'c.get(1)',
    ],
  ].map(([what, members, made, use = '']) => {
    const before = `class C { ${members}7 } }\nconst c = ${made}`
    return known(`${what} that steps only read is no state`, before, before.replace('7', '8'), use)
  }),
  known(
    'a memo that a function makes around another one is no state',
    'const memoize = <A, R>(fn: (a: A) => R) => { const memo = new Map<A, R>(); return (a: A) => { if (!memo.has(a)) memo.set(a, fn(a)); return memo.get(a) } }\nconst f = memoize((n: number) => n * 2)',
    'const memoize = <A, R>(fn: (a: A) => R) => { const memo = new Map<A, R>(); return (a: A) => { if (!memo.has(a)) memo.set(a, fn(a)); return memo.get(a) } }\nconst f = memoize((n: number) => n * 3)',
    'f(2)',
  ),
  known(
    'a list of a field that the constructor fills is no state',
    'class C { list: number[] = []; constructor() { for (const x of [1]) this.list.push(x) } }\nconst c = new C()',
    'class C { list: number[] = []; constructor() { for (const x of [2]) this.list.push(x) } }\nconst c = new C()',
    'c.list.join()',
  ),
  known(
    'a private map that the constructor fills is no state',
    'class C { #m = new Map<string, number>(); constructor() { this.#m.set("x", 1) } get(x: string) { return this.#m.get(x) } }\nconst c = new C()',
    'class C { #m = new Map<string, number>(); constructor() { this.#m.set("x", 2) } get(x: string) { return this.#m.get(x) } }\nconst c = new C()',
    'c.get("x")',
  ),
  known(
    'an instance that the step makes and changes is no state',
    COUNTER,
    COUNTER.replace('++this.n', 'this.n += 2'),
    '{ const c = new C(); c.run(); return c.n }',
  ),
  ...[
    ['a list', '[...map.values()]'],
    ['another map', 'Array.from(new Map(map.entries()))'],
    ['an object', 'Object.entries(Object.fromEntries(map.entries()))'],
    ['the first entry', 'map.values().next().value'],
  ].map(([what, value]) =>
    known(
      `${what} of what an iterator gives at load is no state`,
      `const map = new Map([["x", 1]])\nconst all = ${value}`,
      `const map = new Map([["x", 2]])\nconst all = ${value}`,
      'String(all)',
    ),
  ),
  known(
    'a list that a method called values of the project gives is no state',
    'class K { values() { return [1] } }\nconst all = new K().values()\nconst k = new K()\nconst more = k.values()',
    'class K { values() { return [2] } }\nconst all = new K().values()\nconst k = new K()\nconst more = k.values()',
    'more.join()',
  ),
  known(
    'a class whose methods give iterators is no state',
    'class K { #m = new Map([["x", 1]]); *[Symbol.iterator]() { yield* this.#m } values() { return this.#m.values() } }\nconst k = new K()',
    'class K { #m = new Map([["x", 2]]); *[Symbol.iterator]() { yield* this.#m } values() { return this.#m.values() } }\nconst k = new K()',
    '[...k.values()].join()',
  ),
  known(
    'what a function makes with an instance is no state',
    `${COUNTER}const pick = (xs: number[], c: C) => xs.map((x) => x + c.run())\nconst picked = pick([1, 2], new C())`,
    `${COUNTER}const pick = (xs: number[], c: C) => xs.map((x) => x + c.run())\nconst picked = pick([2, 2], new C())`,
    'picked.map((x) => x * 2).join()',
  ),
  known(
    'a list that a generator filled is no state',
    'function* count() { yield 1 }\nconst all = [...count()]',
    'function* count() { yield 2 }\nconst all = [...count()]',
    'all.map((x) => x).join()',
  ),
  known(
    'a generator that each call makes is no state',
    'function* count() { yield 1 }',
    'function* count() { yield 2 }',
    '[...count()].join()',
  ),
  known(
    'a getter that changes nothing is no state',
    'class C { n = 1; get next() { return this.n + 1 } }\nconst c = new C()',
    'class C { n = 2; get next() { return this.n + 1 } }\nconst c = new C()',
    'c.next',
  ),
  known(
    'functions in a registry that change nothing are no state',
    'const reg: (() => number)[] = []\nreg.push(() => Math.max(1, 0))',
    'const reg: (() => number)[] = []\nreg.push(() => Math.max(2, 0))',
    'reg[0]()',
  ),
]
