import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { MemoProject } from './counting-walk.fixture.ts'

it('answers a new process from the disk, without loading the walk', async () => {
  using project = new MemoProject()
  const first = project.memo()
  const made = await first.closureOf(project.root())
  const ports = await first.ownPorts(project.root())
  first.write()
  const second = project.memo()
  const known = await second.closureOf(project.root())
  expect(known.closure).toEqual(made.closure)
  expect(known.files).toEqual(made.files)
  expect(known.parts()).toEqual(made.parts())
  expect(await second.ownPorts(project.root())).toEqual(ports)
  expect(project.loads).toBe(1)
})

it.each([
  ['a file has other content', (project: MemoProject) => project.write('b.ts', '// other')],
  ['a file has other content of the same size and time', (project: MemoProject) => project.write('b.ts', '// B.ts')],
  ['a file appears where there was none', (project: MemoProject) => project.write('c.ts', '')],
  ['a file that decides how imports are resolved appears', (project: MemoProject) => project.write('package.json', '')],
])('walks again when %s', async (_, edit) => {
  using project = new MemoProject()
  const first = project.memo()
  await first.closureOf(project.root())
  first.write()
  edit(project)
  await project.memo().closureOf(project.root())
  expect(project.walks).toBe(2)
})

it('walks again in the same process when a file has changed since', async () => {
  using project = new MemoProject()
  const memo = project.memo()
  const before = await memo.closureOf(project.root())
  project.write('b.ts', '// other')
  await new Promise((resolve) => setTimeout(resolve, 120))
  const after = await memo.closureOf(project.root())
  expect(after.closure.digest).not.toBe(before.closure.digest)
})

it('keeps nothing of files that changed after they were walked through', async () => {
  using project = new MemoProject()
  const first = project.memo()
  const before = await first.closureOf(project.root())
  project.write('b.ts', '// other')
  first.write()
  const after = await project.memo().closureOf(project.root())
  expect(after.closure.digest).not.toBe(before.closure.digest)
  expect(project.walks).toBe(2)
})

it('reads files that were written just before, and trusts their states from then on', async () => {
  using project = new MemoProject()
  project.write('b.ts', '// young', { age: 0 })
  const first = project.memo()
  const before = await first.closureOf(project.root())
  first.write()
  project.write('b.ts', '// YOUNG', { age: 0 })
  expect((await project.memo().closureOf(project.root())).closure.digest).not.toBe(before.closure.digest)
})

it('holds after the project was copied to another folder', async () => {
  using project = new MemoProject()
  using other = new MemoProject()
  const first = project.memo()
  const made = await first.closureOf(project.root())
  first.write()
  rmSync(other.dir, { recursive: true })
  cpSync(project.dir, other.dir, { recursive: true })
  const known = await project.memo(other.dir).closureOf(project.root(other.dir))
  expect(known.closure.digest).toBe(made.closure.digest)
  expect(known.closure.packages[0]?.dir).toBe(join(other.dir, 'node_modules/p'))
  expect(known.files).toEqual(made.files.map((file) => file.replace(project.dir, other.dir)))
  expect(project.walks).toBe(1)
})

it.each(['', '{', 'null', '{"format":"cairn.closure/0"}'])('walks again when the memo holds %j', async (text) => {
  using project = new MemoProject()
  const first = project.memo()
  await first.closureOf(project.root())
  first.write()
  const folder = join(project.dir, '.cairn/closure')
  for (const file of readdirSync(folder)) writeFileSync(join(folder, file), text)
  await project.memo().closureOf(project.root())
  expect(project.walks).toBe(2)
})

it('gives the pieces of code again if their file is lost', async () => {
  using project = new MemoProject()
  const first = project.memo()
  const made = await first.closureOf(project.root())
  first.write()
  const folder = join(project.dir, '.cairn/closure')
  for (const file of readdirSync(folder)) if (file.endsWith('-details.json')) rmSync(join(folder, file))
  expect((await project.memo().closureOf(project.root())).parts()).toEqual(made.parts())
})
