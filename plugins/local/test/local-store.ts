import type { Json } from '@cairnml/core'

import { LocalArtifactStore } from '../src/local-artifact-store.ts'

/** Opens the store in a folder, as the conformance suite asks for it in other processes. */
export function openComponent(folder: Json): LocalArtifactStore {
  // Sound: that is what the suite is told to pass.
  return new LocalArtifactStore({ name: 'local', path: folder as string })
}
