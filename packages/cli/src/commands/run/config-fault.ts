import { cairnError, isCairnError } from '@cairnml/core'
import type { RunConfig } from '@cairnml/core/config'

type Path = readonly string[]

/**
 * An error of a run, with its place where it is about something that only the configuration file says.
 *
 * @param flagged parameters that the command line gives, which win over the file
 */
export function configFault(error: unknown, config: RunConfig | undefined, flagged: readonly Path[]): unknown {
  if (config === undefined || !isCairnError(error)) return error
  const path = pathOf(error, config)
  if (path === undefined || flagged.some((given) => given[0] === path[1] && path[0] === 'params')) return error
  const isValue = isCairnError(error, 'CAIRN_PARAMETER_INVALID') || isCairnError(error, 'CAIRN_SETTINGS_INVALID')
  const at = config.place(path, isValue ? 'value' : 'key')
  const problem = error.message.replace(/\.$/, '')
  return cairnError('CAIRN_CONFIG_INVALID', { problems: [{ at, problem }] }, { cause: error })
}

interface FaultDetails {
  readonly where?: string
  readonly name?: string
  readonly id?: string
  readonly step?: string
  readonly stepName?: string
  readonly path?: string
  readonly issues?: readonly { readonly path: string }[]
}

function pathOf(
  { code, details }: { readonly code: string; readonly details: FaultDetails },
  { values }: RunConfig,
): Path | undefined {
  if (code === 'CAIRN_INVOCATION_UNKNOWN') return invocationPath(details.id ?? '', values)
  if (code === 'CAIRN_SETTINGS_INVALID') return settingsPath(details, details.path?.split('.') ?? [], values)
  if (code === 'CAIRN_SETTINGS_UNKNOWN') return settingsPath(details, [details.name ?? ''], values)
  const names = code === 'CAIRN_PARAMETER_UNKNOWN' ? [details.name ?? ''] : issuePath(code, details)
  const [first] = names
  if (first === undefined) return undefined
  const step = /^Step "([^"]+)"/.exec(details.where ?? '')?.[1]
  if (step === undefined) return Object.hasOwn(values.params ?? {}, first) ? ['params', ...names] : undefined
  return Object.hasOwn(values.steps?.[step]?.params ?? {}, first) ? ['steps', step, 'params', ...names] : undefined
}

function invocationPath(id: string, { steps = {}, refresh = [] }: RunConfig['values']): Path | undefined {
  if (Object.hasOwn(steps, id)) return ['steps', id]
  return refresh.includes(id) ? ['refresh'] : undefined
}

/** Where the file gives a setting, for the step or else for all; one that is missing is where its component is. */
function settingsPath(
  { step = '', stepName = step }: FaultDetails,
  names: Path,
  { steps = {}, settings }: RunConfig['values'],
): Path | undefined {
  const [component = '', first] = names
  const given = [
    { below: ['steps', step, 'settings'], of: steps[step]?.settings?.[component] },
    { below: ['steps', stepName, 'settings'], of: steps[stepName]?.settings?.[component] },
    { below: ['settings'], of: settings?.[component] },
  ].filter(({ of }) => of !== undefined)
  const owner = given.find(({ of }) => first === undefined || Object.hasOwn(of ?? {}, first)) ?? given[0]
  return owner === undefined ? undefined : [...owner.below, ...names]
}

function issuePath(code: string, { issues = [] }: FaultDetails): Path {
  return code === 'CAIRN_PARAMETER_INVALID' ? (issues[0]?.path.split('.') ?? []) : []
}
