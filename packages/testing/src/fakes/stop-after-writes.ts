import type { ArtifactStore, CacheIndex, MetadataStore } from '@cairnml/core'

import { StoppingArtifactStore } from './stopping-artifact-store.ts'
import { StoppingCacheIndex } from './stopping-cache-index.ts'
import { StoppingMetadataStore } from './stopping-metadata-store.ts'
import { StopSwitch } from './stop-switch.ts'

/**
 * Wraps a component so that it stops after a number of writes, or together with others by a shared switch. What was
 * written until then is in the component itself, for the test to look at and to go on with.
 *
 * @example
 * const stop = new StopSwitch(3)
 * const stores = { artifacts: stopAfterWrites(artifacts, stop), records: stopAfterWrites(records, stop) }
 */
export function stopAfterWrites(component: ArtifactStore, writes: number | StopSwitch): ArtifactStore
export function stopAfterWrites(component: MetadataStore, writes: number | StopSwitch): MetadataStore
export function stopAfterWrites(component: CacheIndex, writes: number | StopSwitch): CacheIndex
export function stopAfterWrites(
  component: ArtifactStore | MetadataStore | CacheIndex,
  writes: number | StopSwitch,
): ArtifactStore | MetadataStore | CacheIndex {
  const stop = typeof writes === 'number' ? new StopSwitch(writes) : writes
  if ('stat' in component) return new StoppingArtifactStore(component, stop)
  if ('getMany' in component) return new StoppingCacheIndex(component, stop)
  return new StoppingMetadataStore(component, stop)
}
