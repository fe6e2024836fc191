import type { ProjectDraft } from './project-draft.fixture.ts'
import type { Gadget } from './pure-gadgets.fixture.ts'

const n = ({ random }: ProjectDraft): string => String(random.whole(0, 9))

/** Values that are made when they are first asked for. */
const memo: Gadget = (draft, file) => {
  const [name, kept, make] = ['f', 'memo', 'mk'].map((stem) => draft.newName(stem))
  const made = draft.random.chance(0.8) ? draft.read(file) : n(draft)
  file.lines.push(`const ${make} = (x) => [x, ${made}]`)
  file.lines.push(
    draft.random.either(
      () => `let ${kept}\nexport function ${name}(x) { return [x, (${kept} ??= ${make}(${n(draft)}))] }`,
      () =>
        `let ${kept}\nexport const ${name} = (x) => { if (!${kept}) ${kept} = ${make}(${n(draft)}); return ${kept} }`,
      () =>
        `let ${kept}\nexport function ${name}(x) { if (${kept} === undefined) { ${kept} = ${make}(2) } return [${kept}, x] }`,
      () =>
        `const ${kept} = new Map()\nexport function ${name}(x) { if (!${kept}.has(x)) ${kept}.set(x, ${make}(x)); return ${kept}.get(x) }`,
      () =>
        `const ${kept} = new Map()\nexport function ${name}(x) { if (${kept}.has('k')) return ${kept}.get('k'); const v = ${make}(x); ${kept}.set('k', v); return v }`,
      () => `const ${kept} = {}\nexport const ${name} = (x) => (${kept}[x] ??= ${make}(x))`,
      () => `const ${kept} = {}\nexport const ${name} = (x) => (${kept}.one ??= ${make}(x))`,
      () => `let ${kept}\nexport const ${name} = (x) => (${kept} ??= ${make}(x))`,
      () => `let ${kept}\nexport function ${name}(x) { if (!${kept}) { ${kept} = ${make}(x) } return ${kept} }`,
      () => `let ${kept}\nexport function ${name}(x) { const y = x + 1; return (${kept} ||= ${make}(y)) }`,
      () => `let ${kept} = 0\nexport function ${name}(x) { if (!${kept}) ${kept} = x; return ${kept} }`,
    ),
  )
  draft.add(file, 'function', `${name}`)
}

/** Functions whose every call counts. */
const counter: Gadget = (draft, file) => {
  const [name, kept] = ['f', 'count'].map((stem) => draft.newName(stem))
  file.lines.push(
    draft.random.either(
      () => `let ${kept} = ${n(draft)}\nexport function ${name}(x) { return [x, ++${kept}] }`,
      () => `const ${kept} = [${n(draft)}]\nexport const ${name} = (x) => ${kept}.push(x)`,
      () =>
        `const ${kept} = { seen: ${n(draft)} }\nexport const ${name} = (x) => { ${kept}.seen += x; return ${kept}.seen }`,
      () => `export const ${name} = (() => { let ${kept} = ${n(draft)}; return (x) => [x, ++${kept}] })()`,
      () => `export function ${name}(x) { ${name}.extra = (${name}.extra ?? ${n(draft)}) + 1; return ${name}.extra }`,
      () => `const ${kept} = new Set()\nexport function ${name}(x) { ${kept}.add(x); return ${kept}.size }`,
      () => `let ${kept} = 0\nexport function ${name}(x) { const last = ${kept}; ${kept} = x; return last }`,
    ),
  )
  draft.add(file, 'function', `${name}`)
}

/** They change module state while steps run. */
export const STATE_GADGETS: readonly Gadget[] = [memo, memo, memo, counter]
