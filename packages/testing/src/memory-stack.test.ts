import { InlineOrchestrator, MemoryArtifactStore, MemoryCacheIndex, orchestrator, type CacheIndex } from '@cairnml/core'
import { openStack } from '@cairnml/core/stack'
import { describe, expect, it } from 'vitest'

import { memoryStack } from './memory-stack.ts'

const environment = { projectDir: '/nowhere', fallbackDirs: [], cairnDir: '/nowhere/.cairn' }

/** Opens a memory stack with an orchestrator that needs something of the other components. */
async function opened(stack: ReturnType<typeof memoryStack>): Promise<void> {
  const needy = orchestrator({
    requires: { artifactStore: ['ifAbsent'], cacheIndex: ['acquire', 'secret'] },
    create: () => new InlineOrchestrator(),
  })
  await using open = await openStack({ ...stack, orchestrator: { component: needy } }, environment)
  expect(open.name).toBe('memory')
}

describe('memoryStack', () => {
  it('has components that provide what they can do', async () => {
    await expect(opened(memoryStack())).resolves.toBeUndefined()
  })

  it('claims nothing for a component that cannot do it', async () => {
    const artifacts = Object.assign(new MemoryArtifactStore(), { capabilities: {} })
    await expect(opened(memoryStack({ artifactStore: artifacts }))).rejects.toMatchObject({
      code: 'CAIRN_CAPABILITY_MISSING',
      message: expect.stringContaining('lacks the capability ifAbsent') as string,
    })
    // Sound: the index stays one without the method that it may lack.
    const index = Object.assign(new MemoryCacheIndex(), { acquire: undefined }) as unknown as CacheIndex
    await expect(opened(memoryStack({ cacheIndex: index }))).rejects.toThrow('lacks the capability acquire')
  })
})
