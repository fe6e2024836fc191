import { MemoryArtifactStore, MemoryMetadataStore } from '@cairnml/core'
import { invalidReport, parseReport, recordsOf } from '@cairnml/core/run-report'

import type { ReadStores } from '../stack/open-stores.ts'

/**
 * Stores that hold what a report says; there are no artifacts.
 *
 * @throws CAIRN_REPORT_INVALID
 */
export async function reportStores(source: string, where: string): Promise<ReadStores> {
  const records = new MemoryMetadataStore()
  const artifacts = new MemoryArtifactStore()
  const report = parseReport(source, where)
  try {
    await records.write(recordsOf(report))
  } catch (error) {
    throw invalidReport(where, error instanceof Error ? error.message.replace(/\.$/, '') : String(error), error)
  }
  return {
    records: async () => records,
    artifacts: async () => artifacts,
    [Symbol.asyncDispose]: async () => undefined,
  }
}
