import { withoutSecrets } from '../secrets/known-secrets.ts'

/**
 * The stack of an error and of its causes, for whoever debugs, without the secrets of components. A cause may also be the
 * record of an error.
 */
export function errorStacks(error: unknown): string {
  const stacks: string[] = []
  for (let at = error; isObject(at) && stacks.length < MAX_CAUSES; at = at['cause']) {
    const { stack } = at
    stacks.push(typeof stack === 'string' ? stack : String(at['message']))
  }
  return withoutSecrets(stacks.join('\nCaused by: '))
}

const MAX_CAUSES = 20

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
