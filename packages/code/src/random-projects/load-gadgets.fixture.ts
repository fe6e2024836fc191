import type { FileDraft, ProjectDraft, Thing } from './project-draft.fixture.ts'
import type { Gadget } from './pure-gadgets.fixture.ts'
import { WRITES, type ThingKind } from './thing-kinds.fixture.ts'
import { wrapChange } from './wrap-change.fixture.ts'

/** Sound: keys of the record are kinds. */
const WRITABLE = Object.keys(WRITES) as ThingKind[]
const n = ({ random }: ProjectDraft): string => String(random.whole(0, 9))

/** Changes something when the file loads. */
const effect: Gadget = (draft, file) => {
  const thing = draft.find(file, WRITABLE)
  if (thing !== undefined) file.lines.push(wrapChange(draft, file, thing))
}

/** A variable with its setter and getter. */
const cell: Gadget = (draft, file) => {
  const [name, set, get] = [draft.newName('cell'), draft.newName('set'), draft.newName('get')]
  const declared = `export let ${name} = ${n(draft)}`
  const body = draft.random.either(
    () => `${name} = v`,
    () => `${name} += v`,
    () => `[${name}] = [v]`,
    () => `;({ v: ${name} } = { v })`,
    () => `${name} = ${name} * 2 + v`,
    () => `if (v > ${n(draft)}) ${name} = v`,
  )
  const setter = draft.random.either(
    () => `export function ${set}(v) { ${body} }`,
    () => `export const ${set} = (v) => { ${body} }`,
  )
  const getter = `export const ${get} = () => ${name}`
  // A function may use a variable that is declared after it.
  file.lines.push(
    ...(setter.startsWith('export function') && draft.random.chance(0.5) ? [setter, declared] : [declared, setter]),
  )
  file.lines.push(getter)
  draft.add(file, 'cell', name)
  draft.add(file, 'action', set)
  draft.add(file, 'function', get)
  if (draft.random.chance(0.5)) file.lines.push(`${name} ${draft.random.pick(['=', '+=', '??='])} ${draft.value(file)}`)
}

/** Calls something that changes something: likelier than `effect` to be far from what it changes. */
const actionCall: Gadget = (draft, file) => {
  const thing = draft.find(file, ['action', 'receiver', 'accessor'])
  if (thing !== undefined) file.lines.push(wrapChange(draft, file, thing))
}

function targetOf(draft: ProjectDraft, file: FileDraft): Thing | undefined {
  return draft.find(
    file,
    WRITABLE.filter((kind) => kind !== 'action'),
  )
}

/** A function that changes something when somebody calls it. */
const action: Gadget = (draft, file) => {
  const thing = targetOf(draft, file)
  if (thing === undefined) return
  const name = draft.newName('act')
  const ref = draft.reference(file, thing)
  const change = draft.writeOf(thing, ref, draft.random.chance(0.7) ? 'v' : draft.value(file))
  file.lines.push(
    draft.random.either(
      () => `export function ${name}(v) { ${change} }`,
      () => `export const ${name} = (v) => { ${change} }`,
      () => `export const ${name} = function (v) { return ${change} }`,
      () => `export function ${name}(v) { if (v !== ${n(draft)}) ${change} }`,
      () => `export const ${name} = ((to) => (v) => { ${draft.writeOf(thing, 'to', 'v')} })(${ref})`,
      () => `export const ${name} = (v, to = ${ref}) => { ${draft.writeOf(thing, 'to', 'v')} }`,
      () => `export const { ${name} } = { ${name}(v) { ${change} } }`,
      () => `export const ${name} = (v) => [v].forEach((v) => { ${change} })`,
    ),
  )
  draft.add(file, 'action', name)
}

const accessor: Gadget = (draft, file) => {
  const thing = draft.find(file, ['list'])
  if (thing === undefined) return
  const [get, use, box, lists] = ['get', 'use', 'box', 'lists'].map((stem) => draft.newName(stem))
  const ref = draft.reference(file, thing)
  const made: readonly [ThingKind, string, string][] = [
    ['accessor', `${get}`, `export const ${get} = () => ${ref}`],
    ['receiver', `${use}`, `export function ${use}(act) { act(${ref}) }`],
    ['box', `${box}`, `export const ${box} = { items: ${ref} }`],
    ['array of lists', `${lists}`, `export const ${lists} = [${ref}, [${n(draft)}]]`],
  ]
  for (const [kind, name, line] of made) {
    if (draft.random.chance(0.5)) continue
    file.lines.push(line)
    draft.add(file, kind, name)
  }
}

const instance: Gadget = (draft, file) => {
  const name = draft.newName('it')
  const fields = `total = ${n(draft)}; size = 0`
  const add = `add(v) { this.total = this.total * 2 + v; this.size++; return this }`
  const read = `read() { return [this.total, ${draft.value(file)}] }`
  file.lines.push(
    draft.random.either(
      () => `class K${name} { ${fields}; ${add} ${read} }\nexport const ${name} = new K${name}()`,
      () =>
        `export const ${name} = new (class { #seen = []; ${fields}; add(v) { this.#seen.push(v); this.total += v; return this } read() { return this.#seen } })()`,
      () => `export const ${name} = { total: ${n(draft)}, size: 0, ${add}, ${read} }`,
      () =>
        `export const ${name} = (() => { let sum = ${n(draft)}; return { size: 1, add(v) { sum = sum * 2 + v; return ${name} }, read: () => [sum], get total() { return sum } } })()`,
    ),
  )
  draft.add(file, 'instance', name)
}

/** Changes of what nobody imports: builtins and globals. */
const patch: Gadget = (draft, file) => {
  const name = draft.newName('g')
  const [line, read] = draft.random.pick<readonly [string, string]>([
    [`globalThis.${name} = ${draft.value(file)}`, `globalThis.${name}`],
    [`globalThis['${name}'] = (x) => [x, ${n(draft)}]`, `globalThis.${name}?.(${n(draft)})`],
    [`Object.assign(globalThis, { ${name}: ${n(draft)} })`, `(typeof ${name} === 'undefined' ? 0 : ${name})`],
    [`Array.prototype.${name} = function () { return [this.length, ${draft.value(file)}] }`, `[1, 2].${name}?.()`],
    [`Object.defineProperty(String.prototype, '${name}', { get() { return ${n(draft)} } })`, `'x'.${name}`],
    [`Number.prototype.${name} = function () { return this + ${n(draft)} }`, `(4).${name}?.()`],
    [`Math.${name} = ${draft.value(file)}`, `Math.${name}`],
    [`{ const max = Math.max; Math.max = (...all) => max(...all) + ${n(draft)} }`, `Math.max(1, 2)`],
    [`Array.prototype.at = function (i) { return [i, ${n(draft)}] }`, `[5].at(0)`],
    [`JSON.parse = () => ${n(draft)}`, `JSON.parse('1')`],
    [`Reflect.set(Object.prototype, '${name}', ${n(draft)})`, `({}).${name}`],
    [`Map.prototype.get = function () { return ${n(draft)} }`, `new Map([[1, 2]]).get(1)`],
  ])
  file.lines.push(`;${line}`)
  const reader = draft.newName('f')
  const at = draft.random.chance(0.5) ? draft.random.pick(draft.files) : file
  at.lines.push(`export const ${reader} = (x) => [x, ${read}]`)
  draft.add(at, 'function', reader)
}

/** Classes that register themselves. */
const registering: Gadget = (draft, file) => {
  const target = draft.find(file, ['list', 'registry', 'map'])
  if (target === undefined) return
  const ref = draft.reference(file, target)
  const value = draft.value(file)
  const change = draft.writeOf(target, ref, value)
  const name = draft.newName('C')
  file.lines.push(
    draft.random.either(
      () =>
        `export class ${name} { constructor(v) { this.n = v; ${change} } value(x) { return x } }\nnew ${name}(${n(draft)})`,
      () => `export class ${name} { constructor(v) { this.n = v } value(x) { return x } static { ${change} } }`,
      () =>
        `export class ${name} { static it = new ${name}(1); n = ((${change}), 2); value(x) { return [x, this.n] } }`,
      () =>
        `export class ${name} { static all = []; constructor(v) { this.n = v; ${name}.all.push(v) } value(x) { return [x, ${name}.all.length] } }\nnew ${name}(${n(draft)})`,
    ),
  )
  draft.add(file, 'class', name)
}

/** A file that is only imported for what it does. */
const plugin: Gadget = (draft, file) => {
  effect(draft, file)
  const importer = draft.random.pick(draft.files.filter(({ place }) => place >= file.place))
  if (importer === file) return
  importer.lines.push(
    draft.random.either(
      () => `await import('./${file.path}')`,
      () => `const { ...${draft.newName('all')} } = await import('./${file.path}')`,
    ),
  )
  if (draft.random.chance(0.7)) {
    importer.lines.pop()
    draft.importForEffect(importer, file)
  }
}

/** Emitters and functions that take whole functions. */
const emitter: Gadget = (draft, file) => {
  const [on, emit, store] = ['on', 'emit', 'store'].map((stem) => draft.newName(stem))
  const seed = `(x) => [x, ${draft.value(file)}]`
  file.lines.push(`const ${store} = [${seed}]`)
  file.lines.push(`export const ${on} = (v) => { ${store}.push(typeof v === 'function' ? v : (x) => [x, v]) }`)
  file.lines.push(`export const ${emit} = (x) => ${store}.map((f) => f(x))`)
  draft.add(file, 'action', `${on}`)
  draft.add(file, 'function', `${emit}`)
}

/** They change module state while modules load. */
export const LOAD_GADGETS: readonly Gadget[] = [
  effect,
  effect,
  effect,
  effect,
  cell,
  cell,
  actionCall,
  actionCall,
  actionCall,
  action,
  action,
  accessor,
  instance,
  patch,
  registering,
  plugin,
  plugin,
  emitter,
]
