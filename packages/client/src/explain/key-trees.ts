import type { KeyTree, StepRunRecord } from '@cairnml/core'
import { changeText, compareKeyTrees, externalFiles, type InputSource, type KeyChange } from '@cairnml/core/explain'

import type { RecordedRun } from '../runs/stored-run.ts'
import type { ExplainedChange } from './explanation.ts'

/** The parts of a key, where they are recorded. */
export async function keyTreeOf(run: RecordedRun, key: string | undefined): Promise<KeyTree | undefined> {
  return key === undefined ? undefined : (await (await run.stores.records()).get('keyTree', key))?.tree
}

/** What differs between the key of a step run and an earlier one, inputs with the steps that they came from. */
export async function changesSince(
  before: string | undefined,
  record: StepRunRecord,
  run: RecordedRun,
): Promise<readonly KeyChange[] | undefined> {
  const [old, fresh] = [await keyTreeOf(run, before), await keyTreeOf(run, record.key)]
  if (old === undefined || fresh === undefined) return undefined
  const from = record.why?.kind === 'changed' ? record.why.from : undefined
  if (from === undefined) return compareKeyTrees(old, fresh)
  const executed = new Set(
    (await run.stepRuns).flatMap(({ status, invocation }) => (status === 'cached' ? [] : [invocation])),
  )
  return compareKeyTrees(old, fresh).map((change): KeyChange => {
    const invocations = change.kind === 'input' && Object.hasOwn(from, change.name) ? from[change.name] : undefined
    if (invocations === undefined) return change
    const files = externalFiles([record.inputs?.[change.name] ?? []].flat())
    const source: InputSource = {
      invocations,
      ranAgain: invocations.some((id) => executed.has(id)),
      ...(files.length === 0 ? {} : { files }),
    }
    return { ...change, source }
  })
}

/** Differences with their texts in full. */
export function explained(changes: readonly KeyChange[]): readonly ExplainedChange[] {
  return changes.map((change) => ({ ...change, text: changeText(change, Number.POSITIVE_INFINITY) }))
}
