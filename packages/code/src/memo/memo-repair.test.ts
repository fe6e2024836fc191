import { copyFileSync, rmSync, writeFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { EditedProject, knownOf } from './edited-project.fixture.ts'

const MAIN = `import { step } from 'cairnml'
import { add } from './add.ts'
import data from './data.json' with { type: 'json' }
import manifest from './package.json' with { type: 'json' }
import { chosen } from '#chosen'
const double = (x: number) => x * 2
export const train = step({ name: 'train' }).implement(() => add(double(1), data.k, Date.now()))
export const other = step({ name: 'other', output: { read: () => 3 } }).implement(() => [manifest.name, chosen])
export const twins = step({ name: 'twins', inputs: { x: { read: () => 5 }, y: { read: () => 5 } } }).implement(() => 6)
`
const ADD = `import { random } from './random.ts'
export const add = (...all: number[]) => all.reduce((a, b) => a + b, 1) + random()
`
const RANDOM = `const first = () => Math.random(), second = () => Math.random()
export const random = () => first() + second()
`
const FILES: Readonly<Record<string, string>> = {
  'main.ts': MAIN,
  'add.ts': ADD,
  'random.ts': RANDOM,
  'data.json': '{ "k": 1 }',
  'one.ts': 'export const chosen = 1\n',
  'two.ts': 'export const chosen = 2\n',
  'package.json': '{ "name": "p", "type": "module", "imports": { "#chosen": "./one.ts" } }',
}

const ROOTS = ['train', 'other', 'type of other', 'twins', 'type of x', 'type of y']

async function knownProject(): Promise<EditedProject> {
  const project = new EditedProject(new Map(Object.entries(FILES)), 'main.ts')
  const first = project.memo()
  await knownOf(first, project.roots())
  first.write()
  project.loads = 0
  project.walks = 0
  return project
}

async function digests(project: EditedProject): Promise<readonly unknown[]> {
  const memo = project.memo()
  const known = await knownOf(memo, project.roots())
  memo.write()
  expect(known).toEqual(await knownOf(project.cold(), project.roots()))
  return known.map(({ closure }) => closure?.digest)
}

describe('an edit that changes nothing but text', () => {
  it.each([
    ['a body', 'add.ts', 'a + b, 1', 'a + b, 2', ['train']],
    ['a body of the file with the steps, of another length', 'main.ts', 'x * 2', 'x * 2_000', ['train']],
    ['the function of a step', 'main.ts', 'double(1)', 'double(10)', ['train']],
    ['the type of a port', 'main.ts', '=> 3', '=> 30', ['type of other']],
    ['a comment with lines of its own', 'main.ts', 'const double', '/**\n * Doubles.\n */\nconst double', []],
    ['a comment before code that reads the clock', 'random.ts', 'export', '// more\n\nexport', []],
    ['data', 'data.json', '1', '2', ['train']],
    ['the formatting of data', 'data.json', ' ', '\n', []],
  ])('loads no resolver and walks to nothing: %s', async (_, path, from, to, changed) => {
    using project = await knownProject()
    const before = await digests(project)
    project.edit(path, from, to)
    const after = await digests(project)
    expect(after.flatMap((digest, index) => (digest === before[index] ? [] : [ROOTS[index]]))).toEqual(changed)
    expect(project.loads).toBe(0)
    project.edit(path, to, from)
    expect(await digests(project)).toEqual(before)
    expect(project.loads).toBe(0)
  })

  it('is remembered as any other state', async () => {
    using project = await knownProject()
    project.edit('add.ts', 'a + b, 1', 'a + b, 2')
    const [first] = await digests(project)
    project.edit('main.ts', 'double(1)', 'double(2)')
    const [second] = await digests(project)
    expect((await digests(project))[0]).toBe(second)
    expect(second).not.toBe(first)
    expect(project.loads).toBe(0)
  })
})

describe('an edit that changes more than text', () => {
  it.each([
    ['another call', 'add.ts', 'random()', 'Math.abs(random())'],
    ['another name', 'add.ts', '(a, b) => a + b', '(a, c) => a + c'],
    ['a manifest that is data, too', 'package.json', './one.ts', './two.ts'],
    ['one of two equal types', 'main.ts', 'y: { read: () => 5 }', 'y: { read: () => 55 }'],
    ['one line with two reads becomes two', 'random.ts', ', second', ',\n  second'],
  ])('gives what is so then: %s', async (_, path, from, to) => {
    using project = await knownProject()
    const before = await digests(project)
    project.edit(path, from, to)
    await digests(project)
    project.edit(path, to, from)
    expect(await digests(project)).toEqual(before)
  })
})

describe('a memo that has lost something', () => {
  it.each([
    ['its details', '-details.json', undefined],
    ['half of its details', '-details.json', '{"format":'],
    ['its summaries', '-summaries.jsonl', undefined],
    ['the contents of its summaries', '-summaries.jsonl', '\n\n'],
  ])('has the answers made again: %s', async (_, ending, text) => {
    using project = await knownProject()
    for (const file of project.memoFiles(ending)) {
      if (text === undefined) rmSync(file)
      else writeFileSync(file, text)
    }
    project.edit('add.ts', 'a + b, 1', 'a + b, 2')
    await digests(project)
    expect(project.walks).toBeGreaterThan(0)
  })

  it('takes no details of another index', async () => {
    using project = await knownProject()
    using other = new EditedProject(new Map(Object.entries(FILES)), 'main.ts')
    other.edit('random.ts', 'second()', 'second() + 1')
    await digests(other)
    const [from] = other.memoFiles('-details.json')
    const [to] = project.memoFiles('-details.json')
    copyFileSync(from ?? '', to ?? '')
    project.edit('add.ts', 'a + b, 1', 'a + b, 2')
    await digests(project)
    expect(project.walks).toBeGreaterThan(0)
  })
})
