import { spawnSync } from 'node:child_process'

import { describe, expect, it } from 'vitest'

import { greetingProject } from '../command/greeting-project.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'
import { ShellSession, type Shell } from './shell-session.ts'

/** Everything that means something to a shell. */
const HOSTILE = `we$(touch pwned)'i"r\`touch pwned\`d; touch pwned & $HOME [x] *!~#.ts`

function isInstalled(shell: Shell): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0
}

async function project(): Promise<TemporaryProject> {
  const made = greetingProject({
    [HOSTILE]: '',
    'my dir/inner file.ts': '',
    'cairn.yaml': "pipelines: ['pipeline.ts']\n",
  })
  await made.cairn(['run', 'pipeline.ts', '--name', 'first'])
  return made
}

/** What is typed, and the arguments that the command then gets. */
const LINES: readonly (readonly [string, readonly string[]])[] = [
  ['cairn expl\t', ['explain']],
  ['cairn run sh\tfir\t', ['run', 'show', 'first']],
  ['cairn run gree\t', ['run', 'greeting']],
  ['cairn run we\t', ['run', HOSTILE]],
  ["cairn run 'we\t", ['run', HOSTILE]],
  ['cairn run "we\t', ['run', HOSTILE]],
  ['cairn run my\tinn\t', ['run', 'my dir/inner file.ts']],
  ['cairn run x.ts --failure-m\tcont\t', ['run', 'x.ts', '--failure-mode', 'continue-on-failure']],
  ['cairn run x.ts --cache=wr\t', ['run', 'x.ts', '--cache=write']],
  ['cairn run show greeting@\t', ['run', 'show', 'greeting@last']],
  ['cairn sweep x.ts --param ti\t1,2', ['sweep', 'x.ts', '--param', 'times=1,2']],
  ['cairn artifact cat first/co\t', ['artifact', 'cat', 'first/count']],
]

describe.each<Shell>(['bash', 'zsh', 'fish'])('an interactive %s', (shell) => {
  const missing = isInstalled(shell) ? undefined : `${shell} is not installed`

  it.skipIf(missing !== undefined)(
    `completes words as they have to be quoted${missing === undefined ? '' : ` (${missing})`}`,
    async () => {
      using made = await project()
      using session = await ShellSession.start(shell, made)
      const got: (readonly [string, readonly string[]])[] = []
      for (const [line] of LINES) got.push([line, await session.typed(line)])
      expect(got).toEqual(LINES)
      expect(made.exists('pwned')).toBe(false)
    },
    120_000,
  )

  it.skipIf(missing !== undefined)(
    `runs nothing of what is typed when it completes${missing === undefined ? '' : ` (${missing})`}`,
    async () => {
      using made = await project()
      using session = await ShellSession.start(shell, made)
      for (const word of [
        '$(touch pwned)x',
        '`touch pwned`',
        '"$(touch pwned)"',
        "'$(touch pwned)'",
        '<(touch pwned)',
      ]) {
        session.tried(`cairn run ${word} sh`)
      }
      expect(await session.typed('cairn expl\t')).toEqual(['explain'])
      expect(made.exists('pwned')).toBe(false)
    },
    120_000,
  )
})
