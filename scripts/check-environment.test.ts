import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SCRIPT = join(import.meta.dirname, 'check-environment.mjs')

function check(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8', env })
  return { status, line: stderr.trim() }
}

describe('check-environment', () => {
  it.each(['pnpm/12.4.2 npm/? node/v24.21.0 linux x64', 'pnpm/12.9.0 npm/? node/v20.0.0 linux x64'])(
    'lets %s install',
    (agent) => {
      expect(check(['install'], { npm_config_user_agent: agent })).toEqual({ status: 0, line: '' })
    },
  )

  it.each([
    ['npm/11.19.1 node/v20.20.2 linux x64', 'npm 11'],
    ['pnpm/9.15.0 npm/? node/v20.20.2 linux x64', 'pnpm 9'],
    ['', 'an unknown installer'],
  ])('refuses "%s" in one line that names the remedy', (agent, found) => {
    expect(check(['install'], { npm_config_user_agent: agent })).toEqual({
      status: 1,
      line: `This repository is installed by pnpm 12.4.2, not by ${found}. Run: npm run bootstrap`,
    })
  })

  it('accepts the Node that runs these tests', () => {
    expect(check(['node'])).toEqual({ status: 0, line: '' })
  })
})
