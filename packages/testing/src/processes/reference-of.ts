import assert from 'node:assert/strict'

import type { Subject } from '../suite/suite.ts'
import type { ConformanceOptions } from '../suite/test-runner.ts'
import type { ComponentReference } from './component-reference.ts'

/** From what another process opens the component under test; only for sections that apply where there is such a thing. */
export function referenceOf<T, O extends ConformanceOptions<T>>({
  component,
  options,
}: Subject<T, O>): ComponentReference {
  const reference = options.reference?.(component)
  assert.ok(reference !== undefined)
  return reference
}
