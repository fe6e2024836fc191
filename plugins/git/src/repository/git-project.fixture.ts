import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

const USER = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgSign=false']

/** A folder of its own with real repositories in it. */
export class GitProject implements AsyncDisposable {
  readonly root: string

  constructor(root: string) {
    this.root = root
  }

  /** A folder without a repository. */
  static async empty(): Promise<GitProject> {
    return new GitProject(await realpath(await mkdtemp(path.join(os.tmpdir(), 'cairn-git-'))))
  }

  /** A repository on the branch `main` with these files committed. */
  static async with(files: Readonly<Record<string, string>>): Promise<GitProject> {
    const project = await GitProject.empty()
    project.git('init', '--quiet', '--initial-branch=main')
    await project.commit(files)
    return project
  }

  /** A folder below the root as a project of its own. */
  at(folder: string): GitProject {
    return new GitProject(path.join(this.root, folder))
  }

  /** What git prints, without the line end. */
  git(...args: readonly string[]): string {
    return execFileSync('git', [...USER, '-c', 'protocol.file.allow=always', ...args], {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trimEnd()
  }

  /** Writes files and commits everything. */
  async commit(files: Readonly<Record<string, string>>): Promise<string> {
    await this.write(files)
    this.git('add', '--all')
    this.git('commit', '--quiet', '--allow-empty', '--message=change')
    return this.git('rev-parse', 'HEAD')
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.root, name)
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, content)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true })
  }
}
