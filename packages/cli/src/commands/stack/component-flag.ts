import type { NamedComponent } from '@cairnml/core'

import { usageError } from '../../flags/parse-flags.ts'
import { parseParam } from '../run/given-param.ts'

/** A word, in which quotes may hold spaces: `note="two words"`. */
const WORD = /(?:[^\s"]|"(?:[^"\\]|\\.)*")+/g

/** The options that give components, and the names of these in a stack file. */
export const COMPONENT_OPTIONS = {
  orchestrator: { type: 'string' },
  'artifact-store': { type: 'string' },
  'metadata-store': { type: 'string' },
  'cache-policy': { type: 'string' },
  provenance: { type: 'string' },
  extends: { type: 'string' },
} as const

const PROPERTIES = {
  orchestrator: 'orchestrator',
  'artifact-store': 'artifactStore',
  'metadata-store': 'metadataStore',
  'cache-policy': 'cachePolicy',
  provenance: 'provenance',
} as const

/**
 * What the options of a command say of a stack file.
 *
 * @throws CAIRN_COMMAND_USAGE, CAIRN_PARAMETER_SYNTAX
 */
export function componentChanges(
  values: Readonly<Partial<Record<keyof typeof COMPONENT_OPTIONS, string>>>,
): Readonly<Record<string, unknown>> {
  const changes: Record<string, unknown> = values.extends === undefined ? {} : { extends: values.extends }
  for (const [option, property] of Object.entries(PROPERTIES)) {
    // Sound: the options are the keys of this very object.
    const given = values[option as keyof typeof PROPERTIES]
    if (given !== undefined) changes[property] = parseComponent(given, `--${option}`)
  }
  return changes
}

/**
 * Reads `s3 bucket=acme-ml region=eu-west-1`: a plugin, and options whose values are JSON, else text. Dots in names reach
 * into objects.
 *
 * @throws CAIRN_COMMAND_USAGE, CAIRN_PARAMETER_SYNTAX
 */
export function parseComponent(given: string, option: string): NamedComponent {
  const [use, ...options] = given.match(WORD) ?? []
  if (use === undefined || use.includes('=')) {
    throw usageError(`${option} takes a plugin and its options, like 'local concurrency=4'; "${given}" is none.`)
  }
  const component: Record<string, unknown> & NamedComponent = { use }
  for (const word of options) {
    if (word.indexOf('=') < 1) {
      throw usageError(`${option}: "${word}" is no option; options are NAME=VALUE, like 'local concurrency=4'.`)
    }
    const { path, json } = parseParam(word)
    let inner: Record<string, unknown> = component
    for (const name of path.slice(0, -1)) {
      const next = Object.hasOwn(inner, name) ? inner[name] : undefined
      const object = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : {}
      inner[name] = object
      inner = object
    }
    const name = path.at(-1) ?? ''
    if (path.length === 1 && name === 'use') throw usageError(`${option}: "use" is the first word, and no option.`)
    inner[name] = json
  }
  return component
}
