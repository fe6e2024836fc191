/** A piece of code that many steps have: declarations above the step and the value that it gives. */
interface UsualCode {
  readonly before?: string
  /** An expression, or statements with `return`. */
  readonly value: string
}

/** Code of which everything can be known, by what it is. */
export const USUAL_CODE: Readonly<Record<string, UsualCode>> = {
  'a list that it fills': {
    value: 'const list: number[] = []\n  for (let at = 0; at < 3; at++) list.push(at)\n  return list.sort()',
  },
  'a map that it fills': {
    value: "const map = new Map<string, number>()\n  map.set('a', 1)\n  map.delete('b')\n  return [...map]",
  },
  'a class with methods that are named as those of lists': {
    before: `class Collector {
  readonly #items: number[] = []
  push(item: number): this {
    this.#items.push(item)
    return this
  }
  write(): string {
    return this.#items.join()
  }
}`,
    value: 'return new Collector().push(1).push(2).write()',
  },
  'such a class in a variable': {
    before: 'class Counter {\n  count = 0\n  add(number: number): void {\n    this.count += number\n  }\n}',
    value: 'const counter = new Counter()\n  counter.add(2)\n  return counter.count',
  },
  'a class that extends another one': {
    before: `abstract class Shape {
  abstract area(): number
  twice(): number {
    return this.area() * 2
  }
}
class Square extends Shape {
  area(): number {
    return 4
  }
}`,
    value: 'new Square().twice()',
  },
  recursion: { before: 'const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2))', value: 'fib(9)' },
  'functions that call each other': {
    before: `function isEven(n: number): boolean {
  return n === 0 || isOdd(n - 1)
}
function isOdd(n: number): boolean {
  return n !== 0 && isEven(n - 1)
}`,
    value: 'isEven(4)',
  },
  'a generator': {
    before: 'function* upTo(n: number): Generator<number> {\n  for (let at = 0; at < n; at++) yield at\n}',
    value: '[...upTo(3)]',
  },
  'async iteration': {
    before: 'async function* ticks(): AsyncGenerator<number> {\n  yield 1\n  yield 2\n}',
    value: 'let sum = 0\n  for await (const tick of ticks()) sum += tick\n  return sum',
  },
  'a lookup table': {
    before: "const TABLE = new Map([['a', 1]])\nconst WORDS = new Set(['x', 'y'])",
    value: "[TABLE.get('a'), WORDS.has('x'), WORDS.size]",
  },
  'a constant that is computed': {
    before: 'const SQUARES = Array.from({ length: 4 }, (_, at) => at ** 2)\nconst LARGEST = Math.max(...SQUARES)',
    value: 'LARGEST',
  },
  'a memo that is filled at the first use': {
    before: `const memo = new Map<number, number>()
function square(n: number): number {
  const known = memo.get(n)
  if (known !== undefined) return known
  const made = n * n
  memo.set(n, made)
  return made
}`,
    value: 'square(3) + square(3)',
  },
  'a value that is made at the first use': {
    before: 'let table: number[] | undefined\nconst tableOf = (): number[] => (table ??= [1, 2, 3])',
    value: 'tableOf().length',
  },
  'regular expressions': { before: 'const WORD = /\\\\w+/gu', value: "'a b'.match(WORD)" },
  'a template': {
    before: "const tag = (texts: TemplateStringsArray, ...values: number[]) => texts.join('|') + values.join()",
    value: 'tag`a${1}b`',
  },
  'destructuring with defaults': {
    value: 'const { a = 1, ...rest } = { b: 2 } as { a?: number; b: number }\n  return [a, rest]',
  },
  'a reduction into an object': {
    value:
      "return ['a', 'b', 'a'].reduce<Record<string, number>>((counts, each) => {\n    counts[each] = (counts[each] ?? 0) + 1\n    return counts\n  }, {})",
  },
  'a frozen object': { before: "const FROZEN = Object.freeze({ kernel: 'rbf' })", value: 'FROZEN.kernel' },
  'errors that it catches': {
    before: 'class Refused extends Error {}',
    value: "try {\n    throw new Refused('no')\n  } catch (error) {\n    return error instanceof Refused\n  }",
  },
  'a function within it': { value: 'const twice = (n: number): number => n * 2\n  return [1, 2].map(twice)' },
  promises: { value: 'const all = await Promise.all([1, 2].map(async (n) => n * 2))\n  return all' },
  'a pause': { value: 'await sleep(1)\n  return 1' },
  'a schema of its own': {
    before: 'const Row = z.object({ id: z.number(), name: z.string().default("x") })',
    value: 'Row.parse({ id: 1 })',
  },
  'a digest': { value: "createHash('sha256').update('a').digest('hex')" },
  paths: { value: "path.posix.join('a', path.posix.basename('b/c.txt', '.txt'))" },
  bytes: { value: "Buffer.from('a').toString('base64') + new TextDecoder().decode(new TextEncoder().encode('b'))" },
  'typed arrays': { value: 'const rows = new Float64Array(3)\n  rows.fill(2)\n  rows[1] = 5\n  return [...rows]' },
  'dates of given times': { value: "new Date('2026-01-01T00:00:00Z').toISOString()" },
  'text in a language': { value: "new Intl.NumberFormat('en').format(1234) + 'ä'.localeCompare('b', 'de')" },
  JSON: { value: 'JSON.parse(JSON.stringify({ a: [1] })).a' },
  'its context': {
    value:
      "context.log.info('working')\n  context.metric('loss', 0.5)\n  context.progress(0.5, 'half')\n  return context.signal.aborted",
  },
  'the console': { value: "console.log('working')\n  return 1" },
  'a switch and labels': {
    before:
      "type Kind = 'a' | 'b'\nconst kindOf = (kind: Kind): number => {\n  switch (kind) {\n    case 'a':\n      return 1\n    default:\n      return 2\n  }\n}",
    value: "outer: for (;;) for (;;) break outer\n  return kindOf('b')",
  },
  'overloads and generics': {
    before:
      'function first<T>(items: readonly T[]): T | undefined\nfunction first(items: readonly unknown[]): unknown {\n  return items[0]\n}',
    value: 'first([7])',
  },
  'an accessor and a static block': {
    before:
      'class Config {\n  static readonly values: string[] = []\n  static {\n    Config.values.push("x")\n  }\n  get size(): number {\n    return Config.values.length\n  }\n}',
    value: 'new Config().size',
  },
  'a symbol and an iterator': {
    before: 'const range = { *[Symbol.iterator]() {\n  yield 1\n  yield 2\n} }',
    value: '[...range]',
  },
  'a seeded generator of numbers': {
    before:
      'const seeded = (seed: number) => {\n  let state = seed\n  return (): number => (state = (state * 1103515245 + 12345) % 2 ** 31)\n}',
    value: 'const next = seeded(1)\n  return [next(), next()]',
  },
  'standard output': { value: "process.stdout.write('working\\n')\n  return 1" },
  'a copy of a list that it sorts': {
    before: 'const UNSORTED = [2, 1]',
    value: 'const copy = UNSORTED.slice()\n  copy.sort()\n  return copy',
  },
  'copies of lists and objects that it changes': {
    before: 'const ROWS = [{ n: 2 }, { n: 1 }]\nconst FIXED = { a: 1 }',
    value:
      'const rows = ROWS.filter(({ n }) => n > 0)\n  rows.reverse()\n  const all = ROWS.concat(rows)\n  all.push({ n: 3 })\n' +
      '  const changed = { ...FIXED }\n  changed.a = 2\n  return [rows, all, changed]',
  },
  events: {
    before: 'class Bus extends EventTarget {}',
    value:
      "const bus = new Bus()\n  let heard = 0\n  bus.addEventListener('a', () => heard++)\n  bus.dispatchEvent(new Event('a'))\n  return heard",
  },
  'an object that counts for itself': {
    value: 'const counter = { n: 0, next() {\n    return this.n++\n  } }\n  counter.next()\n  return counter.next()',
  },
  'a list that a helper fills': {
    before: 'function fill(list: number[]): number[] {\n  list.push(1)\n  return list\n}',
    value: 'fill([])',
  },
  'a promise that is made at the first use': {
    before:
      'let loading: Promise<number> | undefined\nfunction loaded(): Promise<number> {\n  if (loading === undefined) loading = Promise.resolve(7)\n  return loading\n}',
    value: 'await loaded()',
  },
  'a record that is filled when the file loads': {
    before: "const LENGTHS: Record<string, number> = {}\nfor (const word of ['a', 'bc']) LENGTHS[word] = word.length",
    value: "LENGTHS['bc']",
  },
}
