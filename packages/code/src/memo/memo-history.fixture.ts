import { applyEdit, editsOf } from '../random-projects/edit-project.fixture.ts'
import type { RandomProject } from '../random-projects/random-project.fixture.ts'
import type { Random } from '../random-projects/random.fixture.ts'

/** Text by path. */
type Texts = ReadonlyMap<string, string>

/** A file with all that names lines, and with roots of every form. */
export const LOOKS = `import { step, pipeline } from 'cairnml'
import { readFile } from 'node:fs/promises'
import { cell } from './cell.js'

const registry: unknown[] = []
registry.push(1)
registry.push(Math.random())

const early = () => Date.now(), late = () => Date.now()
async function load(path: string) {
  const text = await readFile(path, 'utf8')
  const when = [early(), late(), Math.random(), Math.random()]
  return [text, when, process.env.MODE, registry]
}
export const literal = step({ name: 'literal', output: { read: () => 1 } }).implement(async () => load('a'))
export const twin = step({ name: 'twin', output: { read: () => 1 } }).implement(async () => load('a'))
const declared = step({ name: 'declared' })
export const loose = declared.implement(() => 4)
function work(_: unknown, context: { run: { name: string } }) {
  return context.run.name
}
export const given = step({ name: 'given' }).implement(work)
export const elsewhere = step({ name: 'elsewhere' })
step({ name: 'unnamed' }).implement(() => 7)
step({}).implement(() => 8)
export const evil = step({ name: 'evil' }).implement(() => eval('1'))
export function factory(k: number) {
  return step({ name: 'made', inputs: { x: { read: () => k + 1 }, y: { read: () => k + 1 } } }).implement(() => k + 2)
}
export const shared = step({ name: 'shared' }).implement(() => cell.value)
export const nested = pipeline({ name: 'p', build: () => step({ name: 'inner' }).implement(() => 3) })
`

/** State that a step changes, which refuses others. */
export const CELL = `import { step } from 'cairnml'
export const cell = { value: 1 }
export const bump = step({ name: 'bump' }).implement(() => {
  cell.value += 1
})
`

/** The project after one random edit: of text or shape, of lines alone, of the set of files, or back to an earlier one. */
export function randomEdit(project: RandomProject, random: Random, earlier: readonly Texts[]): Texts {
  const { texts } = project
  const roll = random.next()
  if (roll < 0.15) return random.pick(earlier)
  if (roll < 0.35) return withLine(texts, random)
  if (roll < 0.42) return withoutFile(texts, random)
  if (roll < 0.48) return withFile(texts, random)
  if (roll < 0.6) return withOtherLines(texts, random)
  if (roll < 0.75) return withNumber(texts, random)
  const [edit] = editsOf(project, random, 1)
  return edit === undefined ? texts : applyEdit(project, edit).texts
}

function withLine(texts: Texts, random: Random): Texts {
  return edited(texts, random, (text) => {
    const lines = text.split('\n')
    const at = random.whole(0, lines.length - 1)
    return [...lines.slice(0, at), random.pick(['', '// more', '/* more\n */']), ...lines.slice(at)].join('\n')
  })
}

/** Breaks a line, or puts two together. */
function withOtherLines(texts: Texts, random: Random): Texts {
  return edited(texts, random, (text) => {
    const places = [...text.matchAll(/,(\s)/g)]
    if (places.length === 0) return text
    const { index, 1: space } = random.pick(places)
    return `${text.slice(0, index)},${space === '\n' ? ' ' : '\n'}${text.slice(index + 2)}`
  })
}

function withNumber(texts: Texts, random: Random): Texts {
  return edited(texts, random, (text) => {
    const numbers = [...text.matchAll(/(?<![\w.$'-])\d+(?![\w.$'])/g)]
    if (numbers.length === 0) return text
    const { index, 0: found } = random.pick(numbers)
    return `${text.slice(0, index)}${random.whole(10, 999)}${text.slice(index + found.length)}`
  })
}

function withoutFile(texts: Texts, random: Random): Texts {
  const path = random.pick([...texts.keys()].filter((name) => name !== 'main.ts'))
  return new Map(Array.from(texts).filter(([name]) => name !== path))
}

/** One that nothing needs, one that decides how imports are resolved, or one that comes before another. */
function withFile(texts: Texts, random: Random): Texts {
  const [path, text] = random.pick([
    ['more.ts', 'export const more = 1\n'],
    ['tsconfig.json', '{}\n'],
    ['package.json', `{ "type": "module", "version": "${random.whole(0, 9)}.0.0" }\n`],
    ['cell.js', 'export const cell = { value: 5 }\n'],
  ] as const)
  return new Map(texts).set(path, text)
}

function edited(texts: Texts, random: Random, edit: (text: string) => string): Texts {
  const path = random.pick([...texts.keys()].filter((name) => !name.endsWith('.json')))
  return new Map(texts).set(path, edit(texts.get(path) ?? ''))
}
