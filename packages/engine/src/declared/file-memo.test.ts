import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'

import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { contentOf } from '@cairnml/core'

import { FileMemo } from './file-memo.ts'
import { FilesFixture } from './outside.fixture.ts'

const sha = (text: string): string => contentOf(Buffer.from(text)).digest
const memoIn = (project: FilesFixture): FileMemo =>
  new FileMemo({ projectDir: project.dir, cairnDir: project.path('.cairn') })
const MEMO = '.cairn/closure/files.json'

/** Moves the clock of the process, as if the files were old by now. */
const later = (ms: number): void =>
  void vi.spyOn(Date, 'now').mockReturnValue(Math.trunc(performance.timeOrigin + performance.now()) + ms)
afterEach(() => vi.restoreAllMocks())

describe('FileMemo', () => {
  it('gives the digest of the content, before and after any change', async () => {
    using project = new FilesFixture({ 'a.csv': 'one' })
    using memo = memoIn(project)
    for (const content of ['one', 'two', 'two', 'more than that', '']) {
      project.write('a.csv', content)
      expect(await memo.digestOf(project.path('a.csv'))).toBe(sha(content))
    }
  })

  it('does not trust a digest that is as new as its file: a change may show in no time and size', async () => {
    using project = new FilesFixture({ 'a.csv': 'one' })
    using memo = memoIn(project)
    const { atime, mtime } = statSync(project.path('a.csv'))
    await memo.digestOf(project.path('a.csv'))
    writeFileSync(project.path('a.csv'), 'two')
    utimesSync(project.path('a.csv'), atime, mtime)
    expect(await memo.digestOf(project.path('a.csv'))).toBe(sha('two'))
  })

  it('reads an old file once, also in another process', async () => {
    using project = new FilesFixture({ 'a.csv': 'one', '.cairn/x': '' })
    later(5000)
    {
      using memo = memoIn(project)
      await memo.digestOf(project.path('a.csv'))
    }
    const stored = readFileSync(project.path(MEMO), 'utf8')
    expect(JSON.parse(stored)).toMatchObject({ version: 1, files: { 'a.csv': [expect.any(String), sha('one')] } })
    project.write(MEMO, stored.replace(sha('one'), 'remembered'))
    using memo = memoIn(project)
    expect(await memo.digestOf(project.path('a.csv'))).toBe('remembered')
    project.write('a.csv', 'two')
    expect(await memo.digestOf(project.path('a.csv'))).toBe(sha('two'))
  })

  it.each(['', 'nonsense', '{"version":2,"files":{"a.csv":["x","y"]}}', '{"version":1,"files":{"a.csv":7}}', 'null'])(
    'does without a memo that is %j',
    async (content) => {
      using project = new FilesFixture({ 'a.csv': 'one', [MEMO]: content })
      using memo = memoIn(project)
      expect(await memo.digestOf(project.path('a.csv'))).toBe(sha('one'))
    },
  )

  it('makes no folder for local state', async () => {
    using project = new FilesFixture({ 'a.csv': 'one' })
    later(5000)
    {
      using memo = memoIn(project)
      await memo.digestOf(project.path('a.csv'))
    }
    expect(existsSync(project.path('.cairn'))).toBe(false)
  })

  it('passes on that a file is not there', async () => {
    using project = new FilesFixture()
    using memo = memoIn(project)
    await expect(memo.digestOf(project.path('a.csv'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('is never wrong, whatever is written, looked at and reopened in whatever order, at once', async () => {
    const act = fc.oneof(
      fc.record({ write: fc.constantFrom('aa', 'bb', 'ccc'), file: fc.constantFrom('a.csv', 'b.csv') }),
      fc.constant({ reopen: true } as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), fc.boolean(), async (acts, isLate) => {
        using project = new FilesFixture({ 'a.csv': '', 'b.csv': '', '.cairn/x': '' })
        if (isLate) later(1990)
        let memo = memoIn(project)
        const content = new Map([
          ['a.csv', ''],
          ['b.csv', ''],
        ])
        for (const each of acts) {
          if ('reopen' in each) {
            memo[Symbol.dispose]()
            memo = memoIn(project)
          } else {
            project.write(each.file, each.write)
            content.set(each.file, each.write)
          }
          for (const [name, text] of content) expect(await memo.digestOf(project.path(name))).toBe(sha(text))
        }
        memo[Symbol.dispose]()
        vi.restoreAllMocks()
      }),
      { numRuns: 60 },
    )
  })
})
