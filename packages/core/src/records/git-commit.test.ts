import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, expect, it } from 'vitest'

import { gitCommit } from './git-commit.ts'

const dir = mkdtempSync(join(tmpdir(), 'cairn-git-'))
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir)
})

function git(cwd: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'init.defaultBranch=main']
  return execFileSync('git', [...identity, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
}

function repository(): string {
  git(dir, 'init')
  writeFileSync(join(dir, 'a'), 'a')
  git(dir, 'add', '.')
  git(dir, 'commit', '-m', 'one')
  return git(dir, 'rev-parse', 'HEAD')
}

it('is that of the branch, from any folder below', () => {
  const commit = repository()
  mkdirSync(join(dir, 'b/c'), { recursive: true })
  expect(gitCommit(join(dir, 'b/c'))).toBe(commit)
})

it('is found where branches are packed, and without a branch', () => {
  const commit = repository()
  git(dir, 'pack-refs', '--all')
  expect(gitCommit(dir)).toBe(commit)
  git(dir, 'checkout', '--detach')
  expect(gitCommit(dir)).toBe(commit)
})

it('is that of a worktree, in a worktree', () => {
  const first = repository()
  git(dir, 'worktree', 'add', '-b', 'other', 'tree')
  const tree = join(dir, 'tree')
  git(tree, 'commit', '--allow-empty', '-m', 'two')
  expect(gitCommit(tree)).toBe(git(tree, 'rev-parse', 'HEAD'))
  expect(gitCommit(dir)).toBe(first)
})

it('is none in a repository without commits, and in a damaged one', () => {
  git(dir, 'init')
  expect(gitCommit(dir)).toBeUndefined()
  writeFileSync(join(dir, '.git/HEAD'), 'ref: ../../secret\n')
  expect(gitCommit(dir)).toBeUndefined()
})

it('is none outside of a repository', () => {
  expect(gitCommit(dir)).toBeUndefined()
})
