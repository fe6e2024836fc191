import type { CapturedValue, StepSource } from '@cairnml/core'

import type { CapturedReader, Unreadable } from '../captured/captured-reader.ts'
import { digestCaptured } from '../captured/digest-captured.ts'
import { digestValue, type FunctionTools } from '../captured/digest-value.ts'
import type { MemoizedWalk } from '../memo/memoized-walk.ts'
import type { KnownClosure } from '../memo/static-closure.ts'
import { functionCode } from './function-code.ts'
import type { StepClosures } from './step-closures.ts'

/** What reading live values needs. */
export interface LiveTools {
  readonly reader: CapturedReader
  readonly walk: MemoizedWalk
}

/** Live values by their digests, and the code of the functions among them. */
export interface LiveValues {
  readonly captured: readonly CapturedValue[]
  /** Closures of declarations that hold functions which the step holds as values. */
  readonly closures: readonly KnownClosure[]
}

/**
 * What the text of a step does not say, read from the live step: values that its function captures; the function itself
 * where it is made by other code; types of ports that are made from captured values.
 */
export async function digestOfLive(
  step: StepSource,
  closures: StepClosures,
  { reader, walk }: LiveTools,
): Promise<LiveValues | Unreadable> {
  const met: KnownClosure[] = []
  const tools: FunctionTools = { reader, codeOf: (place) => functionCode(place, { walk, met }) }
  const values: CapturedValue[] = []
  const { implementation, captured } = closures.function.closure
  if (implementation === 'literal' && captured.length > 0) {
    const digested = await digestCaptured(step.run, captured, tools)
    if ('reason' in digested) return digested
    values.push(...digested)
  }
  if (implementation === 'elsewhere' || (implementation === 'expression' && captured.length > 0)) {
    const digested = await digestValue(step.run, { name: 'its function' }, tools)
    if ('reason' in digested) return digested
    values.push({ name: 'its function', digest: digested.digest })
  }
  for (const { port, known } of closures.ports) {
    if (known.closure.captured.length === 0) continue
    const digested = await digestValue(typeOf(step, port), { name: `the type of ${port}` }, tools)
    if ('reason' in digested) return digested
    values.push({ name: `the type of ${port}`, digest: digested.digest })
  }
  return { captured: values, closures: met }
}

function typeOf({ ports }: StepSource, port: string): unknown {
  const [group, name = ''] = port.split(':', 2)
  return group === 'input' ? ports.inputs[name] : ports.outputs[name]
}
