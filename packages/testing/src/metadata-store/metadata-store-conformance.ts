import type { MetadataStore } from '@cairnml/core'

import { registerSuite, type Section } from '../suite/suite.ts'
import type { ConformanceOptions, TestRunner } from '../suite/test-runner.ts'
import { ABORT_SECTION } from './abort-section.ts'
import { BATCH_SECTION } from './batch-section.ts'
import { DURABILITY_SECTION } from './durability-section.ts'
import { FILTER_SECTION } from './filter-section.ts'
import { HOSTILE_TEXT_SECTION } from './hostile-text-section.ts'
import { MATCH_SECTION } from './match-section.ts'
import { NOTICE_SECTION } from './notice-section.ts'
import { ORDER_SECTION } from './order-section.ts'
import { PAGE_SECTION } from './page-section.ts'
import { CRASH_SECTION, PROCESS_SECTION } from './process-section.ts'
import { RACE_SECTION } from './race-section.ts'
import { RECORD_SECTION } from './record-section.ts'
import { REVISION_SECTION } from './revision-section.ts'
import { UNIQUE_SECTION } from './unique-section.ts'

/** What the suite is told of a metadata store. */
export type MetadataStoreConformanceOptions = ConformanceOptions<MetadataStore>

/** A group of tests of metadata stores. */
export type MetadataStoreSection = Section<MetadataStore, MetadataStoreConformanceOptions>

/**
 * Registers the tests that every metadata store passes.
 *
 * @example
 * metadataStoreConformance({ describe, it }, { name: 'MyStore', create: () => new MyStore() })
 */
export function metadataStoreConformance(runner: TestRunner, options: MetadataStoreConformanceOptions): void {
  registerSuite(runner, options, [
    RECORD_SECTION,
    HOSTILE_TEXT_SECTION,
    BATCH_SECTION,
    UNIQUE_SECTION,
    REVISION_SECTION,
    FILTER_SECTION,
    MATCH_SECTION,
    ORDER_SECTION,
    PAGE_SECTION,
    NOTICE_SECTION,
    ABORT_SECTION,
    RACE_SECTION,
    DURABILITY_SECTION,
    CRASH_SECTION,
    PROCESS_SECTION,
  ])
}
