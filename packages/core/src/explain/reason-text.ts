import type { ExecutionReason } from '../records/records.ts'
import { changesText } from './change-text.ts'
import type { KeyChange } from './key-change.ts'
import { outputText } from './output-text.ts'
import { printable } from './value-text.ts'

/** What a reason is told with. */
export interface ReasonFacts {
  /** Name of the run that made the entry in question. */
  readonly run: string
  /** What differs, where the reason is that something does. */
  readonly changes: readonly KeyChange[]
}

/** What the default policy says of an entry that is too old. */
const EXPIRED = 'entry expired'

/** Why a step executed, as a clause: `parameter gamma 0.001 -> 0.0015 (against run nightly)`. */
export function reasonText(reason: ExecutionReason, { run, changes }: ReasonFacts): string {
  switch (reason.kind) {
    case 'first':
      return 'no earlier entry'
    case 'changed': {
      const text = changes.length === 0 ? 'something that is no longer recorded differs' : changesText(changes)
      return `${text} (against run ${run})`
    }
    case 'entry-gone':
      return `entry gone (made by run ${run})`
    case 'output-gone':
      return `output gone${goneText(reason.outputs)} (made by run ${run})`
    case 'refused':
      return `${reason.reason === EXPIRED ? EXPIRED : `entry not accepted: ${printable(reason.reason)}`} (made by run ${run})`
    case 'forced':
      return 'forced (--force or --refresh)'
  }
}

/** Which outputs; of a step whose only output has no name there is nothing to add. */
function goneText(outputs: readonly string[]): string {
  const [only = ''] = outputs
  return outputs.length === 1 && outputText(only) === 'output' ? '' : `: ${outputs.join(', ')}`
}
