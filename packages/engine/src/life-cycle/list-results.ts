import {
  entryKey,
  logPrefixOf,
  readWhole,
  type ArtifactStore,
  type ObjectInfo,
  type ResultManifest,
} from '@cairnml/core'

import { ContentReader } from './content-reader.ts'
import type { StoredResult } from './stored-result.ts'

/** Everything that an artifact store holds of results. */
export interface StoredResults {
  /** Oldest first. */
  readonly results: readonly StoredResult[]
  /** Manifests of attempts that failed or were cancelled: they refer to nothing. */
  readonly failures: readonly ObjectInfo[]
  /** Manifests of a form that this Cairn does not know: what they refer to is not known either. */
  readonly unknown: readonly string[]
}

/** Reads the manifests of all executions, reusable or not. A damaged one is as good as not there. */
export async function listResults(store: ArtifactStore): Promise<StoredResults> {
  const reader = new ContentReader(store)
  const results: StoredResult[] = []
  const failures: ObjectInfo[] = []
  const unknown: string[] = []
  const { manifests, logs } = await listRuns(store)
  for await (const info of store.list('cache/')) if (info.key.endsWith('.json')) manifests.push(info)
  for (const info of manifests) {
    const bytes = await readWhole(store, info.key)
    const manifest = bytes === undefined ? undefined : parse(bytes)
    if (manifest === undefined) continue
    if (manifest.format !== 1) unknown.push(info.key)
    else if (isResult(manifest, info.key)) {
      const content = [...(await reader.contentOf(manifest)), ...(logs.get(manifest.log?.prefix ?? '') ?? [])]
      results.push({ object: info.key, putAt: info.lastModifiedMs, manifest, content })
    } else if (isFailure(manifest, info.key)) failures.push(info)
  }
  return { results: results.toSorted((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1)), failures, unknown }
}

interface RunObjects {
  readonly manifests: ObjectInfo[]
  /** The segments of logs by their prefix. */
  readonly logs: ReadonlyMap<string, readonly ObjectInfo[]>
}

async function listRuns(store: ArtifactStore): Promise<RunObjects> {
  const manifests: ObjectInfo[] = []
  const logs = new Map<string, ObjectInfo[]>()
  for await (const info of store.list('runs/')) {
    if (info.key.endsWith('/result.json')) manifests.push(info)
    const prefix = logPrefixOf(info.key)
    if (prefix === undefined) continue
    const segments = logs.get(prefix) ?? []
    segments.push(info)
    logs.set(prefix, segments)
  }
  return { manifests, logs }
}

function parse(bytes: Uint8Array): Partial<ResultManifest> | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return typeof json === 'object' && json !== null ? json : undefined
  } catch {
    return undefined
  }
}

function isFailure({ status }: Partial<ResultManifest>, object: string): boolean {
  return object.startsWith('runs/') && (status === 'failed' || status === 'cancelled')
}

/** An entry that lies under another key than its own is found by nobody. */
function isResult(manifest: Partial<ResultManifest>, object: string): manifest is ResultManifest {
  if (manifest.status !== 'completed' || manifest.outputs === undefined || manifest.id === undefined) return false
  const [area, zone = ''] = object.split('/')
  return area !== 'cache' || object === entryKey(zone, manifest.key ?? '', manifest.id)
}
