import { cairnError } from '../errors/cairn-error.ts'
import type { StepSecrets } from './context.ts'

/**
 * The values of a step's secrets, from the environment of the process that runs it. An empty variable counts as missing.
 *
 * @throws CAIRN_SECRET_MISSING
 */
export function stepSecrets(
  step: string,
  names: readonly string[] | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): StepSecrets {
  if (names === undefined) return NO_SECRETS
  // Without a prototype only declared names are there.
  const secrets = Object.create(null) as Record<string, string>
  for (const name of names) {
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined
    if (value === undefined || value === '') throw cairnError('CAIRN_SECRET_MISSING', { step, secret: name })
    secrets[name] = value
  }
  return Object.freeze(secrets)
}

const NO_SECRETS: StepSecrets = Object.freeze(Object.create(null) as Record<string, string>)
