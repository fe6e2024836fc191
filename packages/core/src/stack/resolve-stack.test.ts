import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { DEFAULT_STACK, defineStack } from './define-stack.ts'
import type { OpenProject } from './open-project.ts'
import { resolveStack, type ChosenStack } from './resolve-stack.ts'

let projectDir: string
beforeEach(async () => {
  projectDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-choice-'))
  await mkdir(nodePath.join(projectDir, 'stacks'))
  await mkdir(nodePath.join(projectDir, '.cairn'))
})
afterEach(() => rm(projectDir, { recursive: true, force: true }))

const write = (file: string, text = ''): Promise<void> => writeFile(nodePath.join(projectDir, file), text)
const project = (stack?: string): OpenProject => ({
  dirs: { projectDir, cairnDir: nodePath.join(projectDir, '.cairn') },
  config: { pipelines: [], limits: {}, envFiles: [], stack },
})
const chosen = (option?: string, configured?: string, environment: NodeJS.ProcessEnv = {}): Promise<ChosenStack> =>
  resolveStack(option, project(configured), environment)

describe('the stack that is used', () => {
  it('is the first that is named by the run, CAIRN_STACK, cairn stack set, cairn.yaml, else the default', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await write(`stacks/${name}.yaml`)
    expect((await chosen()).choice).toEqual({ name: 'default', source: 'default' })
    expect((await chosen(undefined, 'd')).choice).toEqual({ name: 'd', source: 'project' })
    await write('.cairn/active-stack', 'c\n')
    expect((await chosen(undefined, 'd')).choice).toEqual({ name: 'c', source: 'set' })
    expect((await chosen(undefined, 'd', { CAIRN_STACK: 'b' })).choice).toEqual({ name: 'b', source: 'environment' })
    expect((await chosen('a', 'd', { CAIRN_STACK: 'b' })).choice).toEqual({ name: 'a', source: 'option' })
    expect((await chosen(undefined, 'd', { CAIRN_STACK: '' })).choice).toEqual({ name: 'c', source: 'set' })
  })

  it('may be given in code', async () => {
    const stack = defineStack({ name: 'mine' })
    expect(await resolveStack(stack, project(), {})).toEqual({
      choice: { name: 'mine', source: 'option' },
      definition: stack,
    })
  })

  it('is read afresh each time', async () => {
    await write('stacks/ci.yml', 'orchestrator: { use: local }\n')
    expect((await chosen('ci')).definition).toEqual({ name: 'ci', orchestrator: { use: 'local' } })
    await write('stacks/ci.yml', 'orchestrator: { use: other }\n')
    expect((await chosen('ci')).definition).toEqual({ name: 'ci', orchestrator: { use: 'other' } })
  })

  it('is the built-in one for the name default, unless that has a file', async () => {
    expect((await chosen('default')).definition).toBe(DEFAULT_STACK)
    await write('stacks/default.json', '{ "orchestrator": { "use": "other" } }')
    expect((await chosen('default')).definition).toEqual({ name: 'default', orchestrator: { use: 'other' } })
  })

  it('may be given by the path of its file', async () => {
    await write('stacks/ci.yaml')
    await write('other.yaml')
    const file = nodePath.join(projectDir, 'stacks', 'ci.yaml')
    const relative = nodePath.relative('', file)
    for (const given of [file, relative]) expect((await chosen(given)).choice).toEqual({ name: 'ci', source: 'option' })
    await expect(chosen(nodePath.join(projectDir, 'other.yaml'))).rejects.toMatchObject({ code: 'CAIRN_STACK_UNKNOWN' })
  })

  it('may be a file in CAIRN_STACK and cairn.yaml, too, from the current folder or from that of the project', async () => {
    await write('stacks/ci.yaml')
    const file = nodePath.join(projectDir, 'stacks', 'ci.yaml')
    for (const given of [file, nodePath.relative('', file), 'stacks/ci.yaml', './stacks/ci.yaml', 'ci']) {
      const { choice } = await chosen(undefined, undefined, { CAIRN_STACK: given })
      expect(choice).toEqual({ name: 'ci', source: 'environment' })
    }
    expect((await chosen(undefined, 'stacks/ci.yaml')).choice).toEqual({ name: 'ci', source: 'project' })
    await expect(chosen(undefined, undefined, { CAIRN_STACK: './stacks/no.yaml' })).rejects.toThrow(
      'There is no stack named "./stacks/no.yaml"',
    )
  })

  it('is the one whose file is given, where a second name leads to the same file', async () => {
    await write('stacks/b.yaml')
    await symlink('b.yaml', nodePath.join(projectDir, 'stacks', 'a.yaml'))
    for (const name of ['a', 'b']) expect((await chosen(`stacks/${name}.yaml`)).choice.name).toBe(name)
  })

  it.each(['../stacks/ci', 'stacks/ci', './ci', 'ci.yaml', 'CI', '..', '', 'a\nb'])(
    'is unknown by the name %j, whatever the file system makes of it',
    async (name) => {
      await write('stacks/ci.yaml')
      await expect(chosen(name)).rejects.toMatchObject({
        code: 'CAIRN_STACK_UNKNOWN',
        details: { name, known: ['default', 'ci'] },
      })
    },
  )

  it('is refused where two files have its name', async () => {
    await write('stacks/ci.yaml')
    await write('stacks/ci.json', '{}')
    await expect(chosen('ci')).rejects.toMatchObject({
      code: 'CAIRN_STACK_INVALID',
      details: { problem: 'ci.json and ci.yaml are both there' },
    })
  })

  it.each(['stacks', '.cairn/active-stack'])('is no other one where nobody can tell what is in %s', async (path) => {
    const place = nodePath.join(projectDir, path)
    await rm(place, { recursive: true, force: true })
    await symlink(place, place)
    await expect(chosen()).rejects.toMatchObject({
      code: 'CAIRN_CONFIG_MISSING',
      details: { file: place, problem: 'it cannot be read (ELOOP)' },
    })
  })

  it('says what chose a stack that is not there', async () => {
    await write('stacks/production.yaml')
    await write('.cairn/active-stack', 'prodution')
    await expect(chosen()).rejects.toThrow(
      'There is no stack named "prodution" (chosen by `cairn stack set`). Did you mean "production"? Known: default, production.',
    )
  })
})
