import { cairnError, isCairnError, nearestName, type ArtifactRef, type StepRunRecord } from '@cairnml/core'

import { findRun } from '../runs/find-run.ts'
import { RecordedRun } from '../runs/stored-run.ts'
import type { StoredStep } from '../runs/stored-step.ts'
import type { ReadStores } from '../stack/open-stores.ts'
import { RecordedArtifact, type StoredArtifact } from './stored-artifact.ts'

const DIGEST = /^(?:sha256:)?([0-9a-f]{6,64})$/i
const SHOWN = 5
const ABSENT = ['CAIRN_RUN_UNKNOWN', 'CAIRN_STEP_RUN_UNKNOWN'] as const

/**
 * The artifact that a text names: `<run>/<step>/<output>`, `<run>/<step>` for an only output, `<step>/<output>` or
 * `<step>` in the newest run, a digest, or the start of one.
 *
 * @throws CAIRN_ARTIFACT_UNKNOWN, CAIRN_ARTIFACT_AMBIGUOUS, and what finding a run or step throws
 */
export async function findArtifact(stores: ReadStores, text: string): Promise<StoredArtifact> {
  const parts = text.split('/')
  const [first = '', second, third] = parts
  if (parts.length > 3 || parts.includes('')) throw unknown(text, 'it is not <run>/<step>/<output> nor a digest')
  if (third !== undefined) return outputOf(await stepOf(stores, first, second ?? ''), { text, output: third })
  if (second !== undefined) {
    try {
      return outputOf(await stepOf(stores, first, second), { text, output: undefined })
    } catch (error) {
      if (!isCairnError(error, 'CAIRN_RUN_UNKNOWN')) throw error
      const step = await stepOfNewest(stores, first)
      if (step === undefined) throw error
      return outputOf(step, { text, output: second })
    }
  }
  const digest = DIGEST.exec(first)?.[1]?.toLowerCase()
  const found = digest === undefined ? undefined : await byDigest(stores, digest, text)
  if (found !== undefined) return found
  const step = await stepOfNewest(stores, first)
  if (step === undefined) throw unknown(text, 'no recorded step made or read it, and the newest run has no such step')
  return outputOf(step, { text, output: undefined })
}

async function stepOf(stores: ReadStores, run: string, step: string): Promise<StoredStep> {
  return new RecordedRun(await findRun(await stores.records(), run), stores).step(step)
}

/** The step of the newest run, if there is one; what cannot be read is no answer. */
async function stepOfNewest(stores: ReadStores, step: string): Promise<StoredStep | undefined> {
  try {
    return await stepOf(stores, 'last', step)
  } catch (error) {
    if (ABSENT.some((code) => isCairnError(error, code))) return undefined
    throw error
  }
}

function outputOf(
  step: StoredStep,
  { text, output }: { readonly text: string; readonly output: string | undefined },
): StoredArtifact {
  const names = Object.keys(step.outputs)
  const name = output ?? (names.length === 1 ? names[0] : undefined)
  const found = name !== undefined && Object.hasOwn(step.outputs, name) ? step.outputs[name] : undefined
  if (found !== undefined) return found
  const has = names.length === 0 ? 'no outputs' : `the outputs ${names.join(', ')}`
  const nearest = name === undefined ? undefined : nearestName(name, names)
  const meant = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`
  throw unknown(text, `step "${step.label}" (${step.status}) has ${has}${meant}`)
}

async function byDigest(stores: ReadStores, start: string, text: string): Promise<StoredArtifact | undefined> {
  const match = { field: 'artifact', is: '^=', value: start } as const
  const { items } = await (await stores.records()).query('stepRun', { match, limit: 200 })
  const found = new Map<string, ArtifactRef>()
  for (const record of items) {
    for (const ref of refsOf(record)) if (ref.digest.startsWith(start)) found.set(ref.digest, ref)
  }
  const [only, another] = found.values()
  if (only === undefined) return undefined
  if (another === undefined) return new RecordedArtifact(only, { name: only.digest, stores })
  throw cairnError('CAIRN_ARTIFACT_AMBIGUOUS', { name: text, known: [...found.keys()].slice(0, SHOWN) })
}

/** Every artifact that a step run made or read. */
export function refsOf({ outputs = {}, inputs = {} }: StepRunRecord): readonly ArtifactRef[] {
  return [...Object.values(outputs), ...Object.values(inputs).flat()]
}

function unknown(name: string, problem: string): Error {
  return cairnError('CAIRN_ARTIFACT_UNKNOWN', { name, problem })
}
