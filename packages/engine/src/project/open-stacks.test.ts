import { mkdir, rm, writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import { METADATA_STORE, MemoryMetadataStore, metadataStore, type StackDefinition } from '@cairnml/core'
import { memoryStack, temporaryFolder } from '@cairnml/testing'
import { afterEach, describe, expect, it } from 'vitest'

import { closeStacks, keptStack } from './open-stacks.ts'

/** A stack that tells when its metadata store is closed. */
function closable(closed: string[]): StackDefinition {
  class Closable extends MemoryMetadataStore implements AsyncDisposable {
    async [Symbol.asyncDispose](): Promise<void> {
      closed.push('closed')
    }
  }
  return { ...memoryStack(), metadataStore: { component: metadataStore({ create: () => new Closable() }) } }
}

/** Of every port a component, none of which is ever created. */
const OWN_PLUGIN = `const create = () => ({})
const ports = ['artifactStore', 'metadataStore', 'cacheIndex'].map((port) => ({ port, create }))
const orchestrators = ['one', 'other'].map((type) => ({ port: 'orchestrator', type, create }))
export default { name: 'own', components: [...ports, ...orchestrators] }
`

const environment = { cairnDir: '/nowhere/.cairn', projectDir: '/nowhere', fallbackDirs: [] }

afterEach(closeStacks)

describe('keptStack', () => {
  it('opens a stack once, also for runs that begin at once, and gives each definition its own', async () => {
    const stack = memoryStack()
    const [a, b] = await Promise.all([keptStack(stack, environment), keptStack(stack, environment)])
    expect(a).toBe(b)
    expect(await keptStack(memoryStack(), environment)).not.toBe(a)
  })

  it('is the same for a file as long as it says the same', async () => {
    await using folder = await temporaryFolder()
    await writeFile(nodePath.join(folder.path, 'own.mjs'), OWN_PLUGIN)
    const written = { ...environment, projectDir: folder.path, place: () => 'stacks/ci.yaml:1:1' }
    const ci = (orchestrator: string): StackDefinition => ({
      name: 'ci',
      orchestrator: { use: `./own.mjs#${orchestrator}` },
      artifactStore: { use: './own.mjs' },
      metadataStore: { use: './own.mjs' },
      cachePolicy: { use: 'content', index: { use: './own.mjs' } },
    })
    const first = await keptStack(ci('one'), written)
    expect(await keptStack(ci('one'), written)).toBe(first)
    expect(await keptStack(ci('other'), written)).not.toBe(first)
  })

  it('is closed with its components, and opened afresh after that', async () => {
    const closed: string[] = []
    const stack = closable(closed)
    const before = await keptStack(stack, environment)
    await before.get(METADATA_STORE)
    await closeStacks()
    expect(closed).toEqual(['closed'])
    expect(await keptStack(stack, environment)).not.toBe(before)
  })

  it('tries again when it could not be opened', async () => {
    const stack = { name: 'broken', orchestrator: { use: 'no-such-plugin' } }
    await expect(keptStack(stack, environment)).rejects.toMatchObject({ code: 'CAIRN_PLUGIN_MISSING' })
    await expect(keptStack(stack, environment)).rejects.toMatchObject({ code: 'CAIRN_PLUGIN_MISSING' })
  })

  it('is opened afresh when somebody removed the folder of its state', async () => {
    await using folder = await temporaryFolder()
    const closed: string[] = []
    const stack = closable(closed)
    const own = { ...environment, cairnDir: nodePath.join(folder.path, '.cairn') }
    const first = await keptStack(stack, own)
    await first.get(METADATA_STORE)
    await mkdir(own.cairnDir)
    expect(await keptStack(stack, own)).toBe(first)
    await rm(own.cairnDir, { recursive: true })
    expect(await keptStack(stack, own)).not.toBe(first)
    expect(closed).toEqual(['closed'])
  })
})
