import path from 'node:path'

import { artifactStoreConformance, orchestratorConformance, type TestRunner } from '@cairnml/testing'

import type { LocalArtifactStore } from '../src/local-artifact-store.ts'
import { LocalOrchestrator } from '../src/local-orchestrator.ts'
import { openComponent } from './local-store.ts'

const MODULE = new URL('local-store.ts', import.meta.url).href

/** Registers the suites of both components with any runner; stores are made in the folder. */
export function localConformance(runner: TestRunner, folder: () => string): void {
  let count = 0
  const places = new WeakMap<object, string>()
  const open = (place: string): LocalArtifactStore => {
    const store = openComponent(place)
    places.set(store, place)
    return store
  }
  artifactStoreConformance(runner, {
    name: 'LocalArtifactStore',
    create: () => open(path.join(folder(), `store-${count++}`)),
    reopen: (store) => open(places.get(store) ?? ''),
    reference: (store) => ({ module: MODULE, data: places.get(store) ?? '' }),
    capabilities: { ifAbsent: true },
  })
  for (const concurrency of [1, 3, undefined]) {
    orchestratorConformance(runner, {
      name: `LocalOrchestrator with concurrency ${concurrency ?? 'by default'}`,
      create: () => new LocalOrchestrator({ concurrency }),
    })
  }
}
