import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { pluginNextSteps, projectNextSteps } from './next-steps.ts'

let root: string
let folder: string
beforeEach(async () => {
  root = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-steps-'))
  folder = nodePath.join(root, 'app', 'my-store')
  await mkdir(folder, { recursive: true })
})
afterEach(() => rm(root, { recursive: true, force: true }))

describe('what pnpm installs in a new folder', () => {
  const installs = (): readonly (string | undefined)[] =>
    [
      projectNextSteps({ folder, name: 'my-store', files: [] }, 'pnpm'),
      pluginNextSteps({ folder, name: 'my-store', files: [] }, 'pnpm'),
    ].map(([, install]) => install)

  it('is for that folder', () => {
    expect(installs()).toEqual(['pnpm install', 'pnpm install'])
  })

  it('is for that folder also below one in which pnpm keeps settings', async () => {
    await writeFile(nodePath.join(root, 'app', 'pnpm-workspace.yaml'), 'minimumReleaseAgeExclude:\n  - cairnml@1.0.0\n')
    expect(installs()).toEqual(['pnpm install --ignore-workspace', 'pnpm install --ignore-workspace'])
  })

  it('is left to a workspace that names its packages', async () => {
    await writeFile(nodePath.join(root, 'pnpm-workspace.yaml'), 'packages:\n  - app/*\n')
    expect(installs()).toEqual(['pnpm install', 'pnpm install'])
  })

  it('is for that folder where the settings are its own', async () => {
    await writeFile(nodePath.join(folder, 'pnpm-workspace.yaml'), 'minimumReleaseAge: 0\n')
    expect(installs()).toEqual(['pnpm install', 'pnpm install'])
  })
})
