import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const EXAMPLE = new URL('..', import.meta.url)
const chapters = readdirSync(new URL('src', EXAMPLE))
  .filter((name) => name.endsWith('.ts') && name !== 'main.ts')
  .map((name) => name.replace('.ts', ''))

it('knows every chapter, and refuses another name with exit code 2', () => {
  const { status, stderr } = spawnSync(process.execPath, ['src/main.ts', 'chapter'], {
    cwd: fileURLToPath(EXAMPLE),
    encoding: 'utf8',
  })
  const listed = /^There is no chapter "chapter"\. Chapters: (.*)$/m.exec(stderr)?.[1]?.split(', ')
  expect(status).toBe(2)
  expect(listed?.toSorted()).toEqual(chapters.toSorted())
})

it.each(chapters)('has a line about %s in the README, and a test of it', (chapter) => {
  expect(readFileSync(new URL('README.md', EXAMPLE), 'utf8')).toContain(`| [${chapter}](src/${chapter}.ts) |`)
  expect(readdirSync(new URL('test', EXAMPLE))).toContain(`${chapter}.test.ts`)
})
