import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { RecordedProject, type FoundStep } from './recorder.fixture.ts'

/** Every way to call `step` that a position must lead to; the text at the offset is the name and its arguments. */
const SHAPES = `import { step } from './step.mjs'
import * as cairn from './step.mjs'
interface Erased { readonly a: number }
type Also = Erased
const local = { step }
const run = () => 1
const plain = step({ name: 'plain' }).implement(run)
export const typed: unknown = step<Erased>({ name: 'typed' }).implement(run); step({ name: 'second' }).implement(run)
cairn.step({ name: 'member' }).implement(run)
local.step({ name: 'local' })
;(step as any)({ name: 'cast' })
;(local.step as any)({ name: 'cast_member' })
step!({ name: 'non_null' })
step
  ({ name: 'next_line' })
const steps = { a: step({ name: 'in_object' }), b: [step({ name: 'in_array' })] }
class Holder { static { step({ name: 'static_block' }) } static s: unknown = step({ name: 'static_field' }) }
const make = (name: string): unknown => step({ name })
make('factory')
for (const name of ['first', 'again']) { step({ name }) }
await Promise.resolve().then(() => step({ name: 'in_then' }))
await (async () => { await 1; step({ name: 'resumed' }) })()
const größe = step({ name: 'größe 𝒳' }), next = step({ name: 'after_wide' })
export default step({ name: 'default' }).implement(run)
`

const LINES = SHAPES.split('\n')

/** What must be found for a step: its name's own text, or that of the place that makes several. */
function expected(name: string): Pick<FoundStep, 'text' | 'line'> {
  const marks: Readonly<Record<string, string>> = {
    factory: 'unknown => step({',
    first: ']) { step({',
    again: ']) { step({',
  }
  const line = LINES.findIndex((text) => text.includes(marks[name] ?? `name: '${name}'`))
  const text = LINES[line] ?? ''
  if (name === 'next_line') return { line, text: 'step' }
  const before = text.indexOf(marks[name] ?? `name: '${name}'`)
  const offset = marks[name] === undefined ? text.lastIndexOf('step', before) : text.indexOf('step', before)
  return { line: line + 1, text: text.slice(offset, offset + 40) }
}

function judge(found: readonly FoundStep[], file: string): void {
  expect(found).toHaveLength(21)
  for (const { name, at, text, line } of found) {
    const wanted = expected(name)
    expect({ name, at, text: text.slice(0, wanted.text.length), line }).toEqual({ name, at: file, ...wanted })
  }
}

describe.each([
  ['type stripping', []],
  ['transformed types', ['--experimental-transform-types']],
  ['source maps', ['--enable-source-maps']],
])('under %s', (_, flags) => {
  it('finds every call in the file on disk', () => {
    using project = new RecordedProject({ 'main.ts': SHAPES })
    judge(project.run('main.ts', ...flags), 'main.ts')
  })

  it('finds calls in plain JavaScript of every kind', () => {
    const text = `const run = () => 1; step({ name: 'a' }).implement(run)\n`
    const esm = `import { step } from './step.mjs'\n${text}`
    using project = new RecordedProject({
      'main.js': `import './a.mjs'\nimport './b.cjs'\nimport './c.js?v=1#x'`,
      'a.mjs': `\uFEFF${esm}`,
      'b.cjs': `const { step } = require('./step.mjs')\r\n${text}`,
      'c.js': esm,
    })
    const found = { name: 'a', text: "step({ name: 'a' }).implement(run)", line: 2 }
    expect(project.run('main.js', ...flags)).toEqual([
      { ...found, at: 'a.mjs' },
      { ...found, at: 'b.cjs' },
      { ...found, at: 'c.js?v=1#x' },
    ])
  })
})

const BUILT = {
  'src/esm.mts': `import { step } from '../step.mjs'\ninterface A { a: number }\nexport const s = (step as any)({ name: 'esm' })\n`,
  'src/old.cts': `import cairn = require('../step.mjs')\ntype A = 1\nimport { step } from '../step.mjs'
step({ name: 'bare' })\ncairn.step({ name: 'member' })\n`,
}
const COMPILER = `{ "compilerOptions": { "outDir": "dist", "rootDir": "src", "module": "nodenext", "types": [], "noCheck": true,
  "sourceMap": true, "declaration": false, "target": "es2023" }, "include": ["src"] }`

function buildProject(project: RecordedProject): void {
  project.write({ 'tsconfig.json': COMPILER, ...BUILT })
  const tsc = join(import.meta.dirname, '../../../../node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', project.dir])
}

describe('compiled code', () => {
  const built = {
    'dist/esm.mjs': [{ name: 'esm', at: 'dist/esm.mjs', text: "step({ name: 'esm' });", line: 2 }],
    'dist/old.cjs': [
      { name: 'bare', at: 'dist/old.cjs', text: "step)({ name: 'bare' });" },
      { name: 'member', at: 'dist/old.cjs', text: "step({ name: 'member' });" },
    ],
  }

  it.each(Object.entries(built))('is found where it was built to, with source maps and without: %s', (file, found) => {
    using project = new RecordedProject({})
    buildProject(project)
    for (const flags of [[], ['--enable-source-maps'], ['--enable-source-maps', '--experimental-transform-types']]) {
      expect(project.run(file, ...flags)).toMatchObject(found)
    }
    // What runs is the built file, whatever became of its source.
    project.write({ 'src/esm.mts': '\n\n', 'src/old.cts': '' })
    expect(project.run(file, '--enable-source-maps')).toMatchObject(found)
  })

  it('is not found if only the mapped position is known', () => {
    using project = new RecordedProject({ 'plain.mjs': `import { step } from './step.mjs'\nstep({ name: 'plain' })` })
    buildProject(project)
    process.env['WITHOUT_RAW'] = '1'
    try {
      const reason = 'the source of this step cannot be found'
      expect(project.run('dist/esm.mjs', '--enable-source-maps')).toMatchObject([{ at: reason }])
      expect(project.run('dist/esm.mjs')).toMatchObject([{ at: 'dist/esm.mjs' }])
      expect(project.run('plain.mjs', '--enable-source-maps')).toMatchObject([{ at: 'plain.mjs' }])
    } finally {
      delete process.env['WITHOUT_RAW']
    }
  })
})
