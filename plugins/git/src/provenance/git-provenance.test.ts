import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

import type { CodeProvenance } from '@cairnml/core'
import { provenanceConformance } from '@cairnml/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { GitProject } from '../repository/git-project.fixture.ts'
import { GitProvenance } from './git-provenance.ts'

const collect = ({ root }: GitProject, signal?: AbortSignal): Promise<CodeProvenance> =>
  new GitProvenance('git', root).collect({ signal })

provenanceConformance(
  { describe, it },
  { name: 'GitProvenance', create: () => new GitProvenance('git', import.meta.dirname) },
)

afterEach(() => vi.unstubAllEnvs())

describe('the check of a repository', () => {
  it('passes one, and says where there is none', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    await expect(new GitProvenance('git', project.root).check()).resolves.toBeUndefined()
    await rm(path.join(project.root, '.git'), { recursive: true })
    vi.stubEnv('GIT_CEILING_DIRECTORIES', path.dirname(project.root))
    await expect(new GitProvenance('git', project.root).check()).rejects.toMatchObject({
      code: 'CAIRN_COMPONENT_CHECK',
      message: 'The check of provenance (git) failed: the project is in no git repository.',
    })
    const reason = new Error('enough')
    await expect(new GitProvenance('git', project.root).check({ signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    )
  })
})

describe('a repository', () => {
  it('is told by commit and branch, clean after a commit', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    expect(await collect(project)).toEqual({
      type: 'git',
      commit: project.git('rev-parse', 'HEAD'),
      branch: 'main',
      dirty: false,
      pushed: false,
    })
  })

  it('is the same from a folder in it, with names from its top', async () => {
    await using project = await GitProject.with({ 'a.ts': '1', 'sub/b.ts': '1' })
    await project.write({ 'a.ts': '2', 'sub/b.ts': '2', 'sub/ü ber "x".ts': '' })
    expect(await collect(project.at('sub'))).toMatchObject({
      branch: 'main',
      dirty: true,
      changed: { count: 3, files: ['a.ts', 'sub/b.ts', 'sub/ü ber "x".ts'] },
    })
  })

  it('is dirty with what is staged, deleted, renamed or in conflict, and not with what is ignored', async () => {
    await using project = await GitProject.with({ '.gitignore': 'out/', 'a.ts': '1', 'b.ts': 'b', 'c.ts': 'c' })
    await project.write({ 'out/x': '1' })
    expect(await collect(project)).toMatchObject({ dirty: false })
    project.git('checkout', '--quiet', '-b', 'other')
    await project.commit({ 'a.ts': '2' })
    project.git('checkout', '--quiet', 'main')
    await project.commit({ 'a.ts': '3' })
    expect(() => project.git('merge', 'other')).toThrow('Command failed')
    project.git('mv', 'b.ts', 'd.ts')
    project.git('rm', '--quiet', '--cached', 'c.ts')
    const { changed } = await collect(project)
    expect(new Set(changed?.files)).toEqual(new Set(['a.ts', 'b.ts', 'd.ts', 'c.ts']))
  })

  it('names 50 changed files at most and counts all', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    await project.write(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`x${at}`, ''])))
    const { changed } = await collect(project)
    expect(changed?.count).toBe(60)
    expect(changed?.files).toHaveLength(50)
  })

  it('has a pushed commit where a remote is known to have it, and the address of the remote of the branch', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    project.git('clone', '--quiet', '--bare', '.', '.git/elsewhere')
    project.git('remote', 'add', 'origin', 'https://example.org/wrong.git')
    project.git('remote', 'add', 'mine', path.join(project.root, '.git/elsewhere'))
    expect(await collect(project)).toMatchObject({ pushed: false, remote: 'https://example.org/wrong.git' })
    project.git('fetch', '--quiet', 'mine')
    project.git('branch', '--quiet', '--set-upstream-to=mine/main')
    expect(await collect(project)).toMatchObject({ pushed: true, remote: path.join(project.root, '.git/elsewhere') })
    await project.commit({ 'a.ts': '2' })
    expect(await collect(project)).toMatchObject({ pushed: false })
  })

  it.each([
    ['https://ada:hunter2@example.org/team/x.git?token=hunter2#hunter2', 'https://example.org/team/x.git'],
    ['https://hunter2@example.org:8443/x.git', 'https://example.org:8443/x.git'],
    ['git@github.com:team/x.git', 'github.com:team/x.git'],
    ['ext::sh -c hunter2', undefined],
  ])('never tells the secrets of the address %s', async (address, told) => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    project.git('config', 'remote.origin.url', address)
    const found = await collect(project)
    expect(found.remote).toBe(told)
    expect(JSON.stringify(found)).not.toContain('hunter2')
    expect(found.missing !== undefined).toBe(told === undefined)
  })
})

describe('an unusual repository', () => {
  it('without a branch has none', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    project.git('checkout', '--quiet', '--detach')
    const found = await collect(project)
    expect(found).toMatchObject({ commit: project.git('rev-parse', 'HEAD'), dirty: false })
    expect(found).not.toHaveProperty('branch')
  })

  it('without a commit says so', async () => {
    await using project = await GitProject.empty()
    project.git('init', '--quiet')
    await project.write({ 'a.ts': '' })
    expect(await collect(project)).toEqual({
      type: 'git',
      dirty: true,
      changed: { count: 1, files: ['a.ts'] },
      missing: ['commit: there is none yet'],
    })
  })

  it('that is a worktree is told by its own branch', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    project.git('worktree', 'add', '--quiet', '-b', 'side', '.git/side')
    const side = project.at('.git/side')
    await side.write({ 'a.ts': '2' })
    expect(await collect(side)).toMatchObject({ branch: 'side', changed: { files: ['a.ts'] } })
    expect(await collect(project)).toMatchObject({ branch: 'main', dirty: false })
  })

  it('with submodules says that they are not looked into, and tells one that is at another commit', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    await using library = await GitProject.with({ 'b.ts': '1' })
    project.git('submodule', '--quiet', 'add', library.root, 'lib')
    await project.commit({})
    await project.write({ 'lib/b.ts': '2' })
    const missing = ['changed files: not looked for inside of submodules']
    expect(await collect(project)).toMatchObject({ dirty: false, missing })
    expect(await collect(project.at('lib'))).toMatchObject({ changed: { files: ['b.ts'] } })
    await project.at('lib').commit({})
    expect(await collect(project)).toMatchObject({ changed: { files: ['lib'] }, missing })
  })

  it('that is shallow does not know that a commit is not pushed', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    await project.commit({ 'a.ts': '2' })
    project.git('clone', '--quiet', '--depth=1', `file://${project.root}`, '.git/shallow')
    const shallow = project.at('.git/shallow')
    expect(await collect(shallow)).toMatchObject({ pushed: true, dirty: false })
    await shallow.commit({ 'a.ts': '3' })
    expect(await collect(shallow)).toMatchObject({ missing: ['whether the commit is pushed: the clone is shallow'] })
  })

  it('that is bare has no files', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    project.git('clone', '--quiet', '--bare', '.', '.git/bare')
    const missing = ['changed files: the repository is bare']
    expect(await collect(project.at('.git/bare'))).toMatchObject({ branch: 'main', missing })
  })

  it.runIf(process.getuid?.() === 0)('of another user is refused with what git advises', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    await chown(project.root, 4321, 4321)
    await chown(path.join(project.root, '.git'), 4321, 4321)
    const advice = `if you trust it: git config --global --add safe.directory ${project.root}`
    expect(await collect(project)).toEqual({
      type: 'git',
      missing: [`git refuses a repository of another user; ${advice}`],
    })
  })
})

describe('without an answer', () => {
  it('a folder outside of a repository says so', async () => {
    await using project = await GitProject.empty()
    expect(await collect(project)).toEqual({ type: 'git', missing: ['the project is in no git repository'] })
  })

  it('a machine without git says so', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    vi.stubEnv('PATH', path.join(project.root, 'nowhere'))
    expect(await collect(project)).toEqual({ type: 'git', missing: ['git is not installed'] })
  })

  it('a repository that cannot be read says why, in one clause', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    await writeFile(path.join(project.root, '.git/config'), '[core\n')
    const { missing } = await collect(project)
    expect(missing).toEqual([expect.stringMatching(/^bad config line 1 in file .*config$/)])
  })

  it('a signal that is aborted ends the wait, with its reason', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    const missing = ['it took too long']
    expect(await collect(project, AbortSignal.abort(new Error('it took too long')))).toEqual({ type: 'git', missing })
  })

  it('a git that hangs is ended with the signal', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    const bin = path.join(project.root, '.git/bin')
    await mkdir(bin)
    await writeFile(path.join(bin, 'git'), '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 })
    vi.stubEnv('PATH', `${bin}${path.delimiter}${process.env['PATH']}`)
    const late = new AbortController()
    const found = collect(project, late.signal)
    setTimeout(() => late.abort(new Error('it took too long')), 200)
    expect(await found).toEqual({ type: 'git', missing: ['it took too long'] })
  })
})

describe('a hostile repository', () => {
  it('has none of its programs started: hooks, fsmonitor, filters, diff, textconv, fetching', async () => {
    await using project = await GitProject.with({ 'a.ts': '1', 'b.bin': 'b' })
    const trap = path.join(project.root, '.git/trap')
    const sprung = path.join(project.root, '.git/sprung')
    await writeFile(trap, `#!/bin/sh\ntouch '${sprung}'\ncat\n`, { mode: 0o755 })
    for (const hook of ['post-index-change', 'post-checkout', 'fsmonitor-watchman', 'reference-transaction']) {
      await writeFile(path.join(project.root, '.git/hooks', hook), `#!/bin/sh\ntouch '${sprung}'\n`, { mode: 0o755 })
    }
    await project.commit({ '.gitattributes': '* filter=own diff=own\n' })
    const settings = ['core.fsmonitor', 'core.sshCommand', 'core.pager', 'diff.external', 'diff.own.command']
    const more = ['diff.own.textconv', 'filter.own.clean', 'filter.own.smudge', 'core.editor', 'core.askPass']
    for (const name of [...settings, ...more]) project.git('config', name, trap)
    project.git('config', 'filter.own.required', 'true')
    project.git('config', 'status.submoduleSummary', 'true')
    await project.write({ 'a.ts': '2' })
    await writeFile(path.join(project.root, 'b.bin'), 'b')
    // Making the commit has sprung it.
    await rm(sprung)
    expect(await collect(project)).toMatchObject({ changed: { files: ['a.ts'] }, branch: 'main' })
    expect(existsSync(sprung)).toBe(false)
    // The trap works: git as it is springs it.
    spawnSync('git', ['status'], { cwd: project.root })
    expect(existsSync(sprung)).toBe(true)
  })

  it('is not looked at where a filter has a name that cannot be switched off', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    project.git('config', 'filter.a=b.clean', 'cat')
    expect((await collect(project)).missing).toEqual(['the repository has a filter whose name cannot be switched off'])
  })

  it('is not changed: the index stays as it was, and nothing is left in the repository', async () => {
    await using project = await GitProject.with({ 'a.ts': '1' })
    await project.write({ 'a.ts': '1' })
    const state = (): string => project.git('hash-object', '--no-filters', '.git/index')
    const before = state()
    await collect(project)
    expect(state()).toBe(before)
  })
})
