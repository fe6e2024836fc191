import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import { cacheKey, ContentCachePolicy, type KeyTree, type StepForCaching, type Uncacheable } from '@cairnml/core'
import { changesText, compareKeyTrees } from '@cairnml/core/explain'
import { cachePolicyConformance, digestOf, knownCode, stepForCaching } from '@cairnml/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { GitProject } from '../repository/git-project.fixture.ts'
import type { GitPolicySettings } from '../git-options.ts'
import { GitCachePolicy } from './git-cache-policy.ts'

const NEXT = { next: new ContentCachePolicy() }

/** What a process says that starts in the state in which the project is. */
function described(
  { root }: GitProject,
  paths?: readonly string[],
  step: Partial<StepForCaching<GitPolicySettings>> = {},
): Promise<KeyTree | Uncacheable> {
  return new GitCachePolicy('git', { projectDir: root, paths }).describe(stepForCaching(step), NEXT)
}

async function treeOf(...args: Parameters<typeof described>): Promise<KeyTree> {
  const tree = await described(...args)
  if ('uncacheable' in tree) throw new Error(tree.uncacheable)
  return tree
}

async function keyOf(...args: Parameters<typeof described>): Promise<string> {
  return cacheKey(await treeOf(...args))
}

let clean: GitProject
beforeAll(async () => {
  clean = await GitProject.with({ 'src/a.ts': '1' })
})
afterAll(() => clean[Symbol.asyncDispose]())

for (const paths of [undefined, ['src']]) {
  cachePolicyConformance(
    { describe, it },
    {
      name: `GitCachePolicy of ${paths === undefined ? 'a commit' : 'a path'}`,
      create: () => new GitCachePolicy('git', { projectDir: clean.root, paths }),
      settings: [{ paths: ['.'] }, { paths: ['src/a.ts'] }, { paths: ['src/a.ts', '.'] }],
      skip: [
        {
          reason: 'a commit or its trees stand for all code',
          tests: [
            'count the code',
            'count the code of types of inputs and outputs',
            'count packages by identity',
            'pass on why a step is uncacheable, and where',
          ],
        },
      ],
    },
  )
}

describe('the commit as a whole', () => {
  it('is what counts: any committed change, and nothing else of the code', async () => {
    await using project = await GitProject.with({ 'src/a.ts': '1', 'README.md': '1' })
    const first = await keyOf(project)
    expect(await keyOf(project, undefined, { code: async () => knownCode({ digest: digestOf('other') }) })).toBe(first)
    await project.commit({ 'README.md': '2' })
    expect(await keyOf(project)).not.toBe(first)
  })

  it('is not cached with any file that git neither has as it is nor ignores', async () => {
    await using project = await GitProject.with({ '.gitignore': 'out/', 'src/a.ts': '1', 'b.ts': '1' })
    await project.write({ 'out/x': '' })
    await treeOf(project)
    await project.write({ 'notes.txt': '' })
    expect(await described(project)).toEqual({ uncacheable: 'notes.txt is not committed to git as it is' })
    await project.write({ 'src/a.ts': '2', 'b.ts': '2' })
    expect(await described(project)).toEqual({
      uncacheable: 'b.ts and 2 more are not committed to git as they are',
    })
  })
})

describe('the trees of paths', () => {
  it('are what counts: changes elsewhere do not, and what was undone is as it was', async () => {
    await using project = await GitProject.with({ 'src/a.ts': '1', 'package.json': '{}', 'README.md': '1' })
    const paths = ['src', 'package.json']
    const first = await keyOf(project, paths)
    await project.commit({ 'README.md': '2' })
    await project.write({ 'README.md': '3' })
    expect(await keyOf(project, paths)).toBe(first)
    await project.commit({ 'src/a.ts': '2' })
    expect(await keyOf(project, paths)).not.toBe(first)
    await project.commit({ 'src/a.ts': '1', 'package.json': '{ }' })
    expect(await keyOf(project, paths)).not.toBe(first)
    await project.commit({ 'package.json': '{}' })
    expect(await keyOf(project, paths)).toBe(first)
  })

  it('are explained by path, with the hashes before and after', async () => {
    await using project = await GitProject.with({ 'src/a.ts': '1' })
    const before = await treeOf(project, ['src'])
    const was = project.git('rev-parse', 'HEAD:src').slice(0, 8)
    await project.commit({ 'src/a.ts': '2' })
    const is = project.git('rev-parse', 'HEAD:src').slice(0, 8)
    expect(changesText(compareKeyTrees(before, await treeOf(project, ['src'])))).toBe(
      `tree of src changed: ${was} -> ${is}`,
    )
  })

  it.each([['.'], ['./'], ['src/'], ['./src/../src'], ['src/a.ts'], ['../lib'], ['[a-z]*'], [':x']])(
    'may be written as %s',
    async (given) => {
      await using project = await GitProject.with({
        'app/src/a.ts': '1',
        'app/[a-z]*/b.ts': '1',
        'app/:x': '1',
        'lib/b.ts': '1',
        'other/c.ts': '1',
      })
      const first = await keyOf(project.at('app'), [given])
      await project.commit({ 'other/c.ts': '2' })
      await project.write({ 'other/d.ts': '1' })
      expect(await keyOf(project.at('app'), [given])).toBe(first)
      await project.commit({ 'app/src/a.ts': '2', 'app/[a-z]*/b.ts': '2', 'app/:x': '2', 'lib/b.ts': '2' })
      expect(await keyOf(project.at('app'), [given])).not.toBe(first)
    },
  )

  it.each([
    ['src', { 'src/a.ts': '2' }, 'src/a.ts is not committed to git as it is'],
    ['src', { 'src/new.ts': '2' }, 'src/new.ts is not committed to git as it is'],
    ['lib', {}, 'lib is not in the git commit'],
    ['out', { 'out/x': '1' }, 'out is not in the git commit'],
    ['../x', {}, "'../x/' is outside repository"],
  ])('make a step uncacheable where they are not in the commit: %s with %j', async (given, files, reason) => {
    await using project = await GitProject.with({ 'src/a.ts': '1', '.gitignore': 'out/' })
    await project.write(files)
    expect(await described(project, [given])).toEqual({ uncacheable: expect.stringContaining(reason) as string })
  })

  it('with a repository in them that no .gitmodules names make a step uncacheable', async () => {
    await using project = await GitProject.with({ 'src/a.ts': '1', 'app/b.ts': '1' })
    const inner = project.at('src/lib')
    await project.write({ 'src/lib/c.ts': '1' })
    inner.git('init', '--quiet')
    await inner.commit({})
    await project.commit({})
    await inner.write({ 'c.ts': '2' })
    const uncacheable = 'src/lib is a git submodule, inside of which changes are not looked for'
    expect(await described(project)).toEqual({ uncacheable })
    expect(await described(project, ['src'])).toEqual({ uncacheable })
    await treeOf(project, ['app'])
  })

  it('with a submodule in them make a step uncacheable', async () => {
    await using project = await GitProject.with({ 'src/a.ts': '1', 'app/b.ts': '1' })
    await using library = await GitProject.with({ 'c.ts': '1' })
    project.git('submodule', '--quiet', 'add', library.root, 'src/lib')
    await project.commit({})
    const uncacheable = 'src/lib is a git submodule, inside of which changes are not looked for'
    expect(await described(project)).toEqual({ uncacheable })
    expect(await described(project, ['src'])).toEqual({ uncacheable })
    expect(await described(project, ['src/lib/c.ts'])).toEqual({ uncacheable })
    await treeOf(project, ['app'])
  })
})

describe('what else a step is', () => {
  it('counts: which step of which pipeline, as all have the same trees', async () => {
    const keys = await Promise.all(
      [{}, { step: 'other' }, { pipeline: 'other' }].map((step) => keyOf(clean, ['src'], step)),
    )
    expect(new Set(keys).size).toBe(3)
    expect(await keyOf(clean, ['src'], { invocation: 'train_2' })).toBe(keys[0])
  })

  it('is cached although its code is not known, on one platform', async () => {
    const code = async () => ({ known: false, reason: 'it calls eval' }) as const
    const [here, there] = [{ code }, { code, platform: 'darwin-arm64-137' }]
    expect(await keyOf(clean, ['src'], here)).toBe(await keyOf(clean, ['src'], here))
    expect(await keyOf(clean, ['src'], there)).not.toBe(await keyOf(clean, ['src'], here))
  })
})

describe('a process', () => {
  it('goes on with the state in which it loaded its code', async () => {
    await using project = await GitProject.with({ 'src/a.ts': '1' })
    const policy = new GitCachePolicy('git', { projectDir: project.root })
    const first = await policy.describe(stepForCaching(), NEXT)
    await project.commit({ 'src/a.ts': '2' })
    expect(await policy.describe(stepForCaching(), NEXT)).toEqual(first)
  })
})

describe('the paths that a step names', () => {
  const models = { settings: { paths: ['models'] } }

  it('count for it in the place of those of the stack', async () => {
    await using project = await GitProject.with({ 'src/a.ts': '1', 'models/m.ts': '1' })
    for (const paths of [undefined, ['src']]) {
      const first = await keyOf(project, paths, models)
      expect(first).toBe(await keyOf(project, ['models']))
      expect(first).not.toBe(await keyOf(project, paths))
      expect(await keyOf(project, paths, { settings: {} })).toBe(await keyOf(project, paths))
      await project.write({ 'src/a.ts': 'not committed' })
      expect(await keyOf(project, paths, models)).toBe(first)
      await project.write({ 'src/a.ts': '1', 'models/m.ts': 'not committed' })
      expect(await described(project, paths, models)).toEqual({
        uncacheable: 'models/m.ts is not committed to git as it is',
      })
      await project.write({ 'models/m.ts': '1' })
    }
  })

  it('are looked for in the state in which the process began, however late they are named', async () => {
    await using project = await GitProject.with({ 'src/a.ts': '1', 'models/m.ts': '1', 'data/d.ts': '1' })
    const first = await keyOf(project, ['models'])
    await project.write({ 'data/d.ts': 'as it was loaded' })
    const policy = new GitCachePolicy('git', { projectDir: project.root, paths: ['src'] })
    await policy.describe(stepForCaching(), NEXT)
    await project.write({ 'data/d.ts': '1' })
    await project.commit({ 'models/m.ts': '2' })
    const late = await policy.describe(stepForCaching(models), NEXT)
    expect('parts' in late && cacheKey(late)).toBe(first)
    expect(await policy.describe(stepForCaching({ settings: { paths: ['data'] } }), NEXT)).toEqual({
      uncacheable: 'data/d.ts is not committed to git as it is',
    })
  })

  it('may be named twice', async () => {
    expect(await keyOf(clean, ['src', 'src'])).toBe(await keyOf(clean, ['src']))
  })
})

describe('without a state that git tells', () => {
  it('a step is uncacheable, and it is said why', async () => {
    await using project = await GitProject.empty()
    expect(await described(project)).toEqual({ uncacheable: 'the project is in no git repository' })
    project.git('init', '--quiet')
    expect(await described(project)).toEqual({ uncacheable: 'there is no git commit yet' })
    expect(await described(project, ['src'])).toMatchObject({ uncacheable: 'there is no git commit yet' })
    await project.commit({ 'a.ts': '1' })
    project.git('clone', '--quiet', '--bare', '.', '.git/bare')
    expect(await described(project.at('.git/bare'))).toEqual({ uncacheable: 'the git repository is bare' })
    await writeFile(path.join(project.root, '.git/config'), '[core\n')
    expect(await described(project)).toMatchObject({
      uncacheable: expect.stringContaining('bad config line') as string,
    })
  })
})
