import { cairnError } from '../errors/cairn-error.ts'
import { isVariableName, replacePlaceholders, variableOf } from '../environment/env-placeholder.ts'
import { isSecretName } from '../cache-policy/secret-name.ts'
import type { ConfigDocument, ConfigPath } from './config-document.ts'

/** A document whose placeholders are filled in. */
export interface FilledDocument extends ConfigDocument {
  /** Whether something in a value, or the whole, came from the environment. */
  isFilled(path: ConfigPath): boolean
  /** Texts that are nothing but a placeholder, by their place. */
  readonly wholes: readonly { readonly path: ConfigPath; readonly text: string }[]
}

/**
 * Fills `${env:NAME}` in the texts of a document. What a run configuration holds is recorded, so variables that are
 * secrets by their name are refused.
 *
 * @throws CAIRN_CONFIG_VARIABLE
 */
export function fillPlaceholders(document: ConfigDocument, environment: NodeJS.ProcessEnv): FilledDocument {
  const filled = new Set<string>()
  const wholes: { readonly path: ConfigPath; readonly text: string }[] = []
  const fill = (value: unknown, path: ConfigPath): unknown => {
    if (typeof value === 'string' && value.includes('${')) {
      const at = document.place(path)
      const text = replacePlaceholders(value, (name) => variable(name, { at, environment }))
      if (text !== value) filled.add(JSON.stringify(path))
      if (/^\$\{env:[^}]*\}$/.test(value)) wholes.push({ path, text })
      return text
    }
    if (Array.isArray(value)) return value.map((item, index) => fill(item, [...path, index]))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, [...path, name])]))
  }
  const value = fill(document.value, [])
  return { ...document, value, wholes, isFilled: (path) => filled.has(JSON.stringify(path)) }
}

function variable(
  name: string,
  { at, environment }: { readonly at: string; readonly environment: NodeJS.ProcessEnv },
): string {
  const problem = variableProblem(name, environment)
  if (problem !== undefined) throw cairnError('CAIRN_CONFIG_VARIABLE', { at, variable: name.slice(0, 100), problem })
  return environment[name] ?? ''
}

function variableProblem(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  if (!isVariableName(name)) return 'that is no name of a variable'
  // Also PASSWORD alone, and api_key.
  if (isSecretName(`_${name}`.toUpperCase())) {
    return 'by its name it is a secret, and what a run configuration holds is recorded'
  }
  return variableOf(name, environment) === undefined ? 'it is not set' : undefined
}
