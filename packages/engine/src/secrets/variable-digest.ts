import { createHmac } from 'node:crypto'

/**
 * The digest of an environment variable under a secret, as hex; `undefined` where it is not set. The name is part of it:
 * that two variables have one value does not show.
 */
export function variableDigest(name: string, value: string | undefined, secret: Uint8Array): string | undefined {
  if (value === undefined) return undefined
  return createHmac('sha256', secret).update(`cairn:env:${name.length}:${name}:${value}`).digest('hex')
}
