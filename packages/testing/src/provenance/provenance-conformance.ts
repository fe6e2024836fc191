import type { Provenance } from '@cairnml/core'

import { registerSuite, type Section } from '../suite/suite.ts'
import type { ConformanceOptions, TestRunner } from '../suite/test-runner.ts'
import { COLLECT_SECTION } from './collect-section.ts'

/** What the suite is told of a provenance. */
export type ProvenanceConformanceOptions = ConformanceOptions<Provenance>

/** A group of tests of provenances. */
export type ProvenanceSection = Section<Provenance, ProvenanceConformanceOptions>

/**
 * Registers the tests that every provenance passes, whatever state the code around the tests is in.
 *
 * @example
 * provenanceConformance({ describe, it }, { name: 'MyProvenance', create: () => new MyProvenance() })
 */
export function provenanceConformance(runner: TestRunner, options: ProvenanceConformanceOptions): void {
  registerSuite(runner, options, [COLLECT_SECTION])
}
