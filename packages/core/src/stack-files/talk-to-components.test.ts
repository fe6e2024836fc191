import { describe, expect, it } from 'vitest'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { MemoryCacheIndex } from '../cache-index/memory-cache-index.ts'
import { MemoryMetadataStore } from '../metadata-store/memory-metadata-store.ts'
import { InlineOrchestrator } from '../orchestrator/inline-orchestrator.ts'
import { artifactStore, cacheIndex, metadataStore, orchestrator } from '../plugin/define-plugin.ts'
import type { OperationOptions } from '../plugin/component.ts'
import type { StackDefinition } from '../stack/define-stack.ts'
import { checkStack } from './check-stack.ts'

const environment = { projectDir: '/nowhere', fallbackDirs: [], cairnDir: '/nowhere/.cairn' }
const talk = { allowCode: true, talk: true }

interface Checks {
  readonly store?: (options?: OperationOptions) => Promise<void>
  readonly records?: (options?: OperationOptions) => Promise<void>
  readonly createIndex?: () => Promise<MemoryCacheIndex>
}

function asked({ store, records, createIndex }: Checks, closed: string[] = []): StackDefinition {
  const closing = (name: string) => ({ [Symbol.asyncDispose]: async () => void closed.push(name) })
  return {
    name: 'asked',
    orchestrator: { component: orchestrator({ create: () => new InlineOrchestrator() }) },
    artifactStore: {
      component: artifactStore({
        create: () => Object.assign(new MemoryArtifactStore(), closing('store'), store && { check: store }),
      }),
    },
    metadataStore: {
      component: metadataStore({
        create: () => Object.assign(new MemoryMetadataStore(), closing('records'), records && { check: records }),
      }),
    },
    cachePolicy: {
      use: 'content',
      index: { component: cacheIndex({ create: createIndex ?? (() => new MemoryCacheIndex()) }) },
    },
  }
}

describe('talking to the components of a stack', () => {
  it('asks all at once and tells every fault, also of one that cannot be created', async () => {
    const both = Promise.withResolvers<void>()
    let waiting = 0
    const meet = async (): Promise<void> => {
      waiting += 1
      if (waiting === 2) both.resolve()
      await both.promise
      throw new Error('nobody answers')
    }
    const closed: string[] = []
    const createIndex = (): Promise<never> => Promise.reject(new Error('no connection'))
    const components = await checkStack(asked({ store: meet, records: meet, createIndex }, closed), environment, talk)
    const faults = components.filter(({ state }) => state === 'invalid')
    expect(faults.map(({ port, problem }) => [port, problem?.message])).toEqual([
      ['artifactStore', 'The check of artifactStore (inline) failed: nobody answers.'],
      ['metadataStore', 'The check of metadataStore (inline) failed: nobody answers.'],
      ['cacheIndex', 'The plugin inline cannot be used: creating its cacheIndex failed: no connection.'],
    ])
    expect(closed.toSorted()).toEqual(['records', 'store'])
  })

  it.each<[string, Checks]>([
    ['answers', { store: () => new Promise(() => undefined) }],
    ['is created', { createIndex: () => new Promise(() => undefined) }],
  ])('does not wait for one that never %s, and aborts its signal', async (_what, checks) => {
    const components = await checkStack(asked(checks), environment, { ...talk, timeoutMs: 5 })
    const faults = components.filter(({ state }) => state === 'invalid')
    expect(faults).toHaveLength(1)
    expect(faults[0]?.problem).toMatchObject({
      code: 'CAIRN_COMPONENT_CHECK',
      message: expect.stringContaining('no answer within 0.005 s'),
    })
  })

  it('ends with the signal of who asks', async () => {
    const reason = new Error('enough')
    let got: AbortSignal | undefined
    const store = async (options?: OperationOptions): Promise<void> => {
      got = options?.signal
      controller.abort(reason)
      await new Promise(() => undefined)
    }
    const controller = new AbortController()
    const components = await checkStack(asked({ store }), environment, { ...talk, signal: controller.signal })
    expect(got?.reason).toBe(reason)
    expect(components.find(({ port }) => port === 'artifactStore')?.problem?.message).toContain('enough')
  })
})
