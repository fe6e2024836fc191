import { existsSync, realpathSync } from 'node:fs'
import nodePath from 'node:path'
import { isDeepStrictEqual } from 'node:util'

import { isPathUse } from '../plugin/plugin-file.ts'
import type { StackDefinition } from '../stack/define-stack.ts'
import type { StackEnvironment } from '../stack/open-stack.ts'
import { isSamePart } from '../stack/same-part.ts'
import { loadPart, partOptions, stackParts } from '../stack/stack-parts.ts'

/** The components that keep results. */
const KEEPING = ['artifactStore', 'cacheIndex'] as const

/** A component that keeps results elsewhere than that of another stack does. */
export interface MovedPart {
  readonly port: (typeof KEEPING)[number]
  /** Whether that of the stack before is known to have kept nothing: its place is not there. */
  readonly isEmpty: boolean
}

interface Whereabouts {
  readonly component: string
  readonly location: string | undefined
  readonly options: object
}

/**
 * Which components of a stack do not have what those of the stack before kept. Plugins are loaded for that, files of the
 * project are not; of what cannot be loaded, only what is written is compared.
 */
export async function movedParts(
  before: StackDefinition,
  after: StackDefinition,
  environment: StackEnvironment,
): Promise<readonly MovedPart[]> {
  const found = await Promise.all(
    KEEPING.map(async (port): Promise<readonly MovedPart[]> => {
      if (isSamePart(before, after, port)) return []
      const [old, next] = await Promise.all([before, after].map((stack) => whereabouts(stack, port, environment)))
      if (old !== undefined && next !== undefined && isSamePlace(old, next)) return []
      const path = old?.location
      return [{ port, isEmpty: path !== undefined && nodePath.isAbsolute(path) && !existsSync(path) }]
    }),
  )
  return found.flat()
}

function isSamePlace(one: Whereabouts, other: Whereabouts): boolean {
  if (one.component !== other.component) return false
  if (one.location === undefined || other.location === undefined) return isDeepStrictEqual(one.options, other.options)
  return one.location === other.location
}

async function whereabouts(
  stack: StackDefinition,
  port: MovedPart['port'],
  environment: StackEnvironment,
): Promise<Whereabouts | undefined> {
  const part = stackParts(stack).find((one) => one.port === port)
  if (part?.reference.use === undefined || isPathUse(part.reference.use)) return undefined
  try {
    const { definition, plugin, type } = await loadPart(part, { stack: stack.name, search: environment })
    const options = partOptions(part)
    // Sound: these are options as somebody wrote them, and what makes nothing of them throws.
    const location = definition.location?.(options as never, environment)
    return { component: `${plugin}#${type}`, location: location && realOf(location), options }
  } catch {
    return undefined
  }
}

function realOf(location: string): string {
  try {
    return nodePath.isAbsolute(location) ? realpathSync(location) : location
  } catch {
    return location
  }
}
