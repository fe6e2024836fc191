import path from 'node:path'

import { artifactStoreConformance, temporaryFolder } from '@cairnml/testing'
import { afterAll, beforeAll, describe, it } from 'vitest'

import { LocalArtifactStore } from '../src/local-artifact-store.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let count = 0
const places = new WeakMap<object, string>()

beforeAll(async () => {
  folder = await temporaryFolder()
})

afterAll(() => folder[Symbol.asyncDispose]())

function open(place: string): LocalArtifactStore {
  const store = new LocalArtifactStore({ name: 'local', path: place })
  places.set(store, place)
  return store
}

artifactStoreConformance(
  { describe, it },
  {
    name: 'LocalArtifactStore',
    create: () => open(path.join(folder.path, `store-${count++}`)),
    reopen: (store) => open(places.get(store) ?? ''),
    capabilities: { ifAbsent: true },
  },
)
