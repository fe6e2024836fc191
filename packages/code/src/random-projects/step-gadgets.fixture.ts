import type { FileDraft, ProjectDraft } from './project-draft.fixture.ts'
import { WRITES, type ThingKind } from './thing-kinds.fixture.ts'
import { wrapChangeInFunction } from './wrap-change.fixture.ts'

function results(draft: ProjectDraft, file: FileDraft): string {
  return Array.from({ length: draft.random.whole(1, 3) }, () => draft.read(file)).join(', ')
}

function changes(draft: ProjectDraft, file: FileDraft): string {
  if (draft.state !== 'any' || draft.random.chance(0.8)) return ''
  // Sound: keys of the record are kinds.
  const thing = draft.find(file, Object.keys(WRITES) as ThingKind[])
  return thing === undefined ? '' : `${wrapChangeInFunction(draft, file, thing)}\n`
}

function implementation(draft: ProjectDraft, file: FileDraft): string {
  const name = draft.newName('impl')
  const body = `{ ${changes(draft, file)}return [x, ${results(draft, file)}] }`
  const type = file.path.endsWith('.ts') && draft.random.chance(0.5) ? ': any' : ''
  return draft.random.either(
    () => `({ x }${type}) => [x, ${results(draft, file)}]`,
    () => `({ x }${type}) => ${body}`,
    () => `async ({ x }${type}) => ${body}`,
    () => `function (input${type}) { const { x } = input; ${body} }`,
    () =>
      `async ({ x = ${draft.value(file)} }${type}) => { const later = await ${draft.read(file)}; return [x, later] }`,
    () => {
      file.lines.push(`function ${name}({ x }${type}) ${body}`)
      return name
    },
    () => {
      file.lines.push(`const ${name} = (run) => (input) => [${draft.value(file)}, run(input)]`)
      return `${name}(({ x }${type}) => [x, ${results(draft, file)}])`
    },
    () => {
      const other = draft.random.pick(draft.files.filter(({ place }) => place < file.place).concat(file))
      if (other === file) return `({ x }) => [x, ${results(draft, file)}]`
      const used = draft.visible(file, ['function', 'number', 'list', 'object']).find((thing) => thing.file === other)
      if (used === undefined) return `({ x }) => [${results(draft, file)}]`
      const loaded = draft.newName('loaded')
      const how = draft.random.either(
        () => `const { ${used.name}: ${loaded} } = await import('./${other.path}')`,
        () => `const ${loaded} = (await import('./${other.path}')).${used.name}`,
        () => `const ns = await import('./${other.path}'); const ${loaded} = ns.${used.name}`,
      )
      const shown = used.kind === 'function' ? `${loaded}(x)` : `JSON.stringify(${loaded})`
      return `async ({ x }) => { ${how}; return [x, ${shown}] }`
    },
  )
}

function importStep(draft: ProjectDraft, file: FileDraft): string {
  if (file.imports.some((line) => line === `import { step } from 'cairnml'`)) return 'step'
  if (draft.random.chance(0.15)) {
    const cairn = draft.newName('cairn')
    file.imports.push(`import * as ${cairn} from 'cairnml'`)
    return `${cairn}.step`
  }
  file.imports.push(`import { step } from 'cairnml'`)
  return 'step'
}

/** Adds one step, or several from a factory or a loop. */
export function addSteps(draft: ProjectDraft, file: FileDraft): void {
  const step = importStep(draft, file)
  const name = `s${draft.steps.length}`
  const ports = draft.visible(file, ['port'])
  const port = ports.length > 0 && draft.random.chance(0.6) ? draft.random.pick(ports) : undefined
  const where = draft.random.pick(['output: $', 'inputs: { x: $ }', 'inputs: { x: $ }, output: $'])
  const output = port === undefined ? '' : `, ${where.replaceAll('$', () => draft.reference(file, port))}`
  const note = (needle: string, names: readonly string[] = [name]): void => {
    for (const one of names) draft.steps.push({ name: one, file: file.path, needle })
  }
  const kind = draft.random.next()
  if (kind < 0.85) {
    const run = implementation(draft, file)
    const prefix = draft.random.pick(['export const', 'const', 'export const'])
    file.lines.push(`${prefix} ${name} = ${step}({ name: '${name}'${output} }).implement(${run})`)
    note(`step({ name: '${name}'`)
    return
  }
  const given = [draft.value(file), draft.value(file)]
  const run = `({ x }) => [x, given, ${results(draft, file)}]`
  if (kind < 0.93) {
    const factory = draft.newName('factory')
    file.lines.push(
      `function ${factory}(name, given) { return ${step}({ name: name + '-${name}' }).implement(${run}) }`,
    )
    file.lines.push(`export const ${name} = ${factory}('a', ${given[0]}), ${name}b = ${factory}('b', ${given[1]})`)
    note(`step({ name: name + '-${name}'`, [`a-${name}`, `b-${name}`])
    return
  }
  const each = `[${given.join(', ')}, 20].entries()`
  file.lines.push(`for (const [index, given] of ${each}) ${step}({ name: '${name}-' + index }).implement(${run})`)
  note(`step({ name: '${name}-' + index`, [`${name}-0`, `${name}-1`, `${name}-2`])
}
