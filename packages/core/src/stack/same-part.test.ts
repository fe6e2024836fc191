import { expect, it } from 'vitest'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { artifactStore } from '../plugin/define-plugin.ts'
import type { StackDefinition } from './define-stack.ts'
import { isSamePart } from './same-part.ts'

const local = (options: object): StackDefinition => ({ name: 'a', artifactStore: { use: 'local', ...options } })

it('compares what stacks name, with the default where one names nothing, in whatever order options stand', () => {
  expect(isSamePart({ name: 'a' }, local({}), 'artifactStore')).toBe(true)
  expect(isSamePart(local({ path: 'a', sync: true }), local({ sync: true, path: 'a' }), 'artifactStore')).toBe(true)
  expect(isSamePart(local({ path: 'a' }), local({ path: 'b' }), 'artifactStore')).toBe(false)
  expect(isSamePart(local({ path: 'a' }), local({ path: 'b' }), 'cacheIndex')).toBe(true)
})

it('takes components in code for the same where they are one', () => {
  const inline = (): StackDefinition => ({
    name: 'a',
    artifactStore: { component: artifactStore({ create: () => new MemoryArtifactStore() }) },
  })
  const one = inline()
  expect(isSamePart(one, { ...one, name: 'b' }, 'artifactStore')).toBe(true)
  expect(isSamePart(one, inline(), 'artifactStore')).toBe(false)
})
