import type { FileDraft, ProjectDraft, Thing } from './project-draft.fixture.ts'

/** A change of a thing, by whatever name the code around has for it. */
type Change = (ref: string) => string

interface Wrapped {
  readonly draft: ProjectDraft
  readonly file: FileDraft
  readonly ref: string
  readonly change: Change
}

/** Ways to run an expression at the top level of a module, or in a step: each gives statements. */
const WRAPS: readonly ((wrapped: Wrapped) => string)[] = [
  ({ change, ref }) => `;${change(ref)}`,
  ({ change, ref }) => `;${change(ref)}`,
  ({ change, ref }) => `;${change(ref)}`,
  ({ draft, change, ref }) => {
    const name = draft.newName('al')
    return `const ${name} = ${ref}\n;${change(name)}`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `function ${name}() { ${change(ref)} }\n${name}()`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `function ${name}(to) { ${change('to')} }\n${name}(${ref})`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `const ${name} = (to = ${ref}) => { ${change('to')} }\n${name}()`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `const ${name} = { run(to) { ${change('to')} } }\n${name}.run(${ref})`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `const ${name} = { to: ${ref}, run() { ${change('this.to')} } }\n${name}.run()`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `class ${name} { static { ${change(ref)} } }`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `class ${name} { constructor(to) { ${change('to')} } }\nnew ${name}(${ref})`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `class ${name} { to = ${ref}; run() { ${change('this.to')} } }\nnew ${name}().run()`
  },
  ({ draft, change, ref }) => `const ${draft.newName('w')} = (${change(ref)})`,
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `const ${name} = () => ${ref}\n;${change(`${name}()`)}`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `const ${name} = (act) => act(${ref})\n${name}((to) => { ${change('to')} })`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `const ${name} = { get to() { return ${ref} } }\n;${change(`${name}.to`)}`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `function* ${name}() { yield ${change(ref)} }\n[...${name}()]`
  },
  ({ draft, change, ref }) => {
    const name = draft.newName('w')
    return `const ${name} = (texts, to) => { ${change('to')} }\n${name}\`x\${${ref}}\``
  },
  ({ change, ref }) => `;((to) => { ${change('to')} })(${ref})`,
  ({ change, ref }) => `;(() => { ${change(ref)} })()`,
  ({ change, ref }) => `for (const to of [${ref}]) { ${change('to')} }`,
  ({ change, ref }) => `;[${ref}].forEach((to) => { ${change('to')} })`,
  ({ change, ref }) => `;[${ref}].map((to) => ${change('to')})`,
  ({ change, ref }) => `{ const { to } = { to: ${ref} }; ${change('to')} }`,
  ({ change, ref }) => `{ let to; to = ${ref}; ${change('to')} }`,
  ({ change, ref }) => `{ const [to] = [${ref}]; ${change('to')} }`,
  ({ draft, file, change, ref }) => `if (${draft.value(file)} > ${draft.random.whole(0, 4)}) { ${change(ref)} }`,
  ({ draft, file, change, ref }) => `switch (${draft.value(file)}) { case 3: break; default: ${change(ref)} }`,
  ({ change, ref }) => `try { ${change(ref)} } catch {}`,
  ({ draft, file, change, ref }) => `${draft.value(file)} > 3 && (${change(ref)})`,
  ({ draft, file, change, ref }) => `${draft.value(file)} > 3 ? (${change(ref)}) : 0`,
  ({ change, ref }) => `await Promise.resolve(); ${change(ref)}`,
  ({ change, ref }) => `await Promise.resolve(${ref}).then((to) => { ${change('to')} })`,
  ({ change, ref }) => `Promise.resolve().then(() => { ${change(ref)} })`,
  ({ change, ref }) => `label: for (const v of [1, 2]) { ${change(ref)}; break label }`,
  ({ change, ref }) => `;(true ? ${ref} : 0, ${change(ref)})`,
  ({ change, ref }) => `new Map([['to', ${ref}]]).forEach((to) => { ${change('to')} })`,
  ({ change, ref }) => `new (class { constructor(to) { ${change('to')} } })(${ref})`,
]

/** Statements that change a thing when they run. */
export function wrapChange(draft: ProjectDraft, file: FileDraft, thing: Thing): string {
  const value = draft.value(file)
  const write = (ref: string): string => draft.writeOf(thing, ref, value)
  const ref = draft.reference(file, thing)
  const chosen = write('\0')
  return draft.random.pick(WRAPS)({ draft, file, ref, change: (name) => chosen.replaceAll('\0', name) })
}

/** The same without declarations and `await`, for the body of a function. */
export function wrapChangeInFunction(draft: ProjectDraft, file: FileDraft, thing: Thing): string {
  const text = wrapChange(draft, file, thing)
  return text.includes('await ') ? text.replaceAll(/await /g, 'void ') : text
}
