import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

import type { ArtifactStore, ComponentContext, Orchestrator } from '@cairnml/core'
import { temporaryFolder } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import plugin, { localArtifactStore, localOrchestrator } from './index.ts'

const [orchestrator, artifactStore] = plugin.components

function contextIn(project: string): ComponentContext {
  return {
    name: 'mine',
    cairnDir: path.join(project, '.cairn'),
    projectDir: project,
    get: () => Promise.reject(new Error('it needs no other component')),
  }
}

async function storeIn(project: string, options: object): Promise<ArtifactStore> {
  // Sound: the options are those of the component's own schema, and so is the port.
  return (await artifactStore?.create(options as never, contextIn(project))) as ArtifactStore
}

describe('the plugin', () => {
  it('offers an orchestrator and an artifact store', () => {
    expect(plugin.name).toBe('local')
    expect(plugin.components.map(({ port }) => port)).toEqual(['orchestrator', 'artifactStore'])
  })

  it('puts artifacts into the local folder, or where the option path says', async () => {
    await using project = await temporaryFolder()
    for (const options of [{}, { path: 'elsewhere' }]) {
      const store = await storeIn(project.path, options)
      expect([store.name, store.type]).toEqual(['mine', 'local'])
      await store.put('a', Buffer.from('x'))
    }
    expect(existsSync(path.join(project.path, '.cairn/artifacts/a'))).toBe(true)
    expect(existsSync(path.join(project.path, '.cairn/.gitignore'))).toBe(true)
    expect(existsSync(path.join(project.path, 'elsewhere/a'))).toBe(true)
  })

  it('runs as many steps at once as the option concurrency says, else at least two', async () => {
    const make = async (options: object): Promise<Orchestrator> =>
      // Sound: the options are those of the component's own schema, and so is the port.
      (await orchestrator?.create(options as never, contextIn('/project'))) as Orchestrator
    expect((await make({ concurrency: 7 })).concurrency).toBe(7)
    expect((await make({})).concurrency).toBeGreaterThanOrEqual(2)
    expect((await make({})).name).toBe('mine')
  })

  it.each([
    [orchestrator, { concurrency: 3 }, true],
    [orchestrator, { concurrency: 0 }, false],
    [orchestrator, { concurrency: 1.5 }, false],
    [orchestrator, { concurrency: '2' }, false],
    [orchestrator, { path: 'x' }, false],
    [artifactStore, { path: '/mnt/cache' }, true],
    [artifactStore, { path: '' }, false],
    [artifactStore, { folder: 'x' }, false],
  ])('%# takes or refuses options', async (definition, options, isTaken) => {
    const result = await (await definition?.options?.())?.['~standard'].validate(options)
    expect(result !== undefined && result.issues === undefined).toBe(isTaken)
  })

  it('is named in a stack in code', () => {
    expect(localArtifactStore({ path: 'x' })).toEqual({ use: '@cairnml/plugin-local', path: 'x' })
    expect(localOrchestrator()).toEqual({ use: '@cairnml/plugin-local' })
  })

  it('loads neither zod nor a component when it is imported', () => {
    const script = `
      const loaded = []
      const { registerHooks } = await import('node:module')
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
      await import(${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))})
      console.log(loaded.filter((url) => /zod|local-artifact-store|local-orchestrator|options-schema/.test(url)).join())`
    const args = ['--conditions=@cairnml/source', '--input-type=module', '--eval', script]
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' }).trim()).toBe('')
  })
})
