import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { cairnError } from '../errors/cairn-error.ts'
import type { StepContext } from './context.ts'
import type { StepDefinition } from './definition.ts'
import { validateParams } from './params.ts'
import { stepSecrets } from './step-secrets.ts'
import { assertArgs, namedValues } from '../graph/pipeline-args.ts'
import { isOptional } from '../materializer/port.ts'

type Given = Readonly<Record<string, unknown>>

/**
 * Calls the function of a step alone: parameters checked and defaulted, inputs as they are, secrets from the environment,
 * nothing stored.
 */
export async function runEntrypoint(
  definition: StepDefinition,
  given: Given,
  options: { readonly signal?: AbortSignal },
): Promise<unknown> {
  const where = `Step "${definition.name}"`
  assertArgs(given, where)
  const inputs = namedValues()
  const params = Object.assign(namedValues(), definition.preset)
  for (const [name, value] of Object.entries(given)) {
    if (Object.hasOwn(definition.ports.inputs, name)) inputs[name] = value
    else params[name] = value
  }
  for (const [name, port] of Object.entries(definition.ports.inputs)) {
    if (inputs[name] === undefined && !isOptional(port)) throw cairnError('CAIRN_INPUT_MISSING', { where, name })
  }
  const values = validateParams(definition.params, params, where)
  const secrets = stepSecrets(definition.name, definition.options.secrets)
  const tempDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-entrypoint-'))
  try {
    const context = plainContext(definition.name, { tempDir, secrets, signal: options.signal })
    return await definition.run({ ...values, ...inputs }, context)
  } finally {
    await rm(tempDir, { recursive: true, force: true })
  }
}

/** A context whose records go nowhere: there is no run to keep them. */
function plainContext(
  name: string,
  given: Pick<StepContext, 'tempDir' | 'secrets'> & { readonly signal: AbortSignal | undefined },
): StepContext {
  const nowhere = (): void => undefined
  return {
    signal: given.signal ?? new AbortController().signal,
    log: { debug: nowhere, info: nowhere, warn: nowhere, error: nowhere },
    run: { id: 'entrypoint', name: 'entrypoint', pipeline: 'entrypoint' },
    step: { name, invocation: name, attempt: 1 },
    tempDir: given.tempDir,
    secrets: given.secrets,
    metric: nowhere,
    metadata: nowhere,
    progress: nowhere,
  }
}
