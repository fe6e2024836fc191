import { existsSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { insert, run } from '../test/records.ts'
import { scratchFolder } from '../test/scratch-folder.ts'
import plugin from './plugin.ts'

function contextIn(project: string) {
  return {
    name: 'mine',
    cairnDir: path.join(project, '.cairn'),
    projectDir: project,
    get: async () => {
      throw new Error('it needs no other component')
    },
  }
}

describe('the plugin', () => {
  it('offers a metadata store and a cache index, both of type sqlite', async () => {
    using project = scratchFolder()
    const made = await Promise.all(
      plugin.components.map(async (each) => each.create({} as never, contextIn(project.path))),
    )
    expect(plugin.components.map(({ port }) => port)).toEqual(['metadataStore', 'cacheIndex'])
    expect(made.map(({ name, type }) => [name, type])).toEqual([
      ['mine', 'sqlite'],
      ['mine', 'sqlite'],
    ])
    expect(existsSync(path.join(project.path, '.cairn'))).toBe(false)
  })

  it('puts a database where the option path says, seen from the project', async () => {
    using project = scratchFolder()
    const definition = plugin.components.find(({ port }) => port === 'metadataStore')
    // Sound: the options are those of the component's own schema.
    const options = { path: 'data/records.sqlite' } as never
    const store = await definition?.create(options, contextIn(project.path))
    if (store === undefined || !('query' in store)) throw new Error('it is no metadata store')
    await store.write([insert('run', run('r1'))])
    expect(existsSync(path.join(project.path, 'data/records.sqlite'))).toBe(true)
    expect(existsSync(path.join(project.path, '.cairn'))).toBe(false)
  })

  it.each([
    [{}, true],
    [{ path: 'x.sqlite' }, true],
    [{ path: '' }, false],
    [{ path: 1 }, false],
    [{ file: 'x' }, false],
  ])('takes the options %j: %s', async (options, accepted) => {
    for (const definition of plugin.components) {
      const schema = await definition.options?.()
      const result = await schema?.['~standard'].validate(options)
      expect(result !== undefined && result.issues === undefined).toBe(accepted)
    }
  })
})
