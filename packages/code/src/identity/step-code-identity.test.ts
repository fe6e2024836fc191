import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { IdentityProject } from './identity-project.fixture.ts'

const HELPERS = `export const RATE = 2
export function scale(x: number): number {
  return x * RATE
}
export const unrelated = (): number => 1
`
const MAIN = `import { step, matrix } from 'cairnml'
import { scale } from './helpers.ts'

export const train = step({ name: 'train', inputs: { x: matrix } }).implement(() => scale(1))
export const other = step({ name: 'other' }).implement(() => 'other')
`

describe('a step of a project', () => {
  it('is what it can reach, piece by piece', () => {
    using project = new IdentityProject({ 'main.ts': MAIN, 'helpers.ts': HELPERS })
    const { train } = project.steps()
    expect(train).toMatchObject({
      known: true,
      parts: [{ label: 'main.ts:train' }, { label: 'helpers.ts:scale' }, { label: 'helpers.ts:RATE' }],
      ports: [],
      captured: [],
      packages: [],
    })
  })

  it('does not change with other code in the same files', () => {
    using project = new IdentityProject({ 'main.ts': MAIN, 'helpers.ts': HELPERS })
    const before = project.digest('train')
    project.write({
      'main.ts': `// moved\n${MAIN.replace("'other')", "'another')")}`,
      'helpers.ts': HELPERS.replace('=> 1', '=> 2'),
    })
    expect(project.digest('train')).toBe(before)
    project.write({ 'helpers.ts': HELPERS.replace('RATE = 2', 'RATE = 3') })
    expect(project.digest('train')).not.toBe(before)
  })

  it('is the same in another folder, with the memo and without it', () => {
    using project = new IdentityProject({ 'main.ts': MAIN, 'helpers.ts': HELPERS })
    const before = project.digest('train')
    using copy = project.copy()
    expect(copy.digest('train')).toBe(before)
    expect(readdirSync(join(copy.dir, '.cairn/closure'))).not.toEqual([])
    expect(project.digest('train')).toBe(before)
  })

  it('is not known where its code cannot be, with the place', () => {
    using project = new IdentityProject({
      'main.ts': `import { step } from 'cairnml'\n\nstep({ name: 'hidden' }).implement(() => eval('1'))\n`,
    })
    expect(project.steps()['hidden']).toMatchObject({ known: false, reason: /eval/, at: 'main.ts:3' })
  })
})

describe('values around a step', () => {
  const factory = (first: string, second: string): string => `import { step } from 'cairnml'
const make = (name, k) => step({ name }).implement(() => k)
make('first', ${first})
make('second', ${second})
for (const k of [1, 2]) step({ name: 'loop' + k }).implement(() => k)
`

  it('tell two steps of one factory apart', () => {
    using project = new IdentityProject({ 'main.js': factory('1', '2') })
    const found = project.steps('main.js')
    expect(found['first']).toMatchObject({ known: true, captured: [{ name: 'k', shown: '1' }] })
    expect(found['second']).toMatchObject({ known: true, captured: [{ name: 'k', shown: '2' }] })
    expect(project.digest('first', 'main.js')).not.toBe(project.digest('second', 'main.js'))
    expect(project.digest('loop1', 'main.js')).not.toBe(project.digest('loop2', 'main.js'))
  })

  it('make equal steps equal, also where they are functions', () => {
    using project = new IdentityProject({ 'main.js': factory('{ f: (x) => x + 1 }', '3') })
    const before = project.digest('first', 'main.js')
    project.write({ 'main.js': factory('{ f: (x) => x + 1 }', '4') })
    expect(project.digest('first', 'main.js')).toBe(before)
    project.write({ 'main.js': factory('{ f: (x) => x + 2 }', '4') })
    expect(project.digest('first', 'main.js')).not.toBe(before)
  })

  it('make the step unknown where they cannot be compared', () => {
    using project = new IdentityProject({ 'main.js': `class Conn {}\n${factory('new Conn()', '1')}` })
    expect(project.steps('main.js')['first']).toMatchObject({
      known: false,
      reason: expect.stringContaining('k is a Conn that cannot be compared'),
      at: 'main.js:3',
    })
  })
})

describe('a function that is not written where the step is', () => {
  const wrapped = (body: string, wrapper = 'run(...args)'): string => `import { step } from 'cairnml'
const logged = (name, run) => step({ name }).implement((...args) => ${wrapper})
logged('wrapped', () => ${body})
const declared = step({ name: 'late' })
export const table = { declared }
table.declared.implement(() => ${body})
`

  it('counts, with what is around it', () => {
    using project = new IdentityProject({ 'main.js': wrapped('1') })
    const before = [project.digest('wrapped', 'main.js'), project.digest('late', 'main.js')]
    project.write({ 'main.js': wrapped('2') })
    const after = [project.digest('wrapped', 'main.js'), project.digest('late', 'main.js')]
    expect(after[0]).not.toBe(before[0])
    expect(after[1]).not.toBe(before[1])
    project.write({ 'main.js': wrapped('1', '[run(...args)]') })
    expect(project.digest('wrapped', 'main.js')).not.toBe(before[0])
  })
})

describe('types of ports', () => {
  const ports = (read: string): string => `import { step, matrix } from 'cairnml'
const own = { kind: 'materializer', name: 'own', version: 1, read: () => ${read} }
step({ name: 'reads', inputs: { x: own, y: matrix }, output: own }).implement(() => 1)
`

  it('count where they are own code', () => {
    using project = new IdentityProject({ 'main.js': ports('1') })
    expect(project.steps('main.js')['reads']).toMatchObject({
      ports: [{ port: 'input:x' }, { port: 'output:output' }],
    })
    const before = project.digest('reads', 'main.js')
    project.write({ 'main.js': ports('2') })
    expect(project.digest('reads', 'main.js')).not.toBe(before)
  })
})

it('does not know a step of a package without a name, and says where it is', () => {
  using project = new IdentityProject({
    'main.js': `import './node_modules/nameless/step.js'\n`,
    'node_modules/nameless/step.js': `import { step } from 'cairnml'\nstep({ name: 'packaged' }).implement(() => 1)\n`,
  })
  expect(project.steps('main.js')['packaged']).toEqual({
    known: false,
    reason: 'the package nameless has no readable package.json',
    at: 'node_modules/nameless/step.js:2',
  })
})

it('knows a step that an installed package defines by the package', () => {
  using project = new IdentityProject({
    'main.js': `import 'steps'\n`,
    'node_modules/steps/package.json': '{ "name": "steps", "version": "1.2.3", "type": "module", "main": "index.js" }',
    'node_modules/steps/index.js': `import { step } from 'cairnml'\nstep({ name: 'packaged' }).implement(() => 1)\n`,
  })
  expect(project.steps('main.js')['packaged']).toMatchObject({
    known: true,
    packages: [{ name: 'steps', version: '1.2.3' }],
  })
})
