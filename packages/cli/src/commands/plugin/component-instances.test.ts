import { mkdtempDisposable } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { ARTIFACT_STORE, artifactStore, MemoryArtifactStore, type ComponentContext } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { ComponentInstances } from './component-instances.ts'

interface Opened {
  readonly options: object
  readonly context: ComponentContext
}

async function withInstances(
  given: Readonly<Record<string, unknown>>,
  use: (instances: ComponentInstances, opened: readonly Opened[]) => Promise<void>,
): Promise<void> {
  await using dir = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-instances-'))
  const opened: Opened[] = []
  const definition = artifactStore<object>({
    options: async () => z.looseObject({}),
    create: (options, context) => {
      opened.push({ options, context })
      return new MemoryArtifactStore()
    },
  })
  const component = { port: 'artifactStore', use: 'a', plugin: 'a', type: 'a', definition } as const
  await use(new ComponentInstances({ component, given, folder: dir.path, projectDir: dir.path }), opened)
}

describe('components under test', () => {
  it('have a folder and a word of their own each', async () => {
    await withInstances({ deep: ['{fresh}/x'], count: 1 }, async (instances, opened) => {
      await instances.create()
      await instances.create()
      const [first, second] = opened
      expect(first?.options).toEqual({ deep: [expect.stringMatching(/^[0-9a-f-]{36}\/x$/)], count: 1 })
      expect(first?.options).not.toEqual(second?.options)
      expect(first?.context.projectDir).not.toBe(second?.context.projectDir)
    })
  })

  it('are opened again with the same folder and word', async () => {
    await withInstances({ prefix: '{fresh}' }, async (instances, opened) => {
      await instances.reopen(await instances.create())
      expect(opened[1]?.options).toEqual(opened[0]?.options)
      expect(opened[1]?.context.cairnDir).toBe(opened[0]?.context.cairnDir)
    })
  })

  it('find other components of a stack in memory', async () => {
    await withInstances({}, async (instances, opened) => {
      await instances.create()
      expect((await opened[0]?.context.get(ARTIFACT_STORE))?.type).toBe('memory')
    })
  })

  it.each([undefined, {}])('are refused where create gives %o', async (given) => {
    await using dir = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-instances-'))
    // Sound: plain JavaScript may give anything.
    const definition = artifactStore({ create: () => given as never })
    const component = { port: 'artifactStore', use: 'a', plugin: 'a', type: 'a', definition } as const
    const instances = new ComponentInstances({ component, given: {}, folder: dir.path, projectDir: dir.path })
    await expect(instances.create()).rejects.toMatchObject({ code: 'CAIRN_PLUGIN_INVALID' })
  })
})

it('say of options that do not fit how they are given, with those that are required', async () => {
  const options = async () => z.strictObject({ bucket: z.string(), prefix: z.string().optional() })
  const definition = artifactStore({ options, create: () => new MemoryArtifactStore() })
  const component = { port: 'artifactStore', use: 'a', plugin: 'a', type: 'a', definition } as const
  const of = (given: Readonly<Record<string, unknown>>): ComponentInstances =>
    new ComponentInstances({ component, given, folder: '.', projectDir: '.' })

  await expect(of({}).assertOptions()).rejects.toMatchObject({
    code: 'CAIRN_COMPONENT_OPTIONS',
    hint: expect.stringContaining(`by --options '{"bucket":"…"}', with --port where`) as string,
  })
  await of({ bucket: '{fresh}' }).assertOptions()
})
