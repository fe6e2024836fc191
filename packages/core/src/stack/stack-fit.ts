import { cairnError } from '../errors/cairn-error.ts'
import { lackOf } from '../plugin/capabilities.ts'
import { claimsOf } from '../plugin/capabilities-claimed.ts'
import { PORT_VERSIONS, type PortName } from '../plugin/define-plugin.ts'
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
    const { requires } = loaded.definition
    if (requires === undefined) return []
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
