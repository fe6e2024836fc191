import {
  cairnError,
  isOptional,
  nearestName,
  SINGLE_OUTPUT,
  writeArtifact,
  type ArtifactRef,
  type StepDefinition,
} from '@cairnml/core'

import type { WorkerIo } from './load-inputs.ts'

/**
 * Stores what a step returned by its declared outputs.
 *
 * @throws CAIRN_OUTPUT_MISSING, CAIRN_OUTPUT_UNDECLARED, CAIRN_OUTPUT_UNEXPECTED, and the codes of writing a value
 */
export async function storeOutputs(
  step: StepDefinition,
  returned: unknown,
  io: WorkerIo,
): Promise<{ readonly [name: string]: ArtifactRef }> {
  const values = valuesByName(step, returned)
  const stored: Record<string, ArtifactRef> = {}
  for (const [name, port] of Object.entries(step.ports.outputs)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) {
      if (isOptional(port)) continue
      throw cairnError('CAIRN_OUTPUT_MISSING', { step: step.name, output: name })
    }
    const { folder, outside, warn } = io
    stored[name] = await writeArtifact(port, value, {
      store: io.store,
      signal: io.signal,
      outside,
      warn,
      where: `The output "${name}" of step "${step.name}"`,
      get workDir(): string {
        return folder.path
      },
    })
  }
  return stored
}

function valuesByName(step: StepDefinition, returned: unknown): Readonly<Record<string, unknown>> {
  const { form, outputs } = step.ports
  if (form === 'single') return { [SINGLE_OUTPUT]: returned }
  if (form === 'none') {
    if (returned === undefined) return {}
    throw cairnError('CAIRN_OUTPUT_UNEXPECTED', { step: step.name, found: describe(returned) })
  }
  if (typeof returned !== 'object' || returned === null || Array.isArray(returned)) {
    const required = Object.entries(outputs).find(([, port]) => !isOptional(port))?.[0]
    if (returned === undefined && required === undefined) return {}
    throw cairnError('CAIRN_OUTPUT_MISSING', { step: step.name, output: required ?? Object.keys(outputs)[0] ?? '' })
  }
  for (const name of Object.keys(returned)) {
    if (Object.hasOwn(outputs, name)) continue
    const nearest = nearestName(name, Object.keys(outputs))
    throw cairnError('CAIRN_OUTPUT_UNDECLARED', { step: step.name, output: name, nearest })
  }
  // Sound: an object whose own names were just checked.
  return returned as Readonly<Record<string, unknown>>
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'object' ? `a value of type ${value.constructor?.name ?? 'object'}` : `a ${typeof value}`
}
