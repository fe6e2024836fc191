import { mkdir, rm } from 'node:fs/promises'
import nodePath from 'node:path'

import { DEFAULT_STACK, METADATA_STORE, MemoryMetadataStore, metadataStore, type StackDefinition } from '@cairnml/core'
import { memoryStack, temporaryFolder } from '@cairnml/testing'
import { afterEach, describe, expect, it } from 'vitest'

import { chosenStack, closeStacks, keptStack } from './open-stacks.ts'

/** A stack that tells when its metadata store is closed. */
function closable(closed: string[]): StackDefinition {
  class Closable extends MemoryMetadataStore implements AsyncDisposable {
    async [Symbol.asyncDispose](): Promise<void> {
      closed.push('closed')
    }
  }
  return { ...memoryStack(), metadataStore: { component: metadataStore({ create: () => new Closable() }) } }
}

const environment = { cairnDir: '/nowhere/.cairn', projectDir: '/nowhere', fallbackDirs: [] }

afterEach(closeStacks)

describe('chosenStack', () => {
  it('is the one given in code, or the default one', () => {
    const stack = memoryStack()
    expect(chosenStack(stack, {}, {})).toBe(stack)
    expect(chosenStack(undefined, {}, {})).toBe(DEFAULT_STACK)
    expect(chosenStack('default', { stack: 'other' }, {})).toBe(DEFAULT_STACK)
  })

  it('refuses a name that no stack has', () => {
    expect(() => chosenStack('production', {}, {})).toThrow(expect.objectContaining({ code: 'CAIRN_STACK_UNKNOWN' }))
  })

  it('names the one of CAIRN_STACK, else that of cairn.yaml', () => {
    const nameOf = (environment: NodeJS.ProcessEnv): unknown => {
      try {
        return chosenStack(undefined, { stack: 'written' }, environment).name
      } catch (error) {
        return (error as { readonly details: { readonly name: unknown } }).details.name
      }
    }
    expect(nameOf({ CAIRN_STACK: 'wanted' })).toBe('wanted')
    expect(nameOf({ CAIRN_STACK: '' })).toBe('written')
    expect(nameOf({ CAIRN_STACK: 'default' })).toBe('default')
  })
})

describe('keptStack', () => {
  it('opens a stack once, also for runs that begin at once, and gives each definition its own', async () => {
    const stack = memoryStack()
    const [a, b] = await Promise.all([keptStack(stack, environment), keptStack(stack, environment)])
    expect(a).toBe(b)
    expect(await keptStack(memoryStack(), environment)).not.toBe(a)
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
