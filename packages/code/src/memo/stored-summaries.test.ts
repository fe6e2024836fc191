import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { summarizeFile } from '../summary/summarize-file.ts'
import { MemoProject } from './counting-walk.fixture.ts'
import { StoredSummaries } from './stored-summaries.ts'

const FORMAT = 'test 1'
const keyOf = (name: number): string => `${String(name).padStart(64, '0')}.ts`
const hashes = (...names: readonly number[]): Set<string> => new Set(names.map((name) => keyOf(name).slice(0, 64)))
const summary = (name: number): ReturnType<typeof summarizeFile> =>
  summarizeFile('a.ts', Buffer.from(`export const é${name} = ${name}`))

function stored(path: string, ...names: readonly number[]): void {
  const summaries = new StoredSummaries(path, FORMAT)
  for (const name of names) summaries.set(keyOf(name), summary(name))
  summaries.write(hashes(...Array.from({ length: 100 }, (_, index) => index)))
}

it('gives another process what was written at several times', () => {
  using project = new MemoProject()
  const path = join(project.dir, 'summaries')
  stored(path, 1, 2)
  stored(path, 3)
  const summaries = new StoredSummaries(path, FORMAT)
  expect([1, 2, 3].map((name) => summaries.get(keyOf(name)))).toEqual([1, 2, 3].map(summary))
  expect(summaries.get(keyOf(4))).toBeUndefined()
})

it('loses only what another process left unfinished', () => {
  using project = new MemoProject()
  const path = join(project.dir, 'summaries')
  stored(path, 1)
  appendFileSync(path, `\n${keyOf(2)} {"version":`)
  stored(path, 3)
  const summaries = new StoredSummaries(path, FORMAT)
  expect([1, 2, 3].map((name) => summaries.get(keyOf(name)))).toEqual([summary(1), undefined, summary(3)])
})

it('writes a file of another format anew', () => {
  using project = new MemoProject()
  const path = join(project.dir, 'summaries')
  stored(path, 1)
  expect(new StoredSummaries(path, 'test 2').get(keyOf(1))).toBeUndefined()
  new StoredSummaries(path, 'test 2').set(keyOf(2), summary(2)).write(hashes(2))
  expect(new StoredSummaries(path, 'test 2').get(keyOf(2))).toEqual(summary(2))
  expect(new StoredSummaries(path, FORMAT).get(keyOf(1))).toBeUndefined()
})

it('throws away what nothing needs once it is a good part of the file', () => {
  using project = new MemoProject()
  const path = join(project.dir, 'summaries')
  stored(path, ...Array.from({ length: 20 }, (_, index) => index))
  const { size } = statSync(path)
  const summaries = new StoredSummaries(path, FORMAT)
  summaries.write(hashes(1, 2))
  expect(statSync(path).size).toBeLessThan(size / 5)
  const left = new StoredSummaries(path, FORMAT)
  expect(left.get(keyOf(2))).toEqual(summary(2))
  expect(left.get(keyOf(3))).toBeUndefined()
  expect(readFileSync(path, 'utf8')).toContain(`${FORMAT}\n`)
})
