import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { linkPackages, REPOSITORY } from '../project/installed-packages.ts'
import { folderContent } from '../project/local-state.ts'
import { TemporaryProject, temporaryProject } from '../project/temporary-project.ts'

/** An empty folder in which the command can be called. */
function emptyFolder(): TemporaryProject {
  const project = new TemporaryProject('My Project')
  project.write({ 'placeholder.txt': '' })
  return project
}

const tsc = (cwd: string): string =>
  execFileSync(process.execPath, [path.join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', '.'], {
    cwd,
    encoding: 'utf8',
  })

describe('cairn init', () => {
  it('writes a project that runs and type-checks, and nothing the second time', async () => {
    using project = emptyFolder()

    const first = await project.cairn(['init', '--yes'])
    const written = folderContent(project, '.')
    const second = await project.cairn(['init', '--yes'])

    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/^In \., where nothing is overwritten:\n(?: {2}write .*\n){5}Next:\n {2}npm install\n/)
    expect(JSON.parse(project.read('package.json'))).toMatchObject({ name: 'my-project', type: 'module' })
    expect(project.read('.gitignore')).toBe('node_modules/\n.cairn/\n')
    expect(second).toMatchObject({ code: 0, stderr: '' })
    expect(second.stdout).toContain('nothing is written')
    expect(folderContent(project, '.')).toEqual(written)

    linkPackages(project.dir)
    mkdirSync(project.path('node_modules/@types'))
    symlinkSync(path.join(REPOSITORY, 'node_modules/@types/node'), project.path('node_modules/@types/node'), 'junction')
    const run = await project.cairn(['run', 'hello', '--param', 'name=you'])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain('"Hello, you!" has 8 letters.')
    expect(tsc(project.dir)).toBe('')
  })

  it('keeps what is there, and adds the one line to .gitignore', async () => {
    using project = temporaryProject({
      'package.json': '{ "name": "own", "packageManager": "pnpm@10.0.0" }\n',
      'tsconfig.json': '{}\n',
      '.gitignore': 'dist',
      'src/hello.pipeline.mts': '// mine\n',
    })

    const run = await project.cairn(['init', '-y'])

    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(project.read('package.json')).toBe('{ "name": "own", "packageManager": "pnpm@10.0.0" }\n')
    expect(project.read('tsconfig.json')).toBe('{}\n')
    expect(project.read('.gitignore')).toBe('dist\n.cairn/\n')
    expect(project.read('src/hello.pipeline.mts')).toBe('// mine\n')
    expect(project.read('cairn.yaml')).toContain('src/**/*.pipeline.mts')
    expect(run.stdout).toContain('pnpm cairn run hello')
  })

  it('writes a pipeline that runs where packages are CommonJS', async () => {
    using project = temporaryProject({ 'package.json': '{ "name": "own", "type": "commonjs" }\n' })

    await project.cairn(['init', '--yes'])

    expect(await project.cairn(['run', 'hello'])).toMatchObject({ code: 0, stderr: '' })
  })

  it('makes the folder that it is given', async () => {
    using project = temporaryProject({})

    const run = await project.cairn(['init', 'new/one', '--yes', '--json'])

    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(run.stdout)).toMatchObject({
      format: 'cairn.init/1',
      written: true,
      files: expect.arrayContaining([{ path: 'cairn.yaml', action: 'write' }]) as unknown,
      next: ['cd new/one', 'npx cairn run hello'],
    })
    expect(project.exists('new/one/src/hello.pipeline.ts')).toBe(true)
  })

  it('writes nothing with --dry-run, nor where there is nobody to ask', async () => {
    using project = emptyFolder()
    const before = folderContent(project, '.')

    const dry = await project.cairn(['init', '--dry-run'])
    const silent = await project.cairn(['init'])

    expect(dry).toMatchObject({ code: 0, stderr: '' })
    expect(dry.stdout).toContain('cairn.yaml')
    expect(silent.code).toBe(2)
    expect(silent.stderr).toMatch(/^CAIRN_CONFIRMATION_MISSING: /)
    expect(folderContent(project, '.')).toEqual(before)
  })

  it('refuses a file and more than one folder', async () => {
    using project = temporaryProject({})

    for (const args of [['package.json'], ['a', 'b'], ['--froce']]) {
      const run = await project.cairn(['init', ...args])
      expect(run.code).toBe(2)
      expect(run.stderr).toMatch(/^CAIRN_COMMAND_USAGE: /)
    }
  })
})
