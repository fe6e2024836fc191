import { chmodSync, lstatSync, statSync, symlinkSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { OWN_STORE, stackedProject } from './stacked-project.ts'

describe('a stack file that a command changes', () => {
  it('is changed where it lies, behind a link, and keeps its permissions', async () => {
    using project = stackedProject({
      'shared/ci.yaml': 'artifactStore: { use: local, path: one }\n',
      'stacks/.keep': '',
    })
    symlinkSync('../shared/ci.yaml', project.path('stacks/ci.yaml'))
    chmodSync(project.path('shared/ci.yaml'), 0o640)
    const { code } = await project.cairn(['stack', 'update', 'ci', '--artifact-store', 'local path=two'])
    expect(code).toBe(0)
    expect(lstatSync(project.path('stacks/ci.yaml')).isSymbolicLink()).toBe(true)
    expect(project.read('shared/ci.yaml')).toBe('artifactStore: { use: local, path: two }\n')
    if (process.platform !== 'win32') expect(statSync(project.path('shared/ci.yaml')).mode & 0o777).toBe(0o640)
  })

  it('keeps what aliases mean where their anchor goes', async () => {
    using project = stackedProject({
      'stacks/ci.yaml': 'metadataStore: &db { use: sqlite }\ncachePolicy: { use: content, index: *db }\n',
    })
    const { code, stderr } = await project.cairn(['stack', 'remove-component', 'ci', 'metadata-store'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(project.read('stacks/ci.yaml')).toBe('cachePolicy: { use: content, index: { use: sqlite } }\n')
  })
})

describe('a stack that cannot be used', () => {
  it.each([
    ['two documents', 'orchestrator: { use: local }\n---\n{}\n', /stacks\/bad.yaml:2:1: a second document/],
    [
      'a URL in place of a plugin',
      'artifactStore: { use: "https://x.example/s.js" }\n',
      /bad.yaml:1:23\).*neither the name/,
    ],
    ['a library in place of a plugin', 'artifactStore: { use: zod }\n', /bad.yaml:1:23\).*the package zod.*no plugin/],
  ])('says where it holds %s', async (_what, text, said) => {
    using project = stackedProject({ 'stacks/bad.yaml': text })
    const { code, stdout, stderr } = await project.cairn(['stack', 'set', 'bad'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^CAIRN_/)
    expect(stderr.split('\n')[0]).toMatch(said)
    expect(project.exists('.cairn/active-stack')).toBe(false)
  })

  it('does not show a secret that its component throws', async () => {
    using project = stackedProject({
      'own-store.ts': OWN_STORE.replace("'the token is wrong'", '`wrong token ${token}`'),
      'stacks/own.yaml': 'artifactStore: { use: ./own-store.ts, folder: x, token: "${env:OWN_TOKEN}" }\n',
    })
    const env = { OWN_TOKEN: 'swordfish-7' }
    const calls = [
      ['stack', 'validate', 'own', '--allow-code', '--check', '--json'],
      ['doctor', '--stack', 'own', '--allow-code'],
      ['run', 'pipeline.ts', '--stack', 'own', '--debug'],
    ]
    for (const call of calls) {
      const { code, stdout, stderr } = await project.cairn(call, { env })
      expect({ call, code }).toEqual({ call, code: 2 })
      expect(stdout + stderr).toContain('wrong token ***')
      expect(stdout + stderr).not.toContain('swordfish-7')
    }
  })
})
