import type { Random } from './random.fixture.ts'

/** What a name of a generated project is, which decides how it can be read and changed. */
export type ThingKind =
  | 'number'
  | 'list'
  | 'map'
  | 'set'
  | 'object'
  | 'function'
  | 'class'
  | 'cell'
  | 'instance'
  | 'box'
  | 'array of lists'
  | 'registry'
  | 'enum'
  | 'tag'
  | 'json'
  | 'action'
  | 'accessor'
  | 'receiver'
  | 'port'

type Read = (ref: string, random: Random, value: () => string) => string
type Write = (ref: string, value: string, random: Random) => string

const digit = (random: Random): string => String(random.whole(0, 9))
const letter = (random: Random): string => random.pick(['a', 'b', 'c'])

/** Expressions that read a thing of a kind. */
export const READS: Readonly<Record<ThingKind, readonly Read[]>> = {
  number: [(ref) => ref, (ref, random) => `${ref} ${random.pick(['+', '-', '*'])} ${digit(random)}`],
  list: [
    (ref) => `${ref}.length`,
    (ref) => `${ref}.join('-')`,
    (ref) => `${ref}.at(-1)`,
    (ref, random) => `${ref}[${random.whole(0, 2)}]`,
    (ref) => `[...${ref}]`,
    (ref, random) => `${ref}.map((v) => v + ${digit(random)})`,
    (ref) => `${ref}.reduce((sum, v) => sum * 2 + v, 0)`,
    (ref) => `(([head, ...tail]) => [tail.length, head])(${ref})`,
    (ref) => `${ref}.slice().reverse()`,
    (ref) => `\`\${${ref}}\``,
  ],
  map: [
    (ref, random) => `${ref}.get('${letter(random)}')`,
    (ref) => `${ref}.size`,
    (ref) => `[...${ref}.values()]`,
    (ref) => `[...${ref}]`,
    (ref) => `Object.fromEntries(${ref})`,
    (ref, random) => `${ref}.has('${letter(random)}')`,
  ],
  set: [(ref) => `${ref}.size`, (ref) => `[...${ref}]`, (ref, random) => `${ref}.has(${digit(random)})`],
  object: [
    (ref, random) => `${ref}.${letter(random)}`,
    (ref, random) => `${ref}['${letter(random)}']`,
    (ref) => `Object.values(${ref})`,
    (ref) => `({ ...${ref} })`,
    (ref) => `JSON.stringify(${ref})`,
    (ref) => `(({ a, ...rest }) => [a, rest])(${ref})`,
    (ref) => `${ref}.deep?.x`,
    (ref) => `('c' in ${ref})`,
    (ref) => `Object.keys(${ref}).length`,
  ],
  function: [
    (ref, _, value) => `${ref}(${value()})`,
    (ref, _, value) => `${ref}(${value()})`,
    (ref) => `${ref}()`,
    (ref) => `${ref}.extra`,
    (ref, _, value) => `[1, 2].map((v) => ${ref}(v + ${value()}))`,
    (ref, _, value) => `${ref}.call(undefined, ${value()})`,
  ],
  class: [
    (ref, _, value) => `new ${ref}(${value()}).value?.(2)`,
    (ref, _, value) => `new ${ref}(${value()}).value?.(3)`,
    (ref, _, value) => `${ref}.make?.(${value()})`,
    (ref) => `${ref}.count`,
    (ref) => `new ${ref}(4).tag`,
    (ref) => `JSON.stringify(new ${ref}(5))`,
  ],
  cell: [(ref) => ref, (ref) => `[${ref}]`],
  instance: [(ref) => `${ref}.read()`, (ref) => `${ref}.total`, (ref) => `[${ref}.size, ${ref}.total]`],
  box: [(ref) => `${ref}.items.length`, (ref) => `[...${ref}.items]`, (ref) => `${ref}['items'].at(0)`],
  'array of lists': [(ref) => `${ref}.flat()`, (ref, random) => `${ref}[${random.whole(0, 1)}]?.length`],
  registry: [
    (ref, random, value) => `${ref}.get('${letter(random)}')?.(${value()})`,
    (ref, _, value) => `[...${ref}.values()].map((f) => f(${value()}))`,
    (ref) => `[...${ref}.keys()]`,
  ],
  enum: [(ref, random) => `${ref}.${random.pick(['Low', 'High'])}`, (ref) => `Object.keys(${ref})`],
  tag: [(ref, _, value) => `${ref}\`a\${${value()}}b\``],
  json: [(ref, random) => `${ref}.${letter(random)}`, (ref) => `({ ...${ref} })`],
  action: [],
  accessor: [(ref) => `[...${ref}()]`, (ref) => `${ref}().length`],
  receiver: [],
  port: [],
}

/** Expressions that change a thing of a kind. */
export const WRITES: Readonly<Partial<Record<ThingKind, readonly Write[]>>> = {
  list: [
    (ref, value) => `${ref}.push(${value})`,
    (ref, value) => `${ref}.push(${value})`,
    (ref, value, random) => `${ref}[${random.whole(0, 2)}] = ${value}`,
    (ref, value) => `${ref}[0] += ${value}`,
    (ref) => `${ref}[0]++`,
    (ref, value) => `${ref}.unshift(${value})`,
    (ref, value) => `${ref}.splice(0, 1, ${value})`,
    (ref) => `${ref}.reverse()`,
    (ref) => `${ref}.sort()`,
    (ref) => `${ref}.length = 1`,
    (ref) => `${ref}.fill(3)`,
    (ref) => `delete ${ref}[0]`,
    (ref, value) => `[${ref}[0], ${ref}[1]] = [${value}, 5]`,
    (ref, value) => `Array.prototype.push.call(${ref}, ${value})`,
    (ref, value) => `Array.prototype.push.apply(${ref}, [${value}])`,
    (ref, value) => `Reflect.set(${ref}, 0, ${value})`,
    (ref, value) => `Reflect.apply(${ref}.push, ${ref}, [${value}])`,
    (ref, value) => `Object.assign(${ref}, [${value}])`,
    (ref, value) => `Object.defineProperty(${ref}, 0, { value: ${value}, writable: true, configurable: true })`,
    (ref, value) => `${ref}['push'](${value})`,
    (ref, value) => `${ref}?.push(${value})`,
    (ref, value) => `${ref}.push.bind(${ref})(${value})`,
    (ref, value) => `[${value}].forEach((v) => ${ref}.push(v))`,
    (ref, value) => `[${value}, 1].map((v) => { ${ref}[0] = v })`,
    (ref, value) => `[${value}].forEach(Array.prototype.push, ${ref})`,
  ],
  map: [
    (ref, value, random) => `${ref}.set('${letter(random)}', ${value})`,
    (ref, value, random) => `${ref}.set('${letter(random)}', ${value}).set('${letter(random)}', 4)`,
    (ref, _, random) => `${ref}.delete('${letter(random)}')`,
    (ref) => `${ref}.clear()`,
    (ref, value, random) => `Map.prototype.set.call(${ref}, '${letter(random)}', ${value})`,
    (ref, value) => `Object.entries({ a: ${value}, c: 2 }).forEach(([k, v]) => ${ref}.set(k, v))`,
  ],
  set: [(ref, value) => `${ref}.add(${value})`, (ref) => `${ref}.clear()`, (ref, value) => `${ref}.delete(${value})`],
  object: [
    (ref, value, random) => `${ref}.${letter(random)} = ${value}`,
    (ref, value, random) => `${ref}['${letter(random)}'] = ${value}`,
    (ref, value) => `${ref}.deep.x = ${value}`,
    (ref, value) => `${ref}.deep = { x: ${value} }`,
    (ref, value) => `Object.assign(${ref}, { a: ${value} })`,
    (ref, value) => `Object.assign(${ref}.deep, { x: ${value} })`,
    (ref, value) => `({ v: ${ref}.a } = { v: ${value} })`,
    (ref, value) => `({ v: ${ref}.b = ${value} } = {})`,
    (ref) => `delete ${ref}.a`,
    (ref, value) => `${ref}.c ??= ${value}`,
    (ref, value) => `${ref}.c ||= ${value}`,
    (ref, value) => `${ref}.a += ${value}`,
    (ref, value) => `Object.defineProperty(${ref}, 'a', { get: () => ${value}, enumerable: true, configurable: true })`,
    (ref, value) => `Object.defineProperties(${ref}, { b: { value: ${value}, enumerable: true, configurable: true } })`,
    (ref, value) => `Reflect.set(${ref}, 'a', ${value})`,
    (ref, value) => `Object.setPrototypeOf(${ref}, { c: ${value} })`,
    (ref, value) => `${ref}.__proto__ = { c: ${value} }`,
    (ref, value) => `Object.keys(${ref}).forEach((k) => { if (k !== 'deep') ${ref}[k] = ${value} })`,
    (ref, value) => `Object.entries({ a: ${value} }).forEach(([k, v]) => { ${ref}[k] = v })`,
    (ref, value) => `Object.assign(...[${ref}, { a: ${value} }])`,
  ],
  function: [
    (ref, value) => `${ref}.extra = ${value}`,
    (ref, value) => `Object.assign(${ref}, { extra: ${value} })`,
    (ref, value) => `Object.defineProperty(${ref}, 'extra', { value: ${value}, writable: true, configurable: true })`,
  ],
  class: [
    (ref, value) => `${ref}.prototype.value = function (x) { return [x, this.n, ${value}] }`,
    (ref, value) => `${ref}.prototype['value'] = (x) => [x, ${value}]`,
    (ref, value) => `${ref}.count = ${value}`,
    (ref, value) => `${ref}.count += ${value}`,
    (ref, value) =>
      `Object.defineProperty(${ref}.prototype, 'tag', { get() { return [this.n, ${value}] }, configurable: true })`,
    (ref, value) => `Object.assign(${ref}.prototype, { value(x) { return [x, ${value}] } })`,
    (ref, value) => `${ref}.make = (x) => [x, ${value}]`,
    (ref, value) => `${ref}.prototype.toJSON = () => [${value}]`,
    (ref) => `delete ${ref}.prototype.value`,
  ],
  instance: [
    (ref, value) => `${ref}.add(${value})`,
    (ref, value) => `${ref}.add(${value}).add(2)`,
    (ref, value) => `${ref}.total = ${value}`,
    (ref, value) => `${ref}.size = ${value}`,
    (ref, value) => `${ref}['add'](${value})`,
    (ref, value) => `[${value}].forEach((v) => ${ref}.add(v))`,
    (ref, value) => `[${value}].forEach(${ref}.add, ${ref})`,
  ],
  box: [
    (ref, value) => `${ref}.items.push(${value})`,
    (ref, value) => `${ref}.items[0] = ${value}`,
    (ref, value) => `${ref}.items = [${value}]`,
    (ref, value) => `(({ items }) => items.push(${value}))(${ref})`,
    (ref, value) => `Object.values(${ref}).forEach((l) => l.push(${value}))`,
  ],
  'array of lists': [
    (ref, value) => `${ref}.forEach((l) => l.push(${value}))`,
    (ref, value) => `${ref}[0].push(${value})`,
    (ref, value) => `(([first]) => first.push(${value}))(${ref})`,
    (ref, value) => `${ref}.map((l) => { l[0] = ${value} })`,
    (ref, value) => `${ref}.at(-1).push(${value})`,
    (ref, value) => `${ref}.find((l) => l.length > 0)?.push(${value})`,
  ],
  registry: [
    (ref, value, random) => `${ref}.set('${letter(random)}', (x) => [x, ${value}])`,
    (ref, value, random) => `${ref}.set('${letter(random)}', function () { return ${value} })`,
    (ref, _, random) => `${ref}.delete('${letter(random)}')`,
  ],
  accessor: [
    (ref, value) => `${ref}().push(${value})`,
    (ref, value) => `${ref}()[0] = ${value}`,
    (ref) => `${ref}().reverse()`,
  ],
  receiver: [
    (ref, value) => `${ref}((l) => l.push(${value}))`,
    (ref, value) => `${ref}((l) => { l[0] = ${value} })`,
    (ref, value) => `${ref}(function (l) { l.unshift(${value}) })`,
  ],
  action: [(ref, value) => `${ref}(${value})`, (ref) => `${ref}()`, (ref, value) => `[${value}].forEach(${ref})`],
}
