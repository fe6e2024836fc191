import type { ArtifactStore } from '../artifact-store/artifact-store.ts'
import type { OperationOptions } from '../plugin/component.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { readWhole } from './blob.ts'

/** Version of the layout below; a store with another one is refused. */
export const LAYOUT_VERSION = 1

const LAYOUT_KEY = 'cairn-store.json'

/** The zone in which reusable results are kept and looked up. */
export const DEFAULT_ZONE = 'default'

/** Where content with a digest lies. */
export const blobKey = (digest: string): string => `blobs/sha256/${digest.slice(0, 2)}/${digest}`
/** Where the list behind a tree or collection lies. */
export const treeKey = (digest: string): string => `trees/sha256/${digest.slice(0, 2)}/${digest}`
/** Where the entries of a cache key lie. */
export const cachePrefix = (zone: string, key: string): string => `cache/${zone}/${key}/`
/** Where the manifest of a reusable result lies. */
export const entryKey = (zone: string, key: string, entry: string): string => `${cachePrefix(zone, key)}${entry}.json`
/** Where everything lies that belongs to the attempts of one step run. */
export const resultFolder = (run: string, invocation: string): string => `runs/${run}/${invocation}/`
/** Where the manifest of any other attempt lies. */
export const resultKey = (run: string, invocation: string, attempt: number): string =>
  `${resultFolder(run, invocation)}${attempt}/result.json`
/** Where the report of a run that has ended lies. */
export const runReportKey = (run: string): string => `runs/${run}/run.json`

/** The run whose report lies under a key, or `undefined` for any other key. */
export function reportedRunOf(key: string): string | undefined {
  return /^runs\/([^/]+)\/run\.json$/.exec(key)?.[1]
}

/**
 * Makes sure that a store has the layout that this code knows.
 *
 * @returns whether the store says so itself; one that does not is new and waits for `markLayout`
 * @throws CAIRN_STORE_LAYOUT if another layout is there
 */
export async function checkLayout(store: ArtifactStore, options: OperationOptions = {}): Promise<boolean> {
  const found = await readWhole(store, LAYOUT_KEY, options)
  if (found === undefined) return false
  const version = layoutVersion(Buffer.from(found).toString('utf8'))
  if (version !== LAYOUT_VERSION) {
    throw cairnError('CAIRN_STORE_LAYOUT', { store: store.name, found: String(version), known: LAYOUT_VERSION })
  }
  return true
}

/** Writes into a new store which layout it has; called before the first object is put. */
export async function markLayout(store: ArtifactStore, options: OperationOptions = {}): Promise<void> {
  const body = Buffer.from(`${JSON.stringify({ layout: LAYOUT_VERSION })}\n`)
  await store.put(LAYOUT_KEY, body, { signal: options.signal })
}

function layoutVersion(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && 'layout' in json ? json.layout : 'none'
  } catch {
    return 'none, its mark is not JSON'
  }
}
