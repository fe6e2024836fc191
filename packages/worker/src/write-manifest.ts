import { entryKey, resultKey, type ArtifactStore, type ResultManifest } from '@cairnml/core'

/** Writes the manifest where its kind belongs: a reusable result under its key, any other under its run. */
export async function writeManifest(
  store: ArtifactStore,
  manifest: ResultManifest,
  options: { readonly zone: string; readonly signal: AbortSignal },
): Promise<void> {
  const key =
    manifest.key === undefined
      ? resultKey(manifest.run.id, manifest.invocation, manifest.attempt)
      : entryKey(options.zone, manifest.key, manifest.id)
  await store.put(key, Buffer.from(JSON.stringify(manifest)), { signal: options.signal })
}
