import type { EditCase } from './edit-case.ts'
import { COUNTER, known, refused } from './state-case.ts'

const BASE = 'class B { run() { return this.hook() } hook() { return 0 } }\n'

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
    'a list of another function that a closure fills is refused',
    'const list = () => [] as number[]\nconst make = () => { const own = list(); return () => own.push(1) }\nconst f = make()',
    'f()',
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
  known(
    'an instance that the step makes and changes is no state',
    COUNTER,
    COUNTER.replace('++this.n', 'this.n += 2'),
    '{ const c = new C(); c.run(); return c.n }',
  ),
  known(
    'a list that a method called values of the project gives is no state',
    'class K { values() { return [1] } }\nconst all = new K().values()\nconst k = new K()\nconst more = k.values()',
    'class K { values() { return [2] } }\nconst all = new K().values()\nconst k = new K()\nconst more = k.values()',
    'more.join()',
  ),
  known(
    'what a function makes with an instance is no state',
    `${COUNTER}const pick = (xs: number[], c: C) => xs.map((x) => x + c.run())\nconst picked = pick([1, 2], new C())`,
    `${COUNTER}const pick = (xs: number[], c: C) => xs.map((x) => x + c.run())\nconst picked = pick([2, 2], new C())`,
    'picked.map((x) => x * 2).join()',
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
