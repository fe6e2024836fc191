import { cpSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Manifest } from '../packed/packed-manifest.ts'
import { INSTALL_MS, inPackedProject, packedProject } from '../packed/packed-project.ts'
import { REPOSITORY } from '../project/installed-packages.ts'
import type { CommandResult, TemporaryProject } from '../project/temporary-project.ts'
import { Azurite } from './azurite.ts'

const EXAMPLE = path.join(REPOSITORY, 'examples/custom-component')
const RUN = 'cairn run weekly_sales --stack blob --param asOf=2026-11-16'

describe('the example with components of its own, copied into an empty folder', { timeout: 180_000 }, () => {
  let project: TemporaryProject
  let azurite: Azurite

  beforeAll(async () => {
    // Sound for what is read of it: npm would not take a manifest of another form.
    const manifest = JSON.parse(readFileSync(path.join(EXAMPLE, 'package.json'), 'utf8')) as Manifest
    project = await packedProject({
      manager: 'npm',
      dependencies: manifest.dependencies ?? {},
      // 3.37.0 needs a package that the registry does not have.
      devDependencies: { ...manifest.devDependencies, azurite: '3.36.0' },
    })
    for (const name of ['src', 'stacks', 'test', 'cairn.yaml']) {
      cpSync(path.join(EXAMPLE, name), project.path(name), { recursive: true })
    }
    azurite = await Azurite.start(project)
  }, INSTALL_MS)

  afterAll(async () => {
    await azurite[Symbol.asyncDispose]()
    project[Symbol.dispose]()
  })

  const types = (line: string, env: Readonly<Record<string, string>> = {}): Promise<CommandResult> =>
    inPackedProject(project, ['sh', '-c', line], { env })

  it('prints what its README shows', async () => {
    const { code, stdout, stderr } = await types('node src/main.ts')
    const [, shown = 'nothing'] =
      /\n```text output\n…\n([^]*?)```/.exec(readFileSync(path.join(EXAMPLE, 'README.md'), 'utf8')) ?? []

    expect({ code, stderr, stdout }).toMatchObject({ code: 0, stderr: '' })
    expect(stdout).toContain(shown)
  })

  it('has a store that keeps all promises on Azurite, also when processes are killed there', async () => {
    const env = { BLOB_URL: await azurite.createContainer('suite'), BLOB_SAS: azurite.sas }
    const { code, stdout } = await types('node --test test/on-a-service.ts', env)

    expect(stdout).toMatch(/ pass \d\d\n. fail 0\n/)
    expect(code).toBe(0)
  })

  it('has a store that `cairn plugin check` finds to conform on Azurite', async () => {
    const options = { url: await azurite.createContainer('check'), prefix: '{fresh}/', sas: '${env:BLOB_SAS}' }
    const line = `cairn plugin check ./src/blob-store.ts --durable --options '${JSON.stringify(options)}'`
    const { code, stdout } = await types(line, { BLOB_SAS: azurite.sas })

    expect(stdout).toMatch(/^ {2}passed +ifAbsent [^]*\nIt conforms: \d\d tests passed\.\n$/m)
    expect(code).toBe(0)
  })

  it('runs its pipeline on Azurite, reuses the results, and says why it is refused but not the signature', async () => {
    const url = await azurite.createContainer('cairn')
    project.write({ 'stacks/blob.yaml': project.read('stacks/blob.yaml').replace(/http:.*/, url) })
    const env = { BLOB_SAS: azurite.sas }

    const first = await types(RUN, env)
    const second = await types(RUN.replace('16', '20'), env)
    const refused = await types(RUN, { BLOB_SAS: azurite.sas.replace(/sig=.*/, 'sig=AAAA') })

    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('Step best has finished') })
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('Using cached version of best') })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('403 AuthorizationFailure')
    expect(refused.stdout + refused.stderr).not.toContain('AAAA')
    expect(project.filesWith('.cairn', encodeURIComponent(new URLSearchParams(azurite.sas).get('sig') ?? ''))).toEqual(
      [],
    )
  })
})
