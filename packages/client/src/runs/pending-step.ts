import type { Port, ValueOf } from '@cairnml/core'

import type { StoredArtifact } from '../artifacts/stored-artifact.ts'
import type { StoredStep } from './stored-step.ts'

/** An artifact that is being looked for: await it, or load it at once. */
export interface PendingArtifact extends Promise<StoredArtifact> {
  load(): Promise<unknown>
  load<P extends Port>(type: P): Promise<ValueOf<P>>
}

/** A step that is being looked for: await it, or ask for its only output at once. */
export interface PendingStep extends Promise<StoredStep> {
  readonly output: PendingArtifact
}

/** A step that can be asked before it is found. */
export function pendingStep(step: Promise<StoredStep>): PendingStep {
  const output = (): PendingArtifact => {
    const artifact = step.then((found) => found.output)
    const load = async (type?: Port): Promise<unknown> => {
      const found = await artifact
      return type === undefined ? found.load() : found.load(type)
    }
    // Sound: what `load` gives depends on whether it is given a type, as the two signatures say.
    return Object.assign(artifact, { load }) as PendingArtifact
  }
  // Sound: the property is defined right here; nothing is looked for that nobody asks.
  return Object.defineProperty(step, 'output', { get: output }) as PendingStep
}
