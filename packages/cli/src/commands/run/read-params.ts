import { isCairnError, validateParams, type ParameterIssue, type PipelineDefinition } from '@cairnml/core'

import type { GivenParam } from './given-param.ts'

type Values = Readonly<Record<string, unknown>>

/** Whose parameters are read. */
export interface ParamsOwner {
  readonly schema: PipelineDefinition['params']
  /** Names it in errors: `Pipeline "search"`. */
  readonly where: string
}

/**
 * Parameters with those that were given as text above them. A text is read as JSON, and as text where it is no JSON or
 * the schema refuses it as such.
 *
 * @throws the codes of the parameter area, but not for values that the schema refuses
 */
export function readParams(owner: ParamsOwner, params: Values, given: readonly GivenParam[]): Values {
  if (given.length === 0) return params
  const asJson = assign(params, given, (param) => param.json)
  const issues = issuesOf(owner, asJson)
  if (issues.length === 0) return asJson
  const mixed = assign(params, given, (param) => (isRefused(param, issues) ? param.text : param.json))
  const left = issuesOf(owner, mixed)
  // The first reading tells better what is wrong where neither fits.
  return assign(params, given, (param) =>
    isRefused(param, issues) && !isRefused(param, left) ? param.text : param.json,
  )
}

function isRefused(param: GivenParam, issues: readonly ParameterIssue[]): boolean {
  const own = param.path.join('.')
  return issues.some(({ path }) => path === own || path.startsWith(`${own}.`))
}

function issuesOf({ schema, where }: ParamsOwner, params: Values): readonly ParameterIssue[] {
  try {
    validateParams(schema, params, where)
    return []
  } catch (error) {
    if (!isCairnError(error, 'CAIRN_PARAMETER_INVALID')) throw error
    // Sound: the details of this code hold the issues.
    return error.details['issues'] as readonly ParameterIssue[]
  }
}

function assign(params: Values, given: readonly GivenParam[], valueOf: (param: GivenParam) => unknown): Values {
  return given.reduce<Values>((values, param) => withValue(values, param.path, valueOf(param)), params)
}

/** A copy with a value set at a path; objects on the way are made where they are missing. */
function withValue(values: Values, [name = '', ...rest]: readonly string[], value: unknown): Values {
  if (rest.length === 0) return { ...values, [name]: value }
  const inner = values[name]
  const object = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Values) : {}
  return { ...values, [name]: withValue(object, rest, value) }
}
