import { cairnError, isCairnError, validateParams, type ParameterIssue, type PipelineDefinition } from '@cairnml/core'

type Values = Readonly<Record<string, unknown>>

/** One `NAME=VALUE`, read both ways. */
interface GivenParam {
  readonly path: readonly string[]
  readonly text: string
  readonly json: unknown
}

/**
 * The parameters of a run: those of the file under those of the command line. A value is read as JSON, and as text
 * where it is no JSON or the schema refuses it as such; dots reach into objects.
 *
 * @throws CAIRN_PARAMETER_SYNTAX, and the codes of the parameter area
 */
export function cliParams(pipeline: PipelineDefinition, args: Values, given: readonly string[]): Values {
  const params = given.map(parseParam)
  if (params.length === 0) return args
  const asJson = assign(args, params, (param) => param.json)
  const issues = issuesOf(pipeline, asJson)
  if (issues.length === 0) return asJson
  const mixed = assign(args, params, (param) => (isRefused(param, issues) ? param.text : param.json))
  const left = issuesOf(pipeline, mixed)
  // The first reading tells better what is wrong where neither fits.
  return assign(args, params, (param) =>
    isRefused(param, issues) && !isRefused(param, left) ? param.text : param.json,
  )
}

function isRefused(param: GivenParam, issues: readonly ParameterIssue[]): boolean {
  const own = param.path.join('.')
  return issues.some(({ path }) => path === own || path.startsWith(`${own}.`))
}

function parseParam(given: string): GivenParam {
  const at = given.indexOf('=')
  const name = given.slice(0, at)
  const path = name.split('.')
  if (at <= 0 || path.some((part) => part === '' || part === '__proto__')) {
    throw cairnError('CAIRN_PARAMETER_SYNTAX', { given })
  }
  const text = given.slice(at + 1)
  return { path, text, json: jsonOr(text) }
}

function jsonOr(text: string): unknown {
  try {
    const json = JSON.parse(text) as unknown
    // A whole number that JSON would round stays text: a schema of bigints or strings reads all of its digits.
    return /^-?\d+$/.test(text) && !Number.isSafeInteger(json) ? text : json
  } catch {
    return text
  }
}

function issuesOf(pipeline: PipelineDefinition, args: Values): readonly ParameterIssue[] {
  const params = Object.fromEntries(Object.entries(args).filter(([name]) => !Object.hasOwn(pipeline.inputs, name)))
  try {
    validateParams(pipeline.params, params, `Pipeline "${pipeline.name}"`)
    return []
  } catch (error) {
    if (!isCairnError(error, 'CAIRN_PARAMETER_INVALID')) throw error
    // Sound: the details of this code hold the issues.
    return error.details['issues'] as readonly ParameterIssue[]
  }
}

function assign(args: Values, params: readonly GivenParam[], valueOf: (param: GivenParam) => unknown): Values {
  return params.reduce<Values>((values, param) => withValue(values, param.path, valueOf(param)), args)
}

/** A copy with a value set at a path; objects on the way are made where they are missing. */
function withValue(values: Values, [name = '', ...rest]: readonly string[], value: unknown): Values {
  if (rest.length === 0) return { ...values, [name]: value }
  const inner = values[name]
  const object = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Values) : {}
  return { ...values, [name]: withValue(object, rest, value) }
}
