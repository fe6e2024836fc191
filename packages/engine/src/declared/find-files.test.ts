import { symlinkSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { findFiles } from './find-files.ts'
import { FilesFixture } from './outside.fixture.ts'

const TREE = {
  'a.csv': '',
  'data/b.csv': '',
  'data/c.txt': '',
  'data/deep/d.csv': '',
  'data/.hidden.csv': '',
  '.secret/e.csv': '',
  'node_modules/p/f.csv': '',
  'odd [1]/g.csv': '',
}

async function names(project: FilesFixture, ...patterns: readonly string[]): Promise<readonly string[]> {
  return [...(await findFiles({ step: 'load', patterns, projectDir: project.dir })).keys()].toSorted()
}

describe('findFiles', () => {
  it.each([
    [['a.csv'], ['a.csv']],
    [['./data/b.csv'], ['data/b.csv']],
    [['*.csv'], ['a.csv']],
    [['data/*'], ['data/b.csv', 'data/c.txt']],
    [['**/*.csv'], ['a.csv', 'data/b.csv', 'data/deep/d.csv', 'odd [1]/g.csv']],
    [['data'], ['data/b.csv', 'data/c.txt', 'data/deep/d.csv']],
    [['data/{b.csv,deep/*}'], ['data/b.csv', 'data/deep/d.csv']],
    [['data/[bc].*'], ['data/b.csv', 'data/c.txt']],
    [['data/?.csv', 'data/b.csv'], ['data/b.csv']],
    [['odd [1]/g.csv'], ['odd [1]/g.csv']],
    [['odd [1]/*'], []],
    [['data/.*'], ['data/.hidden.csv']],
    [['.secret/*'], ['.secret/e.csv']],
    [['node_modules/**/*.csv'], ['node_modules/p/f.csv']],
    [['*/node_modules/*', '*.md', 'nowhere/**'], []],
    [[], []],
  ])('finds for %j: %j', async (patterns, expected) => {
    using project = new FilesFixture(TREE)
    expect(await names(project, ...patterns)).toEqual(expected)
  })

  it.each(['b.csv', 'data/nothing', 'odd (2)/x'])('refuses the path %j, which does not exist', async (pattern) => {
    using project = new FilesFixture(TREE)
    await expect(names(project, pattern)).rejects.toMatchObject({
      code: 'CAIRN_DECLARED_FILE',
      details: { step: 'load', file: pattern, problem: 'it does not exist' },
    })
  })

  it('names files outside of the project without their place, each pattern apart', async () => {
    using project = new FilesFixture()
    using other = new FilesFixture({ 'in/x.csv': '', 'in/deep/y.csv': '', 'out/x.csv': '' })
    const patterns = [other.path('in/**/*.csv'), other.path('out/x.csv'), other.path('out')]
    expect(await names(project, ...patterns)).toEqual(['1:deep/y.csv', '1:x.csv', '2:x.csv', '3:x.csv'])
  })

  it('takes an absolute path into the project for a relative one', async () => {
    using project = new FilesFixture(TREE)
    expect(await names(project, project.path('data/*.csv'))).toEqual(['data/b.csv'])
  })

  it('follows links, also in a circle, and takes broken ones for nothing', async () => {
    using project = new FilesFixture(TREE)
    symlinkSync(project.path('data'), project.path('linked'))
    symlinkSync(project.dir, project.path('data/up'))
    symlinkSync(project.path('nowhere'), project.path('data/broken.csv'))
    symlinkSync(project.path('a.csv'), project.path('data/a-link.csv'))
    expect(await names(project, 'linked/*.csv')).toEqual(['linked/a-link.csv', 'linked/b.csv'])
    const all = await names(project, '**/b.csv')
    expect(all).toContain('data/b.csv')
    expect(all).toContain('linked/b.csv')
  })
})
