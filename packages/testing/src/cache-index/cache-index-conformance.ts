import type { CacheIndex } from '@cairnml/core'

import { registerSuite, type Section } from '../suite/suite.ts'
import type { ConformanceOptions, TestRunner } from '../suite/test-runner.ts'
import { ADOPT_SECTION } from './adopt-section.ts'
import { BEATER_SECTION } from './beater-section.ts'
import { ENTRY_SECTION } from './entry-section.ts'
import { LEASE_RACE_SECTION } from './lease-race-section.ts'
import { LEASE_SECTION } from './lease-section.ts'
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
  const leases = [LEASE_SECTION, LEASE_RACE_SECTION, BEATER_SECTION]
  registerSuite(runner, options, [ENTRY_SECTION, ADOPT_SECTION, ...leases, SECRET_SECTION])
}
