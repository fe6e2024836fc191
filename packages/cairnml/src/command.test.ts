import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

interface Manifest {
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
}

const PACKAGE = new URL('../', import.meta.url)

let manifest: Manifest
let dir: string

beforeAll(async () => {
  manifest = JSON.parse(await readFile(new URL('package.json', PACKAGE), 'utf8')) as Manifest
  dir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-command-'))
  // As package managers link what a package brings.
  for (const [name, file] of Object.entries(manifest.bin)) {
    await symlink(fileURLToPath(new URL(file, PACKAGE)), nodePath.join(dir, name))
  }
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function call(command: string, ...argv: readonly string[]): Promise<string> {
  const args = ['--conditions=@cairnml/source', nodePath.join(dir, command), ...argv]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: dir })
  return stdout
}

describe.each([['cairn'], ['cairnml']])('the command %s', (command) => {
  it('is brought by the package', () => {
    expect(Object.keys(manifest.bin)).toContain(command)
  })

  it('prints the version of the package', async () => {
    expect(await call(command, '--version')).toBe(`${manifest.version}\n`)
  })

  it('starts the commands of @cairnml/cli with that version', async () => {
    expect(await call(command, 'version')).toContain(`cairn ${manifest.version}\nnode ${process.version}\n`)
  })
})

describe('the command', () => {
  it('ends with the exit code of what it was asked for', async () => {
    await expect(call('cairn', 'rnu')).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^CAIRN_COMMAND_USAGE: .*Did you mean "run"\?/) as string,
    })
  })
})
