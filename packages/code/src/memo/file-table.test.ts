import { join } from 'node:path'

import { expect, it } from 'vitest'

import { MemoProject } from './counting-walk.fixture.ts'
import { FileTable } from './file-table.ts'

it('says what has changed, with the bytes that it found, and takes them for known when told to', () => {
  using project = new MemoProject()
  const paths = project.files.map((file) => join(project.dir, file))
  const table = FileTable.read(project.dir, paths, [])
  project.write('b.ts', '// other')
  const { changed, hasAppeared } = table.news()
  expect(changed.map(({ path, bytes }) => [path, bytes?.toString()])).toEqual([[paths[1], '// other']])
  expect(hasAppeared).toBe(false)
  table.accept(changed)
  expect(table.isUnchanged()).toBe(true)
  expect(table.contents().get(paths[1] ?? '')).toBe(changed[0]?.after)
})

it('does not take what is written after it looked for what it found', () => {
  using project = new MemoProject()
  const table = FileTable.read(
    project.dir,
    project.files.map((file) => join(project.dir, file)),
    [],
  )
  project.write('b.ts', '// other')
  const { changed } = table.news()
  project.write('b.ts', '// OTHER')
  table.accept(changed)
  expect(table.isUnchanged()).toBe(false)
  expect(FileTable.of(project.dir, table.stored()).isUnchanged()).toBe(false)
})

it('says that a file is gone', () => {
  using project = new MemoProject()
  const path = join(project.dir, 'a.ts')
  const table = FileTable.read(project.dir, [path, join(project.dir, 'gone.ts')], [])
  expect(table.news().changed).toEqual([])
  project[Symbol.dispose]()
  expect(table.news().changed.map(({ bytes }) => bytes)).toEqual([undefined])
})
