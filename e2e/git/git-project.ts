import { execFileSync } from 'node:child_process'

import { temporaryProject, type ProjectFiles, type TemporaryProject } from '../project/temporary-project.ts'

/** A secret that stands in the address of the project's remote. */
export const REMOTE_SECRET = 'hunter2-in-the-address'

const IGNORED = 'node_modules/\n.cairn/\n'

/** A pipeline of one step on a stack with these parts of the git plugin. */
export function trainingOn(parts: string): string {
  return `import { gitPolicy, gitProvenance } from '@cairnml/plugin-git'
import { defineStack, pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'
import { rate } from './src/rate.ts'

const stack = defineStack({ name: 'traced', ${parts} })
const params = z.object({ gamma: z.number() })
const train = step({ name: 'train', params, output: z.number() }).implement(({ gamma }) => {
  ran('train')
  return gamma * rate
})
const training = pipeline({ name: 'training', params, build: ({ gamma }) => train({ gamma }) })
await training.run({ gamma: Number(process.env.GAMMA ?? 1) }, { stack })
void [gitPolicy, gitProvenance]
`
}

/** A project in a repository of its own on the branch `main`, whose remote's address holds a secret. */
export function gitProject(files: ProjectFiles): TemporaryProject {
  const project = temporaryProject({ '.gitignore': IGNORED, 'src/rate.ts': 'export const rate = 2\n', ...files })
  git(project, 'init', '--quiet', '--initial-branch=main')
  git(project, 'remote', 'add', 'origin', `https://ada:${REMOTE_SECRET}@example.org/team/x.git?t=${REMOTE_SECRET}`)
  commit(project)
  return project
}

/** Commits all files. */
export function commit(project: TemporaryProject): string {
  git(project, 'add', '--all')
  git(project, 'commit', '--quiet', '--message', 'State of a test')
  return git(project, 'rev-parse', 'HEAD')
}

/** What git prints in a project. */
export function git(project: TemporaryProject, ...args: readonly string[]): string {
  const user = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgSign=false']
  return execFileSync('git', [...user, ...args], { cwd: project.dir, encoding: 'utf8', stdio: 'pipe' }).trim()
}
