import { chmodSync, existsSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it, vi } from 'vitest'

import { CAIRN_BIN } from '../project/installed-packages.ts'
import { temporaryProject, type RunningCommand, type TemporaryProject } from '../project/temporary-project.ts'

const WAIT_MS = 30_000

/** An npm that says that it began and works until it may end. */
const NPM = `#!/usr/bin/env node
import { appendFileSync, existsSync } from 'node:fs'
const { LOG, MAY_END, NAME } = process.env
appendFileSync(LOG, 'begins ' + NAME + '\\n')
while (!existsSync(MAY_END)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
appendFileSync(LOG, 'ends ' + NAME + '\\n')
process.exit(1)
`

function projectWithNpm(): TemporaryProject {
  const project = temporaryProject({ 'bin/npm': NPM, log: '' })
  chmodSync(project.path('bin/npm'), 0o755)
  return project
}

function envOf(project: TemporaryProject, name: string): Readonly<Record<string, string>> {
  return {
    PATH: [project.path('bin'), process.env['PATH'] ?? ''].join(path.delimiter),
    LOG: project.path('log'),
    MAY_END: project.path(`${name}-may-end`),
    NAME: name,
  }
}

describe.skipIf(process.platform === 'win32')('cairn plugin add', () => {
  it('waits for the package manager of another one that was killed, and says for which process', async () => {
    using project = projectWithNpm()
    const adds = (name: string): RunningCommand =>
      project.execute([process.execPath, CAIRN_BIN, 'plugin', 'add', name], { env: envOf(project, name) })

    const first = adds('one')
    await vi.waitFor(() => expect(project.read('log')).toBe('begins one\n'), WAIT_MS)
    first.process.kill('SIGKILL')
    await first.ended
    const second = adds('two')
    await second.process.told('Waiting for process ')
    expect(project.read('log')).toBe('begins one\n')
    const doctor = await project.cairn(['doctor'])
    project.write({ 'one-may-end': '', 'two-may-end': '' })
    const { code, stderr } = await second.ended

    expect(doctor.stdout).toMatch(/packages are being changed by process \d+ on /)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Waiting for process \d+ on \S+, which is changing the packages of this project\.$/m)
    expect(project.read('log')).toBe('begins one\nends one\nbegins two\nends two\n')
    expect(existsSync(project.path('.cairn/packages.lock'))).toBe(false)
  })

  it.each([
    ['npm', '{}'],
    ['pnpm', '{ "packageManager": "pnpm@10.1.0" }'],
    ['yarn', '{ "packageManager": "yarn@4.9.0" }'],
  ])('does not let %s change the project of a folder above', async (manager, manifest) => {
    using project = projectWithNpm()
    project.write({ 'package.json': manifest, 'inner/cairn.yaml': '', 'may-end': '' })
    const options = { cwd: 'inner', env: envOf(project, manager) }

    for (const flags of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = await project.cairn(['plugin', 'add', 's3', ...flags], options)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(
        /^CAIRN_PACKAGE_MANAGER_FAILED: .*inner has no package\.json, so it would change .*project; /,
      )
      expect(stderr).toContain(`Write {} into ${project.path('inner/package.json')}`)
    }
    expect(project.read('log')).toBe('')

    project.write({ 'inner/package.json': '{}' })
    const { stdout } = await project.cairn(['plugin', 'add', 's3', '--dry-run'], options)
    expect(stdout).toContain('@cairnml/plugin-s3')
  })
})
