import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { blobFile } from '../project/local-state.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const MAIN = 'main.ts'
const STEPS = ['foldered', 'listed', 'none', 'pair', 'written']
const RESULT = {
  a: 'first of two',
  b: 'second of two',
  listed: ['one item', 'other item'],
  written: 'a file',
  foldered: 'inside',
}
const OK = { stderr: '', code: 0, result: RESULT }

function kindsProject(): TemporaryProject {
  return temporaryProject({
    [MAIN]: `import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { defineStack, directory, file, list, pipeline, step, text } from 'cairnml'
import { ran } from 'execution-log'

const pair = step({ name: 'pair', outputs: { a: text, b: text } }).implement(() => {
  ran('pair')
  return { a: 'first of two', b: 'second of two' }
})
const listed = step({ name: 'listed', output: list(text) }).implement(() => {
  ran('listed')
  return ['one item', 'other item']
})
const written = step({ name: 'written', output: file('.txt') }).implement((_, { tempDir }) => {
  ran('written')
  const target = path.join(tempDir, 'made.txt')
  writeFileSync(target, 'a file')
  return target
})
const foldered = step({ name: 'foldered', output: directory }).implement((_, { tempDir }) => {
  ran('foldered')
  const target = path.join(tempDir, 'folder')
  mkdirSync(path.join(target, 'deep'), { recursive: true })
  writeFileSync(path.join(target, 'deep/note.txt'), 'inside')
  return target
})
const none = step({ name: 'none' }).implement(() => {
  ran('none')
})

const p = pipeline({
  name: 'kinds',
  build: () => {
    none()
    const { a, b } = pair()
    return { a, b, listed: listed(), written: written(), foldered: foldered() }
  },
})
const verifying = defineStack({ name: 'verifying', cachePolicy: { use: 'content', verify: true } })
const { result } = await p.run({}, process.argv.includes('verify') ? { stack: verifying } : {})
const values = {
  a: await result.a.load(),
  b: await result.b.load(),
  listed: await result.listed.load(),
  written: readFileSync(await result.written.load(), 'utf8'),
  foldered: readFileSync(path.join(await result.foldered.load(), 'deep/note.txt'), 'utf8'),
}
console.log('RESULT ' + JSON.stringify(values))
`,
  })
}

/** Where the artifact store keeps a text. */
const blobOf = (content: string): string => blobFile(createHash('sha256').update(content).digest('hex'))

describe('output deleted from the artifact store: that step', () => {
  let base: TemporaryProject

  beforeAll(async () => {
    base = kindsProject()
    expect(await base.run(MAIN, { node: true })).toMatchObject({ ...OK, steps: STEPS })
    expect(await base.run(MAIN, { node: true })).toMatchObject({ ...OK, steps: [] })
  })

  afterAll(() => base[Symbol.dispose]())

  it.each([
    ['one of several outputs', 'second of two', 'pair'],
    ['an item of a list', 'other item', 'listed'],
    ['a file', 'a file', 'written'],
    ['a file in a folder', 'inside', 'foldered'],
  ])('%s', async (_, content, step) => {
    using project = base.copy()
    project.remove(blobOf(content))

    expect(await project.run(MAIN, { node: true })).toMatchObject({ ...OK, steps: [step] })
    expect(project.exists(blobOf(content))).toBe(true)
    expect(await project.run(MAIN, { node: true })).toMatchObject({ ...OK, steps: [] })
  })

  it.each([
    ['an output', 'first of two', 'pair'],
    ['an item of a list', 'one item', 'listed'],
    ['a file in a folder', 'inside', 'foldered'],
  ])('%s whose bytes have changed in place, where the policy verifies', async (_, content, step) => {
    using project = base.copy()
    writeFileSync(project.path(blobOf(content)), content.replace(/.$/, '#'))

    expect(await project.run(MAIN, { node: true, args: ['verify'] })).toMatchObject({ ...OK, steps: [step] })
    expect(project.read(blobOf(content))).toBe(content)
    expect(await project.run(MAIN, { node: true, args: ['verify'] })).toMatchObject({ ...OK, steps: [] })
  })
})
