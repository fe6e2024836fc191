import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { stackedProject } from './stacked-project.ts'

const BASE = 'artifactStore: { use: local, path: base }\n'

describe('a stack that others extend', () => {
  it('is renamed in every file that names it, behind links and outside of stacks/, too', async () => {
    using project = stackedProject({
      'stacks/base.yaml': BASE,
      'shared/mid.yaml': 'extends: ../stacks/base.yaml # mid\n',
      'shared/linked.yaml': 'extends: ../stacks/base.yaml # linked\n',
      'stacks/top.yaml': 'extends: ../shared/mid.yaml\n',
      'stacks/other.yaml': 'extends: ../shared/mid.yaml\n',
    })
    symlinkSync('../shared/linked.yaml', project.path('stacks/linked.yaml'))
    const { code, stdout } = await project.cairn(['stack', 'rename', 'base', 'basis'])
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Stack base is renamed: stacks/basis.yaml.\nIt is extended by linked, other, top: changed there, too.\n',
    })
    expect(project.read('shared/mid.yaml')).toBe('extends: ../stacks/basis.yaml # mid\n')
    expect(project.read('shared/linked.yaml')).toBe('extends: ../stacks/basis.yaml # linked\n')
    for (const name of ['top', 'linked', 'other']) {
      expect((await project.cairn(['stack', 'export', name])).stdout).toContain('path: base')
    }
    expect(project.exists('stacks/base.yaml')).toBe(false)
  })

  it('is not deleted where others extend it by way of a file in another folder', async () => {
    using project = stackedProject({
      'stacks/base.yaml': BASE,
      'shared/mid.yaml': 'extends: ../stacks/base.yaml\n',
      'stacks/top.yaml': 'extends: ../shared/mid.yaml\n',
    })
    const { code, stderr } = await project.cairn(['stack', 'delete', 'base', '--yes'])
    expect(code).toBe(2)
    expect(stderr).toContain('it is extended by top')
    expect(project.exists('stacks/base.yaml')).toBe(true)
  })

  it('is copied from behind a link with what it extends', async () => {
    using project = stackedProject({
      'shared/base.yaml': BASE,
      'shared/ci.yaml': 'extends: ./base.yaml # ours\n',
      'stacks/.keep': '',
    })
    symlinkSync('../shared/ci.yaml', project.path('stacks/ci.yaml'))
    expect((await project.cairn(['stack', 'copy', 'ci', 'night'])).code).toBe(0)
    expect(project.read('stacks/night.yaml')).toBe('extends: ../shared/base.yaml # ours\n')
    expect((await project.cairn(['stack', 'validate', 'night'])).code).toBe(0)
  })
})

describe('a stack that is set', () => {
  it('stays set under its new name, and is not deleted, whatever CAIRN_STACK says', async () => {
    using project = stackedProject({ 'stacks/ci.yaml': BASE })
    const env = { CAIRN_STACK: 'default' }
    await project.cairn(['stack', 'set', 'ci'])
    await project.cairn(['stack', 'rename', 'ci', 'night'], { env })
    expect(project.read('.cairn/active-stack')).toBe('night\n')
    const deleted = await project.cairn(['stack', 'delete', 'night', '--yes'], { env })
    expect(deleted.code).toBe(2)
    expect(deleted.stderr).toContain('it is set on this machine; cairn stack set another one first')
    expect(project.exists('stacks/night.yaml')).toBe(true)
  })

  it('is not deleted where it is set by cairn.yaml', async () => {
    using project = stackedProject({ 'cairn.yaml': 'stack: ci\n', 'stacks/ci.yaml': BASE })
    const { code, stderr } = await project.cairn(['stack', 'delete', 'ci', '--yes'])
    expect(code).toBe(2)
    expect(stderr).toContain('cairn.yaml says `stack: ci`; change that first')
    expect(project.exists('stacks/ci.yaml')).toBe(true)
  })
})

describe('what only looks like a stack file', () => {
  it.skipIf(process.platform === 'win32').each(['update', 'copy', 'remove-component', 'delete', 'rename'])(
    'is refused with a code by cairn stack %s, or is gone',
    async (command) => {
      using project = stackedProject({ 'stacks/.keep': '' })
      const rest = { update: ['--orchestrator', 'local'], 'remove-component': ['orchestrator'], delete: ['--yes'] }[
        command
      ]
      execFileSync('/usr/bin/mkfifo', [project.path('stacks/pipe.yaml')])
      mkdirSync(project.path('stacks/folder.yaml'))
      symlinkSync('nowhere.yaml', project.path('stacks/dangling.yaml'))
      for (const name of ['pipe', 'folder', 'dangling']) {
        const { code, stderr } = await project.cairn(['stack', command, name, ...(rest ?? ['other'])])
        if (code === 0) await project.cairn(['stack', 'delete', 'other', '--yes'])
        else expect(stderr).toMatch(/^CAIRN_(?:CONFIG_INVALID|CONFIG_MISSING|STACK_FILE): /)
        expect({ name, code }).toEqual({ name, code: name === 'folder' || !/delete|rename/.test(command) ? 2 : 0 })
      }
    },
  )

  it('is told apart by cairn stack set: a file elsewhere, none, and one whose name no stack can have', async () => {
    using project = stackedProject({ 'elsewhere.yaml': BASE, 'stacks/ünï.yaml': BASE })
    const said = async (file: string): Promise<string> => (await project.cairn(['stack', 'set', file])).stderr
    expect(await said('elsewhere.yaml')).toMatch(/^CAIRN_STACK_FILE: .*cairn stack import copies one there/)
    expect(await said('./none.yaml')).toMatch(/^CAIRN_CONFIG_MISSING: The stack needs the file none.yaml/)
    expect(await said('stacks/ünï.yaml')).toMatch(/^CAIRN_NAME_INVALID: The stack name "ünï"/)
  })
})

describe('cairn stack export', () => {
  it('says where it cannot write, and replaces no folder', async () => {
    using project = stackedProject({ 'stacks/ci.yaml': BASE, 'out/.keep': '', 'file.txt': 'x' })
    symlinkSync('nowhere', project.path('dangling.yaml'))
    for (const [path, problem] of [
      ['out', 'a folder is there'],
      ['out --force', 'a folder is there'],
      ['file.txt', 'something is there already'],
      ['dangling.yaml', 'something is there already'],
      ['file.txt/ci.yaml', 'nothing can be written there ('],
    ] as const) {
      const { code, stderr } = await project.cairn(['stack', 'export', 'ci', ...path.split(' ')])
      expect(code).toBe(2)
      expect(stderr).toMatch(/^CAIRN_EXPORT_FAILED: /)
      expect(stderr).toContain(problem)
    }
    expect(project.read('file.txt')).toBe('x')
  })
})
