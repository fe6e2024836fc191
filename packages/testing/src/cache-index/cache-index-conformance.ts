import type { CacheIndex } from '@cairnml/core'

import { registerSuite, type Section } from '../suite/suite.ts'
import type { ConformanceOptions, TestRunner } from '../suite/test-runner.ts'
import { ABORT_SECTION, LEASE_ABORT_SECTION } from './abort-section.ts'
import { ADOPT_SECTION } from './adopt-section.ts'
import { BEATER_SECTION } from './beater-section.ts'
import { CLOCK_SECTION, LEASE_CLOCK_SECTION } from './clock-section.ts'
import { ENTRY_SECTION } from './entry-section.ts'
import { HOSTILE_OWNER_SECTION, HOSTILE_TEXT_SECTION } from './hostile-text-section.ts'
import { LEASE_RACE_SECTION } from './lease-race-section.ts'
import { LEASE_SECTION } from './lease-section.ts'
import { LEASE_PROCESS_SECTION, PROCESS_SECTION } from './process-section.ts'
import { SECRET_SECTION } from './secret-section.ts'

/** What the suite is told of a cache index. */
export interface CacheIndexConformanceOptions extends ConformanceOptions<CacheIndex> {
  /** Exactly the capabilities that the index has; a difference fails. @default none */
  readonly capabilities?: { readonly acquire?: true | undefined; readonly beater?: true | undefined } | undefined
}

/** A group of tests of cache indexes. */
export type CacheIndexSection = Section<CacheIndex, CacheIndexConformanceOptions>

/**
 * Registers the tests that every cache index passes.
 *
 * @example
 * cacheIndexConformance({ describe, it }, { name: 'MyIndex', create: () => new MyIndex(), capabilities: { acquire: true } })
 */
export function cacheIndexConformance(runner: TestRunner, options: CacheIndexConformanceOptions): void {
  registerSuite(runner, options, [
    ENTRY_SECTION,
    ADOPT_SECTION,
    CLOCK_SECTION,
    HOSTILE_TEXT_SECTION,
    ABORT_SECTION,
    LEASE_SECTION,
    HOSTILE_OWNER_SECTION,
    LEASE_ABORT_SECTION,
    LEASE_RACE_SECTION,
    LEASE_CLOCK_SECTION,
    BEATER_SECTION,
    SECRET_SECTION,
    PROCESS_SECTION,
    LEASE_PROCESS_SECTION,
  ])
}
