import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { CaseProject } from '../cases/case-project.fixture.ts'
import { IMPORT, type CaseFiles, type EditCase } from '../cases/edit-case.ts'
import type { ModuleSummary } from '../summary/module-summary.ts'
import { closureDigest } from './digest-of-closure.ts'
import { Project } from './project.ts'
import type { StepClosure } from './step-closure.ts'

function caseOf(files: CaseFiles): EditCase {
  return { name: 'test', files, edit: {}, want: 'same' }
}

function closureOf(files: CaseFiles): StepClosure {
  using project = new CaseProject(caseOf(files))
  return project.closure()
}

const stepOf = (implementation: string, top = ''): CaseFiles => ({
  'pipeline.ts': `${IMPORT}${top}\nexport const a = step({ name: 'a' }).implement(${implementation})\n`,
})

describe('a closure', () => {
  it('names its parts by file and declaration', () => {
    const closure = closureOf({
      ...stepOf('() => f() + LIMIT', `import { f } from './lib/h.ts'\nconst LIMIT = 3`),
      'lib/h.ts': 'export function f() { return 1 }',
    })
    expect(closure.parts.map(({ label, kind }) => [label, kind])).toEqual([
      ['pipeline.ts:a', 'function'],
      ['lib/h.ts:f', 'function'],
      ['pipeline.ts:LIMIT', 'constant'],
    ])
  })

  it('says what reads from outside, and where, only for code in reach', () => {
    const closure = closureOf(
      stepOf(
        `async () => {\n  await fetch('http://x')\n  return readFileSync('x') + load()\n}`,
        `import { readFileSync, writeFileSync } from 'node:fs'\nconst load = () => Date.now() + Math.random()\nexport const other = () => writeFileSync('y', String(new Date()))`,
      ),
    )
    expect(closure.outsideReads).toEqual([
      { what: 'fetch', at: 'pipeline.ts:6' },
      { what: 'node:fs', at: 'pipeline.ts:7' },
      { what: 'Date.now', at: 'pipeline.ts:3' },
      { what: 'Math.random', at: 'pipeline.ts:3' },
    ])
  })

  it('lists the environment variables that are read literally, and notices computed names', () => {
    const { environment, notices } = closureOf(
      stepOf(
        `() => process.env.A + env.B + process.env['C'] + k`,
        `import { env } from 'node:process'\nconst { D, E } = process.env\nconst k = D + E + process.env[String(1)]`,
      ),
    )
    expect(environment).toEqual(['A', 'B', 'C', 'D', 'E'])
    expect(notices).toEqual(['it reads process.env by a computed name'])
  })

  it.each([
    ['(x, { run }) => run.name', { at: 'pipeline.ts:3', isHandedOn: false }],
    ['(x, context) => context.run.name', { at: 'pipeline.ts:3', isHandedOn: false }],
    ['(x, context) => { const { run } = context; return run }', { at: 'pipeline.ts:3', isHandedOn: false }],
    ['(x, context) => work(context)', { at: 'pipeline.ts:3', isHandedOn: true }],
    ['(x, { signal, ...rest }) => rest', { at: 'pipeline.ts:3', isHandedOn: true }],
    ['(...all) => all', { at: 'pipeline.ts:3', isHandedOn: true }],
    ['function () { return arguments[1].run }', { at: 'pipeline.ts:3', isHandedOn: true }],
    ['(x, context) => context[x]', { at: 'pipeline.ts:3', isHandedOn: true }],
    ['(x, { signal, metric }) => metric(signal)', undefined],
    ['(x, context) => context.signal', undefined],
    ['(x, context) => { const { signal } = context; return signal }', undefined],
    ['(x) => x.run', undefined],
    ['work', { at: 'pipeline.ts:2', isHandedOn: false }],
    ['wrap(work)', { at: 'pipeline.ts:2', isHandedOn: true }],
  ])('knows for %s whether it reads context.run', (implementation, expected) => {
    const top = 'const work = (x: any, y?: any) => y.run; const wrap = (f: any) => (...x: any[]) => f(...x)'
    expect(closureOf(stepOf(implementation, top)).readsRun).toEqual(expected)
  })

  it('is the same in another folder', () => {
    const files = stepOf('() => f()', 'const list: number[] = []\nlist.push(1)\nconst f = () => list')
    expect(closureOf(files).digest).toBe(closureOf(files).digest)
  })

  it('does not depend on what was asked before, nor on where summaries come from', () => {
    using project = new CaseProject(
      caseOf({
        'pipeline.ts': `${IMPORT}const f = () => b\nexport const a = step({ name: 'a' }).implement(() => f())\nexport const b = step({ name: 'b' }).implement(() => a)\n`,
      }),
    )
    const file = join(project.dir, 'pipeline.ts')
    const asked = (names: readonly string[], summaries: Map<string, ModuleSummary>): string => {
      const walk = new Project({ projectDir: project.dir, entries: [file], summaries })
      const text = `${IMPORT}const f = () => b\nexport const a = step({ name: 'a' })`
      const places: Readonly<Record<string, number>> = {
        a: text.lastIndexOf('step('),
        b: `${text}.implement(() => f())\nexport const b = `.length,
      }
      return names.map((name) => walk.closureOf({ file, at: places[name] ?? 0, what: 'function' }).digest).at(-1) ?? ''
    }
    const summaries = new Map<string, ModuleSummary>()
    const cold = asked(['a'], summaries)
    expect(asked(['b', 'a'], new Map())).toBe(cold)
    const stored = JSON.parse(JSON.stringify([...summaries])) as [string, ModuleSummary][]
    expect(asked(['a'], new Map(stored))).toBe(cold)
  })

  it('can be hashed again from its structure and tokens', () => {
    const closure = closureOf(stepOf('() => f()', 'const f = () => 1'))
    expect(closureDigest(closure.structure, closure)).toBe(closure.digest)
  })

  it('starts from any declaration when a unit is asked for', () => {
    using project = new CaseProject(caseOf(stepOf('() => 1', 'const g = () => 2\nconst f = () => g()')))
    const file = join(project.dir, 'pipeline.ts')
    const walk = new Project({ projectDir: project.dir })
    const at = `${IMPORT}const g = () => 2\nconst f = () =>`.length
    const { parts, root } = walk.closureOf({ file, at, what: 'unit' })
    expect(parts.map(({ label }) => label)).toEqual(['pipeline.ts:f', 'pipeline.ts:g'])
    expect(root.what).toBe('unit')
    expect(() => walk.closureOf({ file, at: 1, what: 'function' })).toThrow(RangeError)
  })

  it('lists the ports that are not made of exports of Cairn alone', () => {
    const text = `import { step, matrix, list } from 'cairnml'\nconst own = { name: 'own' }\nexport const a = step({ name: 'a', inputs: { x: matrix, y: list(matrix), z: own }, output: list(own) }).implement(() => 1)`
    using project = new CaseProject(caseOf({ 'pipeline.ts': text }))
    const file = join(project.dir, 'pipeline.ts')
    const walk = new Project({ projectDir: project.dir })
    expect(walk.ownPorts({ file, at: text.indexOf('step({') })).toEqual(['input:z', 'output:output'])
  })

  it('lists every file that was looked at, also those without a part in it', () => {
    using project = new CaseProject(caseOf({ ...stepOf('() => 1', `import './b.ts'`), 'b.ts': 'export {}' }))
    const { files } = project.closure()
    expect(files).toEqual([join(project.dir, 'b.ts'), join(project.dir, 'pipeline.ts')])
  })

  it('is the same after the project moved', () => {
    using project = new CaseProject(caseOf(stepOf('() => f()', 'const f = () => 1')))
    const moved = `${project.dir} moved`
    cpSync(project.dir, moved, { recursive: true })
    const file = join(moved, 'pipeline.ts')
    const at = `${IMPORT}const f = () => 1\nexport const a = `.length
    const there = new Project({ projectDir: moved, entries: [file] }).closureOf({ file, at, what: 'function' })
    expect(there.digest).toBe(project.closure().digest)
    rmSync(moved, { recursive: true })
  })
})
