import { READS } from './thing-kinds.fixture.ts'
import type { FileDraft, ProjectDraft } from './project-draft.fixture.ts'

/** Adds declarations to a file. */
export type Gadget = (draft: ProjectDraft, file: FileDraft) => void

const n = ({ random }: ProjectDraft): string => String(random.whole(0, 9))

const constant: Gadget = (draft, file) => {
  const name = draft.newName('k')
  const value = draft.random.either(
    () => n(draft),
    () => `'${draft.random.pick(['p', 'q', 'pq'])}'`,
    () => draft.value(file),
    () => `(() => ${draft.value(file)})()`,
    () => `[${n(draft)}, ${draft.value(file)}].join()`,
    () => `${draft.value(file)} > 4 ? ${draft.value(file)} : ${n(draft)}`,
  )
  file.lines.push(`export const ${name} = ${value}`)
  draft.add(file, 'number', name)
}

const destructured: Gadget = (draft, file) => {
  const [first, second] = [draft.newName('k'), draft.newName('k')]
  const line = draft.random.either(
    () => `export const { a: ${first}, b: ${second} = ${n(draft)} } = { a: ${draft.value(file)} }`,
    () => `export const [${first}, ${second} = ${n(draft)}] = [${draft.value(file)}]`,
    () => `export const ${first} = ${n(draft)}, ${second} = ${first} + ${draft.value(file)}`,
  )
  file.lines.push(line)
  draft.add(file, 'number', first)
  draft.add(file, 'number', second)
}

const list: Gadget = (draft, file) => {
  const name = draft.newName('list')
  const source = draft.find(file, ['list'])
  const spread = source === undefined ? '7' : `...${draft.reference(file, source)}`
  file.lines.push(`export const ${name} = [${n(draft)}, ${draft.random.chance(0.3) ? spread : draft.value(file)}, 3]`)
  draft.add(file, 'list', name)
}

const container: Gadget = (draft, file) => {
  const [map, set] = [draft.newName('map'), draft.newName('set')]
  file.lines.push(`export const ${map} = new Map([['a', ${draft.value(file)}], ['b', ${n(draft)}]])`)
  file.lines.push(`export const ${set} = new Set([${n(draft)}, ${n(draft)}])`)
  draft.add(file, 'map', map)
  draft.add(file, 'set', set)
}

const object: Gadget = (draft, file) => {
  const name = draft.newName('obj')
  const member = draft.random.either(
    () => `get b() { return ${draft.value(file)} }`,
    () => `b: ${draft.value(file)}`,
    () => `['b']: ${n(draft)}`,
  )
  file.lines.push(`export const ${name} = { a: ${n(draft)}, ${member}, deep: { x: ${n(draft)} } }`)
  draft.add(file, 'object', name)
}

const BODIES: readonly ((draft: ProjectDraft, file: FileDraft) => string)[] = [
  (draft, file) => `{ return [x, ${draft.read(file)}] }`,
  (draft, file) => `{ const y = ${draft.read(file)}; return x + y }`,
  (draft, file) => `{ if (x > ${n(draft)}) return ${draft.read(file)}; return ${draft.value(file)} }`,
  (draft, file) => `{ const inner = (v) => v + ${draft.value(file)}; return inner(x) }`,
  (draft, file) =>
    `{ const out = []; for (const v of [1, 2]) out.push(v * x + ${n(draft)}); return [out, ${draft.read(file)}] }`,
  (draft, file) =>
    `{ switch (x) { case ${n(draft)}: return ${draft.read(file)}; default: return ${draft.value(file)} } }`,
  (draft, file) => `{ const { a = ${draft.value(file)}, ...rest } = { c: x }; return [a, rest] }`,
  (draft, file) => `{ try { return ${draft.read(file)} } finally { x = ${n(draft)} } }`,
  (draft, file) => `{ return [...(function* () { yield x; yield ${draft.read(file)} })()] }`,
  (draft, file) => `{ return x ? ${draft.read(file)} : ${draft.read(file)} }`,
]

const helper: Gadget = (draft, file) => {
  const name = draft.newName('f')
  const type = file.path.endsWith('.ts') ? ': any' : ''
  const parameter = draft.random.either(
    () => `x${type}`,
    () => `x${type} = ${draft.value(file)}`,
  )
  const body = draft.random.pick(BODIES)(draft, file)
  const arrow = draft.random.either(
    () => `export const ${name} = (${parameter}) => ${body}`,
    () => `export const ${name} = function (${parameter}) ${body}`,
    () => `export function ${name}(${parameter}) ${body}`,
    () => `export function ${name}(${parameter}) ${body}`,
    () => `export const ${name} = ((q) => (${parameter}) => [q, (() => ${body})()])(${draft.value(file)})`,
  )
  file.lines.push(arrow)
  draft.add(file, 'function', name)
}

const aClass: Gadget = (draft, file) => {
  const name = draft.newName('C')
  const base = draft.random.chance(0.6) ? draft.find(file, ['class']) : undefined
  const inherits = base === undefined ? '' : ` extends ${draft.reference(file, base)}`
  const constructed = base === undefined ? `constructor(v) { this.n = v }` : ''
  const members = draft.random.shuffled([
    draft.random.chance(0.7) ? `value(x) { return [this.n, x, ${draft.read(file)}] }` : '',
    `get tag() { return [this.n, ${draft.value(file)}] }`,
    draft.random.chance(0.4) ? `static make(v) { return new this(v).value(${draft.value(file)}) }` : '',
    draft.random.chance(0.4) ? `static count = ${draft.value(file)}` : '',
    draft.random.chance(0.3) ? `static { this.make = (v) => [v, ${draft.value(file)}] }` : '',
    draft.random.chance(0.3) ? `#secret() { return ${draft.read(file)} } toJSON() { return this.#secret() }` : '',
    draft.random.chance(0.3) ? `field = ${draft.value(file)}` : '',
  ])
  file.lines.push(`export class ${name}${inherits} { ${constructed} ${members.filter(Boolean).join('; ')} }`)
  draft.add(file, 'class', name)
}

const registry: Gadget = (draft, file) => {
  const name = draft.newName('reg')
  file.lines.push(`export const ${name} = new Map([['a', (x) => [x, ${draft.value(file)}]]])`)
  draft.add(file, 'registry', name)
}

const anEnum: Gadget = (draft, file) => {
  if (!file.path.endsWith('.ts')) return
  const name = draft.newName('E')
  file.lines.push(`export enum ${name} { Low = ${n(draft)}, High = ${n(draft)} + ${n(draft)} }`)
  if (draft.random.chance(0.3)) file.lines.push(`export enum ${name} { Extra = ${n(draft)} }`)
  draft.add(file, 'enum', name)
}

const tag: Gadget = (draft, file) => {
  const name = draft.newName('t')
  file.lines.push(`export const ${name} = (texts, ...values) => [texts.raw.join(), values, ${draft.value(file)}]`)
  draft.add(file, 'tag', name)
}

const json: Gadget = (draft, file) => {
  const [name, path] = [draft.newName('json'), `${draft.newName('d')}.json`]
  draft.extra.set(path, `{ "a": ${n(draft)}, "b": [${n(draft)}] }\n`)
  file.imports.push(`import ${name} from './${path}' with { type: 'json' }`)
  file.lines.push(`export { ${name} }`)
  draft.add(file, 'json', name)
}

const conditional: Gadget = (draft, file) => {
  const name = draft.newName('k')
  const branches = `if (${draft.value(file)} > ${n(draft)}) ${name} = ${draft.value(file)}; else ${name} = ${n(draft)}`
  file.lines.push(`export let ${name}`, branches)
  draft.add(file, 'number', name)
}

const unused: Gadget = (draft, file) => {
  const name = draft.newName('u')
  file.lines.push(`const ${name} = ${draft.read(file)}`, `console.log(${name})`)
}

const port: Gadget = (draft, file) => {
  const name = draft.newName('port')
  draft.add(file, 'port', name)
  const write = `write: (value, files) => files.write('v', JSON.stringify([value, ${draft.value(file)}]))`
  const read = `read: async (files) => [JSON.parse(await files.text()), ${draft.value(file)}]`
  file.imports.push(`import { materializer as materializer_${name} } from 'cairnml'`)
  file.lines.push(`export const ${name} = materializer_${name}({ name: 'own', version: 1, ${write}, ${read} })`)
}

/** Objects whose code runs without being called by name. */
const implicit: Gadget = (draft, file) => {
  const name = draft.newName('f')
  const kept = draft.newName('imp')
  const [made, read] = draft.random.pick<readonly [string, string]>([
    [`{ toString: () => ${draft.value(file)} }`, `\`\${${kept}}\``],
    [`{ valueOf: () => ${draft.value(file)} }`, `${kept} + 1`],
    [`{ [Symbol.toPrimitive]: () => ${draft.value(file)} }`, `${kept} * 2`],
    [`{ *[Symbol.iterator]() { yield ${draft.value(file)} } }`, `[...${kept}]`],
    [`{ toJSON() { return ${draft.value(file)} } }`, `JSON.stringify(${kept})`],
    [`{ then(done) { done(${draft.value(file)}) } }`, `typeof ${kept}.then`],
    [`new Proxy({}, { get: () => ${draft.value(file)} })`, `${kept}.any`],
    [`class { static [Symbol.hasInstance]() { return ${draft.value(file)} > 4 } }`, `({}) instanceof ${kept}`],
    [`Object.create({ inherited: ${draft.value(file)} })`, `${kept}.inherited`],
    [`Symbol('${draft.random.whole(0, 9)}')`, `${kept}.description`],
  ])
  file.lines.push(`export const ${kept} = ${made}`, `export const ${name} = (x) => [x, ${read}]`)
  draft.add(file, 'function', name)
}

/** A function that uses what a later file declares: files import each other. */
const circular: Gadget = (draft, file) => {
  const later = draft.things.filter((thing) => thing.file.place > file.place && READS[thing.kind].length > 0)
  if (later.length === 0) return
  const name = draft.newName('f')
  file.lines.push(`export function ${name}(x) { return [x, ${draft.readOf(file, draft.random.pick(later))}] }`)
  draft.add(file, 'function', name)
}

/** Nothing of them changes anything, not even while it loads; except for `let` that a condition assigns once. */
export const PURE_GADGETS: readonly Gadget[] = [
  constant,
  constant,
  destructured,
  list,
  list,
  container,
  object,
  object,
  helper,
  helper,
  helper,
  aClass,
  aClass,
  registry,
  anEnum,
  tag,
  json,
  conditional,
  unused,
  port,
  implicit,
  implicit,
  circular,
]
