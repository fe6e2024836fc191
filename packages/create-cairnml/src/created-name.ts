import { cairnError, nameProblem } from '@cairnml/core'

/** Names of npm packages are lower case; the rest makes them names of folders and in code everywhere. */
const NAME = /^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*$/
const WORDS = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const RESERVED = new Set(['node_modules', 'favicon.ico', 'cairnml'])

/** Refuses a name of a project that no package can have. @throws CAIRN_NAME_INVALID */
export function assertProjectName(name: string): void {
  const problem = NAME.test(name) ? undefined : 'it is not made of small letters and digits, joined by "-", "_" or "."'
  refuse('project', name, nameProblem(name) ?? problem)
}

/**
 * The name of a plugin, without what the names of all plugins begin with.
 *
 * @throws CAIRN_NAME_INVALID
 */
export function pluginName(given: string): string {
  const name = given.replace(/^cairnml-plugin-/, '')
  const problem = WORDS.test(name) ? undefined : 'it is not made of small letters and digits, joined by "-"'
  refuse('plugin', name, nameProblem(name) ?? problem)
  return name
}

function refuse(kind: string, name: string, problem: string | undefined): void {
  const reason = problem ?? (RESERVED.has(name) ? 'it is taken' : undefined)
  if (reason !== undefined) throw cairnError('CAIRN_NAME_INVALID', { kind, name, reason })
}
