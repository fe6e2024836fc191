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

  it.each<readonly [top: string, body: string, environment: readonly string[]]>([
    ['const env = process.env', 'env.A', ['A']],
    ['const env = process.env ?? {}', `env['A']`, ['A']],
    ['const { env } = process', 'env.A', ['A']],
    ['const { env: e } = process', 'e.A', ['A']],
    ['const { env: { A, B = 1 } } = process', 'A + B', ['A', 'B']],
    ['const env = process.env\nconst { A } = env', 'A', ['A']],
    ['', '(() => { const env = process.env; return env.A })()', ['A']],
    ['', '(() => { const f = () => env.A; const env = process.env; return f() })()', ['A']],
    ['const of = (env = process.env) => env.A', 'of()', ['A']],
    ['const of = ({ A } = process.env) => A', 'of()', ['A']],
    ['const of = (env: any) => env.A ?? other(env)\nconst other = ({ B }: any) => B', 'of(process.env)', ['A', 'B']],
    ['const of = (env: any) => env.A\nconst env = process.env', 'of(env)', ['A']],
    ['', `'A' in process.env`, ['A']],
    [`import process from 'node:process'\nconst e = process.env`, 'e.A', ['A']],
    [`import { env } from 'node:process'\nconst e = env`, 'e.A', ['A']],
    ['const e = globalThis.process.env', 'e.A', ['A']],
    [
      `import { z } from 'zod'\nconst E = z.object({ A: z.string(), 'B': z.any() }).parse(process.env)`,
      'E.A',
      ['A', 'B'],
    ],
    [
      `import * as z from 'zod'\nconst S = z.object({ A: z.any() }).extend({ B: z.any() }).refine(Boolean)\nconst E = S.safeParse(process.env)`,
      'E',
      ['A', 'B'],
    ],
    [`import * as z from 'zod/mini'\nconst S = z.object({ A: z.any() })`, 'z.parse(S, process.env)', ['A']],
    ['', '(process.env.A, typeof process)', ['A']],
    [`import { env } from './env.ts'`, 'env.A', ['A']],
    [`import * as all from './env.ts'`, 'all.env', ['*']],
    [`import { env } from './env.ts'`, 'Object.keys(env)', ['*']],
    [`import { z } from 'zod'`, 'z.looseObject({ A: z.any() }).parse(process.env)', ['*']],
    [`import { z } from 'zod'`, 'z.object({ A: z.any() }).loose().parse(process.env)', ['*']],
    [`import { z } from 'zod'`, 'z.object({ A: z.any(), ...{} }).parse(process.env)', ['*']],
    ['const of = (env: any) => ({ ...env })', 'of(process.env)', ['*']],
    ['const { A, ...rest } = process.env', 'A + rest', ['*']],
    ['const env = process.env', 'JSON.stringify(env)', ['*']],
    ['', '({ ...process.env }).A', ['*']],
    ['', 'Object.entries(process.env)', ['*']],
    [`const k = 'A'`, 'process.env[k]', ['*']],
    ['let env\nenv = process.env', 'env.A', ['*']],
    ['const p = process', 'p.env.A', ['*']],
    ['const of = (p: any) => p.env.A', 'of(process)', ['*']],
    ['const { env: [a], ...others } = process', 'a', ['*']],
  ])('finds the variables that are read by other ways: %s, %s', (top, body, expected) => {
    const files = { ...stepOf(`() => ${body}`, top), 'env.ts': 'export const env = process.env' }
    const { environment, outsideReads } = closureOf(files)
    const others = outsideReads.filter(({ what }) => what === 'process.env').map(() => '*')
    expect([...environment, ...others]).toEqual(expected)
  })

  it.each([
    ['(x, { run }) => run.name', { at: 'pipeline.ts:3', isHandedOn: false }],
    ['(x, context) => context.run.name', { at: 'pipeline.ts:3', isHandedOn: false }],
    ['(x, context) => { const { run } = context; return run }', { at: 'pipeline.ts:3', isHandedOn: false }],
    ['(x, context) => work(x, context)', { at: 'pipeline.ts:2', isHandedOn: false }],
    ['(x, context) => work(context, x)', undefined],
    ['(x, context) => fit(x, context)', undefined],
    ['(x, context) => fitAll([x], context)', undefined],
    ['(x, context) => fit(...x, context)', { at: 'pipeline.ts:3', isHandedOn: true }],
    ['(x, context) => x.fit(context)', { at: 'pipeline.ts:3', isHandedOn: true }],
    ['(x, context) => changing(x, context)', { at: 'pipeline.ts:3', isHandedOn: true }],
    ['(x, context) => keep(x, context)', { at: 'pipeline.ts:2', isHandedOn: true }],
    ['(x, context) => loop(x, context)', { at: 'pipeline.ts:2', isHandedOn: true }],
    ['(x, context) => { const inner = () => context; return inner }', { at: 'pipeline.ts:3', isHandedOn: true }],
    ['(x, context) => { if (x) { var context: any = {} } return context }', { at: 'pipeline.ts:3', isHandedOn: true }],
    ['services.run', undefined],
    ['services.named', { at: 'pipeline.ts:2', isHandedOn: true }],
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
    const top =
      'const work = (x: any, y?: any) => y.run; const wrap = (f: any) => (...x: any[]) => f(...x); ' +
      'const fit = (x: any, { progress }: any) => progress; ' +
      'function fitAll(xs: any, to: any) { return xs.length > 0 ? fit(xs[0], to) : fitAll([to.signal], to) }; ' +
      'let changing = fit; changing = work; const keep = (x: any, y: any) => ({ y }); ' +
      'function loop(x: any, y: any): any { return x ? keep(x, y) : loop(y.signal, y) }; ' +
      'const services = { run: () => 1, named: (x: any, y: any) => y.run.name }'
    // Without other code that mentions a property `run`.
    const used = implementation.startsWith('services.run') ? top.replace('y.run;', '1;').replace('y.run.', 'y.') : top
    expect(closureOf(stepOf(implementation, used)).readsRun).toEqual(expected)
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
