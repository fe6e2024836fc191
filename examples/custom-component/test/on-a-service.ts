import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'

import { artifactStoreConformance } from '@cairnml/testing'

import { openComponent } from './open-blob-store.ts'

// All of the suite in a container that exists: BLOB_URL=https://… BLOB_SAS='sv=…' node --test test/on-a-service.ts
artifactStoreConformance(
  { describe, it },
  {
    name: 'BlobArtifactStore on a service',
    create: () => openComponent(`${randomUUID()}/`),
    reopen: ({ name }) => openComponent(name),
    reference: ({ name }) => ({ module: new URL('open-blob-store.ts', import.meta.url).href, data: name }),
    capabilities: { ifAbsent: true },
  },
)
