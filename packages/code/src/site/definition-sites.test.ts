import type { StepCode, StepSource } from '@cairnml/core'
import { expect, it } from 'vitest'

import {
  digestOf,
  identifyWith,
  sourceOf,
  TemporaryProject,
  type ProjectFiles,
} from '../closure/temporary-project.fixture.ts'

const RUN = `.implement(() => 1)`
const IMPORT = `import { step } from 'cairnml'\n`
const ALL = `${IMPORT}import * as cairn from 'cairnml'\n`

async function judge(files: ProjectFiles, ...flags: readonly string[]): Promise<Readonly<Record<string, string>>> {
  using project = new TemporaryProject(files)
  const entry = Object.keys(files)[0] ?? ''
  const found = project.run(entry, ...flags)
  const codes = await Promise.all(found.map(async (source) => [source.name, await known(project, source)] as const))
  return Object.fromEntries(codes)
}

async function known(project: TemporaryProject, source: StepSource): Promise<string> {
  return summary(await identifyWith(project.dir, source))
}

function summary(code: StepCode): string {
  return code.known ? 'known' : code.reason.replace(/, so values .*/, '')
}

const TOP_LEVEL = `${ALL}
const plain = step({ name: 'plain' })${RUN}
export const exported: unknown = step<{ readonly a: (b: number) => string }>({ name: 'exported' })${RUN}
export const member = cairn.step({ name: 'member' })${RUN}; const second = step({ name: 'second' })${RUN}
const logged = <T>(x: T): T => x
let spread =
  logged(
    // with a comment
    logged(step ({ name: 'wrapped' })
      .implement(() => ')'))
  )
logged(1);
var loose = step({ name: 'loose' })${RUN}
const text = step({ name: 'text', note: ') \`\${1}' /* ) */ })
  // a comment between
  .implement(() => /[)]/)
export default step({ name: 'default' })${RUN}
`

it('knows steps at the top level of an ES module', async () => {
  expect(await judge({ 'steps.ts': TOP_LEVEL })).toEqual({
    plain: 'known',
    exported: 'known',
    member: 'known',
    second: 'known',
    loose: 'known',
    text: 'known',
    default: 'known',
    // A comment inside of the wrapping calls is not read.
    wrapped: 'it is not the value of a declaration at the top level of its file',
  })
})

it('knows steps of a module that another one imports, at once, later or after a top-level await', async () => {
  const late = `await 1\n${IMPORT}export const s = step({ name: 'late' })${RUN}`
  const found = await judge({
    'main.ts': `import './now.ts'\nimport './late.ts'\nimport './after.ts'\nawait import('./dynamic.ts')`,
    'now.ts': `${IMPORT}export const s = step({ name: 'now' })${RUN}`,
    'late.ts': late,
    'after.ts': `import './late.ts'\n${IMPORT}export const s = step({ name: 'after' })${RUN}`,
    'dynamic.ts': `${IMPORT}export const s = step({ name: 'dynamic' })${RUN}`,
  })
  expect(found).toEqual({ now: 'known', late: 'known', after: 'known', dynamic: 'known' })
})

it('knows steps of CommonJS modules, of a module with a query and of one behind a preloaded hook', async () => {
  const cjs = `const { step } = require('cairnml')\nconst s = step({ name: 'cjs' })${RUN}`
  expect(await judge({ 'old.cjs': cjs })).toEqual({ cjs: 'known' })
  const asked = { 'main.mjs': `import './s.mjs?v=1'`, 's.mjs': `${IMPORT}const s = step({ name: 'asked' })${RUN}` }
  expect(await judge(asked)).toEqual({ asked: 'known' })
  const hooks = `registerHooks({ load: (url, context, next) => next(url, context) })`
  const hook = `data:text/javascript,import { registerHooks } from 'node:module'; ${hooks}`
  expect(await judge({ 'plain.ts': `${IMPORT}const s = step({ name: 's' })${RUN}` }, '--import', hook)).toEqual({
    s: 'known',
  })
})

const INSIDE = `${IMPORT}
const make = (name: string) => step({ name })${RUN}
const made = make('factory')
;['mapped'].map((name) => step({ name })${RUN})
class Holder {
  static { const s = step({ name: 'static_block' })${RUN} }
  static s = step({ name: 'static_field' })${RUN}
}
const late = async () => {
  await 1
const s = step({ name: 'resumed' })${RUN}
}
await late()
await (async () => {
  await 1
  const s = step({ name: 'anonymous_resumed' })${RUN}
})()
await Promise.resolve().then(() => step({ name: 'in_then' })${RUN})
await Promise.resolve().then(async () => {
await 1
const s = step({ name: 'then_resumed' })${RUN}
})
const bare = [() => step({ name: 'bare_arrow' })${RUN}]
queueMicrotask(bare[0])
await 1
for (const name of ['first', 'again']) { const s = step({ name })${RUN} }
for (const name of ['bare_loop']) var loose = step({ name })${RUN}
for (const name of ['bare_expression'])
  // const s =
  step({ name })${RUN}
const steps = { member: step({ name: 'member' })${RUN} }
`

it('refuses steps that may capture values', async () => {
  const found = await judge({ 'steps.ts': INSIDE })
  const inFunction = 'it is defined inside a function'
  const elsewhere = 'it is not the value of a declaration at the top level of its file'
  expect(found).toEqual({
    factory: inFunction,
    mapped: inFunction,
    static_block: inFunction,
    static_field: inFunction,
    resumed: inFunction,
    anonymous_resumed: inFunction,
    in_then: inFunction,
    then_resumed: elsewhere,
    bare_arrow: inFunction,
    first: elsewhere,
    again: 'several steps are defined at the same place',
    bare_loop: elsewhere,
    bare_expression: elsewhere,
    member: elsewhere,
  })
})

it('refuses a declaration that is implemented elsewhere', async () => {
  const text = `${IMPORT}const declared = step({ name: 'declared' })
const implemented = [1, 2].map((k) => declared.implement(() => k))
const other = step({ name: 'other' }).implement(() => 1)
`
  expect(await judge({ 'steps.ts': text })).toEqual({
    declared: 'its function is not given where the step is declared',
    other: 'known',
  })
})

it('refuses code that is in no file, or not in the file as it ran', async () => {
  using project = new TemporaryProject({ 'steps.ts': `${IMPORT}const s = step({ name: 's' })${RUN}` })
  const [source] = project.run('steps.ts')
  if (source === undefined) throw new Error('the step was not defined')
  project.write({ 'steps.ts': `${IMPORT}\nconst s = step({ name: 's' })${RUN}` })
  const lost = 'the source of this step cannot be found'
  expect(await known(project, source)).toBe(lost)
  project.write({ 'eval.ts': `${IMPORT}(0, eval)('(step) => step({ name: "x" })')(step)` })
  expect(await known(project, project.run('eval.ts')[0] ?? source)).toBe(lost)
  expect(await known(project, sourceOf('s', { stack: '', repeated: false }))).toBe(lost)
})

it('counts the query of a module that can see its own URL', async () => {
  using project = new TemporaryProject({
    'main.mjs': `import './plain.mjs?v=1'\nimport './plain.mjs?v=2'\nimport './seen.mjs?v=1'\nimport './seen.mjs?v=2'`,
    'plain.mjs': `${IMPORT}const s = step({ name: 'plain' })${RUN}`,
    'seen.mjs': `${IMPORT}const v = import.meta.url\nconst s = step({ name: 'seen' })${RUN}`,
  })
  const sources = project.run('main.mjs').map((source) => ({ ...source, site: { ...source.site, repeated: false } }))
  const codes = await Promise.all(sources.map((source) => identifyWith(project.dir, source)))
  const [plain, plainAgain, seen, seenAgain] = codes.map(digestOf)
  expect(plainAgain).toBe(plain)
  expect(seenAgain).not.toBe(seen)
})
