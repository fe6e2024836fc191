import { artifactStoreConformance } from '@cairnml/testing'
import { describe, it } from 'vitest'

import { __Name__ArtifactStore } from './__name__-artifact-store.ts'

for (const prefix of [undefined, 'team/cairn/']) {
  artifactStoreConformance(
    { describe, it },
    {
      name: `__Name__ArtifactStore with the prefix ${prefix}`,
      create: () => new __Name__ArtifactStore('mine', { prefix }),
      capabilities: { ifAbsent: true },
    },
  )
}
