import { cairnError } from '../errors/cairn-error.ts'
import type { PortName, Ports } from './define-plugin.ts'
import type { LoadedComponent } from './load-plugin.ts'

/**
 * Refuses a component that does not have what its definition says.
 *
 * @throws CAIRN_PLUGIN_INVALID
 */
export function assertClaims(
  component: Ports[PortName],
  { definition, plugin, type }: Pick<LoadedComponent, 'definition' | 'plugin' | 'type'>,
): void {
  const missing = claimsOf({ definition }).find((claim) => claim !== 'remote' && !isSeen(component, claim))
  if (missing === undefined) return
  const problem = `its definition says that ${definition.port} (${type}) provides ${missing}, and the component does not`
  throw cairnError('CAIRN_PLUGIN_INVALID', { plugin, problem })
}

/** A capability is a flag of the component, or a method that others do not have. */
function isSeen(component: Ports[PortName], claim: string): boolean {
  const flags: unknown = Reflect.get(component, 'capabilities')
  const has = typeof flags === 'object' && flags !== null && Reflect.get(flags, claim) === true
  return has || typeof Reflect.get(component, claim) === 'function'
}

/** What a definition says that its components can do. */
export function claimsOf({ definition }: Pick<LoadedComponent, 'definition'>): readonly string[] {
  return definition.provides ?? []
}
