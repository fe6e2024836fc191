import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'

import { artifactStoreConformance } from '@cairnml/testing'

import { AcmeArtifactStore } from '../src/artifact-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'acme-'))
after(() => rmSync(folder, { recursive: true }))

const roots = new WeakMap<object, string>()
let count = 0

function open(root: string): AcmeArtifactStore {
  const store = new AcmeArtifactStore('tested', root)
  roots.set(store, root)
  return store
}

artifactStoreConformance(
  { describe, it },
  {
    name: 'AcmeArtifactStore',
    create: () => open(join(folder, `${(count += 1)}`)),
    reopen: (store) => open(roots.get(store) ?? folder),
    capabilities: { ifAbsent: true },
  },
)
