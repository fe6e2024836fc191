import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/**
 * The commit that a folder of a git repository is at, as hex, or `undefined` where there is none. It is read as git lays
 * it out (gitrepository-layout(5)), without starting git; whether files differ from it is not looked at.
 */
export function gitCommit(folder: string): string | undefined {
  for (let dir = resolve(folder); ; dir = dirname(dir)) {
    const gitDir = gitDirOf(dir)
    if (gitDir !== undefined) return commitIn(gitDir)
    if (dirname(dir) === dir) return undefined
  }
}

/** `.git`, or the folder that a file of that name points to: a worktree or a submodule. */
function gitDirOf(dir: string): string | undefined {
  const path = join(dir, '.git')
  if (read(join(path, 'HEAD')) !== undefined) return path
  const [, target] = /^gitdir: (.+)$/m.exec(read(path) ?? '') ?? []
  return target === undefined ? undefined : resolve(dir, target.trim())
}

function commitIn(gitDir: string): string | undefined {
  const head = read(join(gitDir, 'HEAD'))?.trim() ?? ''
  const [, ref] = /^ref: (refs\/[^\0]+)$/.exec(head) ?? []
  if (ref === undefined) return COMMIT.test(head) ? head : undefined
  // A worktree has its own HEAD; branches are those of the repository.
  const common = resolve(gitDir, read(join(gitDir, 'commondir'))?.trim() ?? '.')
  const loose = read(join(common, ref))?.trim()
  const found = loose ?? packedCommit(common, ref)
  return found !== undefined && COMMIT.test(found) ? found : undefined
}

function packedCommit(common: string, ref: string): string | undefined {
  const line = read(join(common, 'packed-refs'))
    ?.split('\n')
    .find((text) => text.endsWith(` ${ref}`))
  return line?.split(' ', 1)[0]
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
