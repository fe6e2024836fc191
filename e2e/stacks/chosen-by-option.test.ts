import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { TemporaryProject } from '../project/temporary-project.ts'
import { stackedProject } from './stacked-project.ts'

const APART = `artifactStore: { use: local, path: apart/artifacts }
metadataStore: { use: sqlite, path: apart/metadata.sqlite }
cachePolicy: { use: content, index: { use: sqlite, path: apart/cache.sqlite } }
`

const READING: readonly (readonly string[])[] = [
  ['run', 'list'],
  ['run', 'show'],
  ['run', 'logs'],
  ['run', 'compare', 'last', 'last'],
  ['run', 'sync'],
  ['explain'],
  ['pipeline', 'list'],
  ['pipeline', 'show', 'greeting'],
  ['pipeline', 'versions', 'greeting'],
  ['artifact', 'list'],
  ['artifact', 'show', 'count'],
  ['artifact', 'cat', 'count'],
  ['artifact', 'lineage', 'count'],
  ['cache', 'ls'],
  ['cache', 'stats'],
  ['cache', 'prune', '--keep-last', '0', '--dry-run'],
  ['cache', 'rm', 'count', '--dry-run'],
  ['cache', 'verify', 'pipeline.ts', '--seed', '1'],
  ['cache', 'accept', 'pipeline.ts', 'count', '--dry-run'],
]

describe('--stack', () => {
  let project: TemporaryProject
  beforeAll(async () => {
    project = stackedProject({ 'stacks/apart.yaml': APART })
    const ran = await project.cairn(['run', 'pipeline.ts', '--stack', 'stacks/apart.yaml', '--name', 'there'])
    expect(ran).toMatchObject({ code: 0, steps: ['count', 'letters'] })
  })
  afterAll(() => project[Symbol.dispose]())

  it.each(READING.map((command) => [command.join(' '), command] as const))(
    'names the stack of cairn %s, as CAIRN_STACK does',
    async (_, command) => {
      const byVariable = await project.cairn(command, { env: { CAIRN_STACK: 'apart' } })
      const byOption = await project.cairn([...command, '--stack', 'apart'])
      expect(byOption.code).toBe(0)
      expect({ ...byVariable, stdout: steady(byVariable.stdout) }).toEqual({
        ...byOption,
        stdout: steady(byOption.stdout),
      })
      expect(project.exists('.cairn/metadata.sqlite')).toBe(false)
    },
  )

  it('reads another stack where none is named', async () => {
    expect((await project.cairn(['run', 'list'])).stdout).toBe('No runs.\n')
  })

  it('is completed, and chooses what other words are completed from', async () => {
    const words = async (...typed: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await project.cairn(['complete', '--', ...typed])
      return stdout.split('\n').flatMap((line) => line.split('\t')[0] || [])
    }
    expect(await words('cache', 'ls', '--stack', '')).toEqual(['default', 'apart'])
    expect(await words('cache', 'ls', '--stack', 'stacks/a')).toEqual(['stacks/apart.yaml'])
    expect(await words('run', 'show', 'th')).toEqual([])
    expect(await words('run', 'show', '--stack', 'apart', 'th')).toEqual(['there'])
    expect(await words('run', 'show', '--stack=apart', 'th')).toEqual(['there'])
  })

  it('is refused beside a report, and where there is no such stack', async () => {
    const both = await project.cairn(['run', 'list', '--from', 'r.json', '--stack', 'default'])
    expect(both).toMatchObject({ code: 2, stdout: '' })
    expect(both.stderr).toContain('--from and --stack contradict one another')
    const unknown = await project.cairn(['run', 'list', '--stack', 'defualt'])
    expect(unknown.stderr).toContain('There is no stack named "defualt" (chosen by the option --stack')
    const set = await project.cairn(['stack', 'set', 'defualt'])
    expect(set).toMatchObject({ code: 2 })
    expect(set.stderr).toContain('There is no stack named "defualt". Did you mean "default"?')
  })
})

/** Ages differ from one moment to the next. */
function steady(text: string): string {
  return text.replaceAll(/\bnow\b|\d+ min ago/g, '<age>').replaceAll(/ +/g, ' ')
}
