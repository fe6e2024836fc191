import type { EditCase } from './edit-case.ts'
import { known, refused } from './state-case.ts'

/** What can be read once, and who reads it. */
export const ITERATOR_CASES: readonly EditCase[] = [
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
    'a class whose methods give iterators is no state',
    'class K { #m = new Map([["x", 1]]); *[Symbol.iterator]() { yield* this.#m } values() { return this.#m.values() } }\nconst k = new K()',
    'class K { #m = new Map([["x", 2]]); *[Symbol.iterator]() { yield* this.#m } values() { return this.#m.values() } }\nconst k = new K()',
    '[...k.values()].join()',
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
]
