import { describe, expect, it } from 'vitest'

import { ARTIFACT_STORE } from '../artifact-store/artifact-store.ts'
import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { CACHE_INDEX } from '../cache-index/cache-index.ts'
import { MemoryCacheIndex } from '../cache-index/memory-cache-index.ts'
import { MemoryMetadataStore } from '../metadata-store/memory-metadata-store.ts'
import { InlineOrchestrator } from '../orchestrator/inline-orchestrator.ts'
import type { Capabilities } from '../plugin/capabilities.ts'
import { artifactStore, cacheIndex, metadataStore, orchestrator } from '../plugin/define-plugin.ts'
import { checkStack } from '../stack-files/check-stack.ts'
import { defineStack, type StackDefinition } from './define-stack.ts'
import { openStack } from './open-stack.ts'

const environment = { projectDir: '/nowhere', fallbackDirs: [], cairnDir: '/nowhere/.cairn' }

interface Claims {
  readonly store?: readonly Capabilities['artifactStore'][]
  readonly index?: readonly Capabilities['cacheIndex'][]
}

/** A stack whose orchestrator runs elsewhere. */
function remoteStack({ store, index }: Claims, flags: { readonly ifAbsent?: true } = {}): StackDefinition {
  const objects = Object.assign(Object.create(new MemoryArtifactStore()) as MemoryArtifactStore, {
    capabilities: flags as { readonly ifAbsent: true },
  })
  return defineStack({
    name: 'far',
    orchestrator: {
      component: orchestrator({
        type: 'cluster',
        requires: { artifactStore: ['remote'], cacheIndex: ['remote', 'acquire'] },
        create: () => new InlineOrchestrator(),
      }),
    },
    artifactStore: { component: artifactStore({ type: 'disk', provides: store, create: () => objects }) },
    metadataStore: { component: metadataStore({ create: () => new MemoryMetadataStore() }) },
    cachePolicy: {
      use: 'content',
      index: { component: cacheIndex({ provides: index, create: () => new MemoryCacheIndex() }) },
    },
  })
}

const FITTING: Claims = { store: ['remote'], index: ['remote', 'acquire', 'secret'] }
const whole = { allowCode: true, talk: false }

describe('a stack whose components need something of one another', () => {
  it('is used where all of it is there', async () => {
    await using stack = await openStack(remoteStack(FITTING), environment)
    expect(await stack.get(CACHE_INDEX)).toBeInstanceOf(MemoryCacheIndex)
    const components = await checkStack(remoteStack(FITTING), environment, whole)
    expect(components.map(({ state }) => state)).not.toContain('invalid')
  })

  it('is refused with who needs what of whom, before anything is created', async () => {
    const lacking = remoteStack({ ...FITTING, store: [] })
    await expect(openStack(lacking, environment)).rejects.toMatchObject({
      code: 'CAIRN_CAPABILITY_MISSING',
      message:
        'The orchestrator (cluster) cannot work with the artifactStore (disk), which lacks the capability remote: other machines cannot reach it.',
      hint: expect.stringContaining('Use another artifactStore in the stack, one that provides remote'),
    })
  })

  it('is checked as a whole: the fault is that of the component which needs it', async () => {
    const components = await checkStack(remoteStack({ ...FITTING, index: ['remote'] }), environment, whole)
    const faults = components.filter(({ state }) => state === 'invalid')
    expect(faults).toMatchObject([{ port: 'orchestrator', use: 'code', problem: { code: 'CAIRN_CAPABILITY_MISSING' } }])
    expect(faults[0]?.problem?.message).toContain('lacks the capability acquire: it cannot keep two processes')
  })

  it('says the place of the component in a file', async () => {
    const place = (path: readonly (string | number)[]): string => `far.yaml:${path.join('.')}`
    const refused = openStack(remoteStack({}), { ...environment, place })
    await expect(refused).rejects.toThrow('The orchestrator (cluster) (far.yaml:orchestrator.use) cannot work with')
  })
})

describe('a component that does not have what its definition says', () => {
  it('is refused when it is created', async () => {
    const claiming = remoteStack({ ...FITTING, store: ['remote', 'ifAbsent'] })
    await using stack = await openStack(claiming, environment)
    await expect(stack.get(ARTIFACT_STORE)).rejects.toMatchObject({ code: 'CAIRN_PLUGIN_INVALID' })
    await using honest = await openStack(
      remoteStack({ ...FITTING, store: ['remote', 'ifAbsent'] }, { ifAbsent: true }),
      environment,
    )
    expect(await honest.get(ARTIFACT_STORE)).toBeDefined()
  })
})
