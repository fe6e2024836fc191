import { cairnError } from '../errors/cairn-error.ts'
import { lackOf } from '../plugin/capabilities.ts'
import { PORT_VERSIONS, type PortName, type Ports } from '../plugin/define-plugin.ts'
import type { LoadedComponent } from '../plugin/load-plugin.ts'
import type { StackPlace } from './stack-place.ts'
import type { StackPart } from './stack-parts.ts'

/** A component that was loaded for a part of a stack. */
export interface FilledPart {
  readonly part: StackPart
  readonly loaded: LoadedComponent
}

/** A component that needs what another one lacks. */
export interface Misfit {
  readonly port: PortName
  readonly error: Error
}

const PORTS = Object.keys(PORT_VERSIONS) as readonly PortName[]

/** What the components of a stack need of one another and do not have; a part that was not loaded may have anything. */
export function misfits(parts: readonly FilledPart[], place?: StackPlace): readonly Misfit[] {
  return parts.flatMap(({ part, loaded }) => {
    const { requires = {} } = loaded.definition
    return PORTS.flatMap((port) => {
      const other = parts.find((one) => one.part.port === port)
      const lacking = (requires[port] ?? []).filter(
        (capability) => other !== undefined && !claimsOf(other.loaded).includes(capability),
      )
      return lacking.map((capability) => ({
        port: part.port,
        error: cairnError('CAIRN_CAPABILITY_MISSING', {
          component: `${part.port} (${loaded.type})`,
          lacking: `${port} (${other?.loaded.type})`,
          capability,
          port,
          meaning: lackOf(port, capability),
          at: place?.([...part.path, 'use']),
        }),
      }))
    })
  })
}

/**
 * Refuses a component that does not have what its definition says.
 *
 * @throws CAIRN_PLUGIN_INVALID
 */
export function assertClaims(component: Ports[PortName], { definition, plugin, type }: LoadedComponent): void {
  const missing = claimsOf({ definition }).find((claim) => claim !== 'remote' && !isSeen(component, claim))
  if (missing === undefined) return
  const problem = `its definition says that ${definition.port} (${type}) provides ${missing}, and the component does not`
  throw cairnError('CAIRN_PLUGIN_INVALID', { plugin, problem })
}

/** A capability is a flag of the component, or a method that others do not have. */
function isSeen(component: Ports[PortName], claim: string): boolean {
  const flags = 'capabilities' in component ? component.capabilities : {}
  return Reflect.get(flags, claim) === true || typeof Reflect.get(component, claim) === 'function'
}

function claimsOf({ definition }: Pick<LoadedComponent, 'definition'>): readonly string[] {
  return definition.provides ?? []
}
