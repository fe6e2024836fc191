import type { EditCase } from './edit-case.ts'
import { known, refused } from './state-case.ts'

/** Methods that change their instances, those that do not, and memos. */
export const MEMBER_CASES: readonly EditCase[] = [
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
]
