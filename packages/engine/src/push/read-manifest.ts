import {
  cairnError,
  entryKey,
  logPrefixOf,
  logSegmentKey,
  readWhole,
  type ArtifactStore,
  type OperationOptions,
  type ResultManifest,
} from '@cairnml/core'

/** A manifest as it lies in a store. */
export interface ReadManifest {
  readonly manifest: ResultManifest
  readonly bytes: Uint8Array
}

/**
 * Reads the manifest of a result, or `undefined` where there is none.
 *
 * @throws CAIRN_ARTIFACT_CORRUPT for one that cannot be read, or that a newer Cairn wrote
 */
export async function readManifest(
  store: ArtifactStore,
  object: string,
  options: OperationOptions,
): Promise<ReadManifest | undefined> {
  const bytes = await readWhole(store, object, options)
  if (bytes === undefined) return undefined
  const manifest = parsed(bytes)
  const problem = manifest === undefined ? 'it is not JSON' : problemOf(manifest, object)
  if (problem !== undefined) throw cairnError('CAIRN_ARTIFACT_CORRUPT', { key: object, store: store.name, problem })
  // Sound: what is read of it was looked at.
  return { manifest: manifest as ResultManifest, bytes }
}

/** Everything of a manifest that is used as if it were true. */
function problemOf(manifest: Partial<ResultManifest>, object: string): string | undefined {
  const { format, id, key, status, outputs, run, log } = manifest
  if (format !== 1) return 'its format is not known'
  const [area, zone = ''] = object.split('/')
  const isEntry = area !== 'cache' || (status === 'completed' && object === entryKey(zone, key ?? '', id ?? ''))
  if (!isEntry) return 'it lies under another key than its own'
  const isWhole = isObject(outputs) && Object.values(outputs).every(isObject) && isObject(run)
  if (!isWhole || typeof run.id !== 'string') return 'it is not the manifest of a result'
  if (log !== undefined && logPrefixOf(logSegmentKey(log.prefix, 1)) !== log.prefix) return 'it names no place of a log'
  return undefined
}

function parsed(bytes: Uint8Array): Partial<ResultManifest> | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return isObject(json) ? json : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
