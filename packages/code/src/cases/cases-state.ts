import { oneFile, type EditCase } from './edit-case.ts'

const refused = (name: string, ...[top, body, b]: readonly [top: string, body: string, b: string]): EditCase => ({
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

/** State of modules that changes while steps run. */
export const STATE_CASES: readonly EditCase[] = [
  refused('a variable that another step changes is refused', 'let n = 0', 'n', '{ n = 1 }'),
  refused(
    'a variable that a function of another step changes is refused',
    'let n = 0\nconst bump = () => { n = n + 1 }',
    'n',
    'bump()',
  ),
  refused('an array that another step fills is refused', 'const log: number[] = []', 'log.length', 'log.push(1)'),
  refused(
    'a counter that is shared with another step is refused',
    'let n = 0\nconst next = () => ++n',
    'next()',
    'next()',
  ),
  refused('a counter of its own is refused, for a step can be called twice', 'let n = 0', '++n', '1'),
  refused(
    'an array that another step fills by another name is refused',
    'const log: number[] = []',
    'log.length',
    '{ const l = log; l.push(1) }',
  ),
  refused(
    'an array that a function of another step fills is refused',
    'const log: number[] = []\nconst fill = (l: number[]) => { l.push(1) }',
    'log.length',
    'fill(log)',
  ),
  refused(
    'an array that is handed on twice is refused',
    'const log: number[] = []\nconst fill = (l: number[]) => { l.push(1) }\nconst pass = (l: number[]) => fill(l)',
    'log.length',
    'pass(log)',
  ),
  refused(
    'an array that a function returns to another step is refused',
    'const log: number[] = []\nconst get = () => log',
    'log.length',
    'get().push(1)',
  ),
  refused(
    'an array that a function returns and a name holds is refused',
    'const log: number[] = []\nconst get = () => log',
    'log.length',
    '{ const l = get(); l.push(1) }',
  ),
  refused(
    'elements that another step changes are refused',
    'const table = [{ x: 1 }]',
    'table[0].x',
    '{ for (const row of table) row.x = 2 }',
  ),
  refused(
    'elements that a callback of another step changes are refused',
    'const table = [{ x: 1 }]',
    'table[0].x',
    'table.forEach((row) => { row.x = 2 })',
  ),
  refused(
    'an entry that another step changes is refused',
    'const m = new Map([["k", { x: 1 }]])',
    'm.get("k")',
    '{ const e = m.get("k")!; e.x = 2 }',
  ),
  refused(
    'an instance that changes itself is refused',
    'class C { n = 0; next() { return ++this.n } }\nconst c = new C()',
    'c.next()',
    'c.next()',
  ),
  refused(
    'a private field that changes is refused',
    'class C { #n = 0; next() { return ++this.#n } }\nconst c = new C()',
    'c.next()',
    'c.next()',
  ),
  refused(
    'an instance that inherits changing itself is refused',
    'class B { n = 0; next() { return ++this.n } }\nclass C extends B {}\nconst c = new C()',
    'c.next()',
    'c.next()',
  ),
  refused(
    'a static field that changes is refused',
    'class C { static n = 0; static next() { return ++C.n } }',
    'C.next()',
    'C.next()',
  ),
  refused(
    'a static field that changes by this is refused',
    'class C { static n = 0; static next() { return ++this.n } }',
    'C.next()',
    'C.next()',
  ),
  refused(
    'a closure that counts is refused',
    'const make = () => { let n = 0; return () => ++n }\nconst next = make()',
    'next()',
    'next()',
  ),
  refused(
    'an immediate closure that counts is refused',
    'const next = (() => { let n = 0; return () => ++n })()',
    'next()',
    'next()',
  ),
  refused(
    'a property of a function that counts is refused',
    'function next(): number { return (next.n = (next.n ?? 0) + 1) }\nnext.n = 0',
    'next()',
    'next()',
  ),
  refused(
    'a set of what was seen is refused',
    'const seen = new Set<number>()\nconst isNew = (x: number) => { if (seen.has(x)) return false; seen.add(x); return true }',
    'isNew(1)',
    'isNew(1)',
  ),
  refused(
    'a map that counts is no memo',
    'const m = new Map<string, number>()\nconst count = (k: string) => { if (!m.has(k)) m.set(k, 0); m.set(k, m.get(k)! + 1); return m.get(k) }',
    'count("x")',
    'count("x")',
  ),
  refused(
    'a count that is looked up first is no memo',
    'const m = new Map<string, number>()\nconst count = (k: string) => { const c = m.get(k); if (c !== undefined) { m.set(k, c + 1); return c } m.set(k, 1); return 0 }',
    'count("x")',
    'count("x")',
  ),
  refused(
    'a switch is no memo',
    'let done = false\nconst first = () => { if (!done) { done = true; return 1 } return 2 }',
    'first()',
    'first()',
  ),
  refused('a limit is no memo', 'let n = 0\nconst next = () => { if (n < 3) n = n + 1; return n }', 'next()', 'next()'),
  refused(
    'a memo that depends on arguments is none',
    'let m: number | undefined\nconst get = (k: number) => (m ??= k)',
    'get(1)',
    'get(2)',
  ),
  refused(
    'a value that is replaced where there is one is no memo',
    'let m: number | undefined = 1\nconst k = 2\nconst take = () => { const x = m; if (m) m = k; return x }',
    'take()',
    'take()',
  ),
  refused(
    'a global that another step changes is refused',
    '',
    '(globalThis as any).k',
    '{ (globalThis as any).k = 1 }',
  ),
  refused('an environment variable that another step sets is refused', '', 'process.env.K', '{ process.env.K = "1" }'),
  refused(
    'a member of an object that another step deletes is refused',
    'const o: any = { x: 1 }',
    'o.x',
    '{ delete o.x }',
  ),
  refused(
    'a member that Object.assign of another step writes is refused',
    'const o: any = { x: 1 }',
    'o.x',
    'Object.assign(o, { x: 2 })',
  ),
  refused('a sorted table is changed', 'const t = [2, 1]', 't[0]', 't.sort()[0]'),
  refused('a list that another step takes from is refused', 'const t = [2, 1]', 't.length', 't.pop()'),
  refused(
    'a destructured part that another step changes is refused',
    'const state = { list: [] as number[] }',
    'state.list.length',
    '{ const { list } = state; list.push(1) }',
  ),
  {
    name: 'an imported array that another step fills is refused',
    files: {
      'l.ts': 'export const log: number[] = []',
      ...oneFile(
        `import { log } from './l.ts'`,
        'log.length',
        `export const b = step({ name: 'b' }).implement(() => log.push(1))`,
      ),
    },
    edit: {},
    want: 'nocache',
    reason: 'is changed by step b',
    runs: false,
  },
  {
    name: 'a variable that the build of a pipeline changes is refused',
    files: oneFile(
      'let rate = 1\nconst setRate = (r: number) => { rate = r }',
      'rate',
      `export const p = pipeline({ name: 'p', build: () => { setRate(2); return a() } })`,
    ),
    edit: {},
    want: 'nocache',
    reason: 'is changed by setRate, which pipeline p calls',
    runs: false,
  },
  known(
    'a memo that is shared with another step counts by its text',
    'let m: number | undefined\nconst get = () => (m ??= 1)',
    'let m: number | undefined\nconst get = () => (m ??= 2)',
    'get()',
  ),
  known(
    'a keyed memo is no state',
    'const m = new Map<string, number>()\nconst get = (k: string) => { if (!m.has(k)) m.set(k, k.length); return m.get(k) }',
    'const m = new Map<string, number>()\nconst get = (k: string) => { if (!m.has(k)) m.set(k, k.length + 1); return m.get(k) }',
    'get("x")',
  ),
  known(
    'a keyed memo that is looked up first is no state',
    'const m = new Map<string, number>()\nconst get = (k: string) => { const hit = m.get(k); if (hit !== undefined) return hit; const v = k.length; m.set(k, v); return v }',
    'const m = new Map<string, number>()\nconst get = (k: string) => { const hit = m.get(k); if (hit !== undefined) return hit; const v = k.length + 1; m.set(k, v); return v }',
    'get("x")',
  ),
  known(
    'a memo after a return is no state',
    'let m: number | undefined\nfunction get() { if (m !== undefined) return m; m = 1 + 1; return m }',
    'let m: number | undefined\nfunction get() { if (m !== undefined) return m; m = 1 + 2; return m }',
    'get()',
  ),
  known(
    'a table that is only read is no state',
    'const t = [{ x: 1 }]\nconst sum = (l: { x: number }[]) => l.reduce((n, e) => n + e.x, 0)',
    'const t = [{ x: 2 }]\nconst sum = (l: { x: number }[]) => l.reduce((n, e) => n + e.x, 0)',
    'sum(t)',
  ),
  known(
    'a copy that is changed is no state',
    'const t = [2, 1]\nconst top = () => { const c = [...t]; c.sort(); return c[0] }',
    'const t = [3, 2]\nconst top = () => { const c = [...t]; c.sort(); return c[0] }',
    'top()',
  ),
  known(
    'a result of a function that is changed is no state',
    'const make = () => ({ x: 1 })\nconst f = () => { const o = make(); o.x = 2; return o.x }',
    'const make = () => ({ x: 1 })\nconst f = () => { const o = make(); o.x = 3; return o.x }',
    'f()',
  ),
  known(
    'a sum in a callback is no state',
    'const f = () => { let s = 0; [1, 2].forEach((x) => { s += x }); return s }',
    'const f = () => { let s = 1; [1, 2].forEach((x) => { s += x }); return s }',
    'f()',
  ),
  known(
    'an instance that is made in a function is no state',
    'class C { n = 0; next() { return ++this.n } }\nconst f = () => new C().next()',
    'class C { n = 1; next() { return ++this.n } }\nconst f = () => new C().next()',
    'f()',
  ),
  known(
    'a memo in an instance is no state',
    'class C { #m: number | undefined; get() { return (this.#m ??= 1) } }\nconst c = new C()',
    'class C { #m: number | undefined; get() { return (this.#m ??= 2) } }\nconst c = new C()',
    'c.get()',
  ),
]
