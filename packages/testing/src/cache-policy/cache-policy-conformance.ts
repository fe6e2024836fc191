import type { CachePolicy } from '@cairnml/core'

import { registerSuite, type Section } from '../suite/suite.ts'
import type { ConformanceOptions, TestRunner } from '../suite/test-runner.ts'
import { DECLARED_SECTION } from './declared-section.ts'
import { CODE_SECTION } from './code-section.ts'
import { PART_SECTION } from './part-section.ts'
import { SETTINGS_SECTION } from './settings-section.ts'
import { TREE_SECTION } from './tree-section.ts'

/** What the suite is told of a cache policy. */
export interface CachePolicyConformanceOptions extends ConformanceOptions<CachePolicy> {
  /**
   * What steps may say to the policy in `settings`, as its schema gives it: each of them, and nothing said, is to make
   * another key. Settings that only judge entries, in `accept`, are none of these. @default not checked
   */
  readonly settings?: readonly object[] | undefined
}

/** A group of tests of cache policies. */
export type CachePolicySection = Section<CachePolicy, CachePolicyConformanceOptions>

/**
 * Registers the tests that every cache policy passes. A policy that leaves a part out on purpose names the test in
 * `skip`, with its reason.
 *
 * @example
 * cachePolicyConformance({ describe, it }, { name: 'MyPolicy', create: () => new MyPolicy() })
 */
export function cachePolicyConformance(runner: TestRunner, options: CachePolicyConformanceOptions): void {
  registerSuite(runner, options, [TREE_SECTION, PART_SECTION, CODE_SECTION, DECLARED_SECTION, SETTINGS_SECTION])
}
