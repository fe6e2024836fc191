import type { Orchestrator } from '@cairnml/core'

import { registerSuite, type Section } from '../suite/suite.ts'
import type { ConformanceOptions, TestRunner } from '../suite/test-runner.ts'
import { EXECUTE_SECTION } from './execute-section.ts'
import { LIMIT_SECTION } from './limit-section.ts'
import { SEPARATE_SECTION } from './separate-section.ts'

/** What the suite is told of an orchestrator. */
export type OrchestratorConformanceOptions = ConformanceOptions<Orchestrator>

/** A group of tests of orchestrators. */
export type OrchestratorSection = Section<Orchestrator, OrchestratorConformanceOptions>

/**
 * Registers the tests that every orchestrator passes that works by `context.runHere`.
 *
 * @example
 * orchestratorConformance({ describe, it }, { name: 'MyOrchestrator', create: () => new MyOrchestrator() })
 */
export function orchestratorConformance(runner: TestRunner, options: OrchestratorConformanceOptions): void {
  registerSuite(runner, options, [EXECUTE_SECTION, LIMIT_SECTION, SEPARATE_SECTION])
}
