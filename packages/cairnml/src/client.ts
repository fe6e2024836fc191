import { fileURLToPath } from 'node:url'

import './check-runtime.ts'
import { createClient as create, type Client, type ClientOptions } from '@cairnml/client'

/** This package brings the plugins of the stack `default`, so they are found from here. */
const OWN_DIR = fileURLToPath(new URL('..', import.meta.url))

/**
 * Opens a project for reading: its runs, their steps, and why each was reused or ran.
 *
 * @throws CAIRN_STACK_UNKNOWN, CAIRN_REPORT_INVALID
 *
 * @example
 * await using client = await createClient()
 * const { sentence } = await client.run('last').explain('train')
 */
export async function createClient(options: ClientOptions = {}): Promise<Client> {
  return create({ ...options, fallbackDirs: [...(options.fallbackDirs ?? []), OWN_DIR] })
}

export { factColumns, localTime, parseWhere, RUN_FIELDS, runTable, runValue } from '@cairnml/client'
export type {
  Client,
  ClientOptions,
  Decision,
  ExplainedChange,
  ExplainOptions,
  Lineage,
  LineageArtifact,
  LineageOptions,
  LineageStep,
  LoggedLine,
  LogOptions,
  PendingArtifact,
  PackageVersion,
  PendingRun,
  PendingStep,
  ReportSource,
  ResultOrigin,
  RunCondition,
  RunExplanation,
  RunPage,
  RunQuery,
  RunReport,
  RunTable,
  StepExplanation,
  StoredArtifact,
  StoredPipeline,
  StoredPipelineVersion,
  StoredRun,
  StoredStep,
  TableValue,
} from '@cairnml/client'
