import { cairnError, readArtifact } from '@cairnml/core'
import os from 'node:os'

import type { PlannedSource } from '../plan/plan.ts'
import { resolveSource } from './resolve-inputs.ts'
import type { LookUpContext } from './run-context.ts'

/**
 * The value of a step's condition.
 *
 * @throws CAIRN_VALUE_INVALID if it is no boolean
 */
export async function isConditionTrue(when: PlannedSource, id: string, context: LookUpContext): Promise<boolean> {
  const port = context.live.nodes.get(id)?.when?.port
  const ref = resolveSource(when, context)
  if (port === undefined || ref === undefined) return false
  const where = `The condition of step "${id}"`
  const value = await readArtifact(port, ref, { store: context.components.artifactStore, workDir: os.tmpdir(), where })
  if (typeof value === 'boolean') return value
  throw cairnError('CAIRN_VALUE_INVALID', { where, problem: `it is a ${typeof value}, not true or false` })
}
