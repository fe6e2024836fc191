import type { ArtifactStore, ArtifactStoreCapabilities } from '@cairnml/core'

import { registerSuite, type Section, type Subject } from '../suite/suite.ts'
import type { ConformanceOptions, TestRunner } from '../suite/test-runner.ts'
import { ABORT_SECTION } from './abort-section.ts'
import { BODY_SECTION } from './body-section.ts'
import { BROKEN_BODY_SECTION } from './broken-body-section.ts'
import { CONCURRENCY_SECTION } from './concurrency-section.ts'
import { CONTRACT_SECTION } from './contract-section.ts'
import { CRASH_SECTION } from './crash-section.ts'
import { DURABILITY_SECTION } from './durability-section.ts'
import { HOSTILE_KEY_SECTION } from './hostile-key-section.ts'
import { IF_ABSENT_SECTION } from './if-absent-section.ts'
import { KEY_SECTION } from './key-section.ts'
import { LARGE_OBJECT_SECTION } from './large-object-section.ts'
import { LIST_SECTION } from './list-section.ts'
import { MEMORY_SECTION } from './memory-section.ts'
import { OPEN_FILE_SECTION } from './open-file-section.ts'
import { IF_ABSENT_PROCESS_SECTION, PROCESS_SECTION } from './process-section.ts'
import { RANGE_SECTION } from './range-section.ts'
import { READER_SECTION } from './reader-section.ts'
import { TIME_SECTION } from './time-section.ts'

/** What the suite is told of an artifact store. */
export interface ArtifactStoreConformanceOptions extends ConformanceOptions<ArtifactStore> {
  /** Exactly the capabilities that the store has; a difference fails. @default none */
  readonly capabilities?: ArtifactStoreCapabilities | undefined
  /** Size of the large object. @default 64 MiB */
  readonly largeBytes?: number | undefined
}

/** What a test of artifact stores works on. */
export type ArtifactStoreSubject = Subject<ArtifactStore, ArtifactStoreConformanceOptions>

/** A group of tests of artifact stores. */
export type ArtifactStoreSection = Section<ArtifactStore, ArtifactStoreConformanceOptions>

/**
 * Registers the tests that every artifact store passes.
 *
 * @example
 * artifactStoreConformance({ describe, it }, { name: 'MyStore', create: () => new MyStore() })
 */
export function artifactStoreConformance(runner: TestRunner, options: ArtifactStoreConformanceOptions): void {
  registerSuite(runner, options, [
    CONTRACT_SECTION,
    TIME_SECTION,
    BODY_SECTION,
    BROKEN_BODY_SECTION,
    KEY_SECTION,
    HOSTILE_KEY_SECTION,
    RANGE_SECTION,
    LIST_SECTION,
    LARGE_OBJECT_SECTION,
    MEMORY_SECTION,
    ABORT_SECTION,
    READER_SECTION,
    OPEN_FILE_SECTION,
    CONCURRENCY_SECTION,
    IF_ABSENT_SECTION,
    DURABILITY_SECTION,
    CRASH_SECTION,
    PROCESS_SECTION,
    IF_ABSENT_PROCESS_SECTION,
  ])
}
