import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { REFUSAL_KINDS, refusalOf } from '@cairnml/core/explain'
import { Visitor, parseSync } from 'oxc-parser'
import { beforeAll, describe, expect, it } from 'vitest'

import { createCapturedReader } from '../captured/captured-reader.ts'
import { digestCaptured } from '../captured/digest-captured.ts'
import { ALL_CASES } from '../cases/all-cases.ts'
import { CaseProject } from '../cases/case-project.fixture.ts'
import type { EditCase } from '../cases/edit-case.ts'
import { GIVEN_ELSEWHERE } from '../closure/step-closure.ts'
import { InstalledPackages } from '../packages/installed-packages.ts'
import { functionCode } from './function-code.ts'
import { REFUSED_CASES } from './refused-cases.fixture.ts'
import { refusedProject } from './refused-project.fixture.ts'
import { createCodeIdentity } from './step-code-identity.ts'

const SRC = join(import.meta.dirname, '..')
const ROOMS = '{site,summary,lists,modules,link,reach,effects,state,closure,captured,packages,memo,identity,flow}'
/** What clauses of reasons begin with. */
const CLAUSE = new RegExp(
  '^(?:it|its|what its?|the (?:source|code|package)|global|module-level|environment variable) ' +
    '|^¤(?:,| is | has | changed | belongs )',
)

/** Clauses that no user is given as a reason, and why. */
const NO_REASONS: ReadonlySet<string> = new Set([
  // Then the live function is compared in place of its text.
  GIVEN_ELSEWHERE,
  // A notice.
  'it reads process.env by a computed name',
  // Of bundles.
  'an npm package defines it',
])

/** Clauses for what happens in no project that stands still. */
const NOT_PROVOKED: readonly string[] = [
  // A file that vanishes after it was found.
  'its code cannot be read (ENOENT: no such file or directory)',
  // Native functions are said to be so before.
  'the code of k is not known: it is native or bound',
]

let provoked: readonly string[]

beforeAll(async () => {
  using project = refusedProject()
  const permissions = ['--permission', '--allow-fs-read=*', '--allow-fs-write=*', '--allow-addons']
  const steps = [
    ...Object.values(project.steps('main.js')),
    ...Object.values(project.steps('packages.js')),
    ...Object.values(project.steps('main.js', ...permissions)),
  ]
  provoked = [
    ...[...Object.values(ALL_CASES).flat(), ...REFUSED_CASES].flatMap(reasonsOf),
    ...steps.flatMap((code) => (code.known ? [] : [code.reason])),
    ...(await reasonsInProcess(join(project.dir, 'linking.js'))),
  ].filter((reason) => !NO_REASONS.has(reason))
}, 120_000)

function reasonsOf(one: EditCase): readonly string[] {
  if (one.want !== 'nocache') return []
  using project = new CaseProject(one)
  const before = project.closure().reasons
  project.write(one.edit)
  return [...before, ...project.closure().reasons].map(({ reason }) => reason)
}

/** Reasons that depend on when or how it is asked. */
async function reasonsInProcess(file: string): Promise<readonly string[]> {
  const own = join(import.meta.dirname, 'function-code.ts')
  const ports = { inputs: {}, outputs: {}, form: 'named' } as const
  const identity = createCodeIdentity({ projectDir: join(file, '..'), entries: [file], startedAtMs: 0 })
  const found = await Promise.all(
    ['', `    at file://${encodeURI(file)}:3:1`].map((stack) =>
      identity.identify({ name: 'a', site: { stack, repeated: false }, run: () => 1, ports }),
    ),
  )
  using reader = createCapturedReader()
  // What a program does to the language, or to values that it hands on, may throw anywhere.
  const hostile = {
    ...ports,
    get inputs(): never {
      throw new TypeError('no inputs')
    },
  }
  const site = { stack: `    at file://${encodeURI(file)}:3:1`, repeated: false }
  const thrown = await identity.identify({ name: 'hostile', site, run: () => 1, ports: hostile })
  const place = { file: own, query: '', line: 9999, column: 1, isExact: true, kind: 'function' } as const
  // Sound: no walk is asked for a place that is not there.
  const code = await functionCode(place, { walk: undefined as never, met: [] })
  const captured = await digestCaptured(() => 1, ['gone'], { reader, codeOf: () => code })
  return [
    ...found,
    thrown,
    captured,
    new InstalledPackages().identify('/node_modules/.bin/run'),
    'reason' in code ? { reason: `the code of k is not known: ${code.reason}` } : {},
  ].flatMap(reasonIn)
}

function reasonIn(answer: object): readonly string[] {
  return 'reason' in answer && typeof answer.reason === 'string' ? [answer.reason] : []
}

/** Texts of the sources that read like a reason; `¤` stands for what is filled in. */
function clausesOf(file: string): readonly string[] {
  const texts: string[] = []
  const visitor = new Visitor({
    Literal: ({ value }) => void (typeof value === 'string' && texts.push(value)),
    TemplateLiteral: ({ quasis }) => void texts.push(quasis.map(({ value }) => value.cooked).join('¤')),
  })
  visitor.visit(parseSync(file, readFileSync(join(SRC, file), 'utf8')).program)
  return texts.filter((text) => CLAUSE.test(text) && !NO_REASONS.has(text))
}

describe('reasons for which the code of a step is not known', () => {
  it('have a kind with a remedy, whatever provokes them', () => {
    expect([...provoked, ...NOT_PROVOKED].filter((reason) => refusalOf(reason) === undefined)).toEqual([])
  })

  it('are provoked here as often as the sources have them', () => {
    const sources = globSync(`${ROOMS}/*.ts`, { cwd: SRC }).filter((file) => !/\.(?:test|fixture)\.ts$/.test(file))
    const known = [...provoked, ...NOT_PROVOKED]
    const unknown = sources.flatMap(clausesOf).filter((clause) => {
      const pattern = new RegExp(clause.split('¤').map(RegExp.escape).join('.+'), 's')
      return !known.some((reason) => pattern.test(reason))
    })
    expect(unknown).toEqual([])
  })

  it('are of every kind, but for those that the policy and the engine give', () => {
    const kinds = new Set(provoked.map((reason) => refusalOf(reason)?.kind))
    const missing = REFUSAL_KINDS.map(({ kind }) => kind).filter((kind) => !kinds.has(kind))
    expect(missing).toEqual(['reads-the-run', 'changed-meanwhile'])
  })

  it('are clauses', () => {
    for (const reason of provoked) {
      expect(reason).toMatch(/^[a-z$_]/i)
      expect(reason).not.toMatch(/undefined|\[object|[.!]$|[\r\n]| {2}/)
    }
  })
})
