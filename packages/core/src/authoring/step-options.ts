import { cairnError } from '../errors/cairn-error.ts'
import { nearestName } from '../names/nearest.ts'
import { showValue } from '../materializer/schema-check.ts'
import { parseDuration } from './duration.ts'
import { isSettings } from './component-settings.ts'
import { CACHING_OPTION_CHECKS, expectVariables } from './caching-option-checks.ts'
import { expectList, expectThat, isRecord, type OptionCheck } from './option-check.ts'
import { FAILURE_MODES, type PipelineOptions, type StepOptions } from './options.ts'

const hook = expectThat((value) => typeof value === 'function', 'a function')

/** The check of each step option. */
const CHECKS: { readonly [O in keyof Required<StepOptions>]: OptionCheck } = {
  ...CACHING_OPTION_CHECKS,
  retry: retryProblem,
  timeout: expectThat((value) => parseDuration(value) !== undefined, "a duration like '30s', '10m' or '500ms'"),
  resources: expectThat(isAmounts, "amounts from 0 by name: { cpu: 2, memory: '4Gi', openai: 1 }"),
  settings: expectThat(isSettings, 'settings by component: { kubernetes: { ... } }'),
  secrets: expectVariables,
  tags: expectList(() => true, 'a list of strings'),
  onStart: hook,
  onSuccess: hook,
  onFailure: hook,
}
const MORE_CHECKS: Readonly<Record<string, OptionCheck>> = {
  failureMode: expectThat((value) => FAILURE_MODES.some((mode) => mode === value), FAILURE_MODES.join(', ')),
}
/** Without a prototype: names that every object has are no options. */
const ALL_CHECKS: Readonly<Record<string, OptionCheck>> = Object.assign(Object.create(null), CHECKS, MORE_CHECKS)
const STEP_OPTIONS = Object.keys(CHECKS)

/**
 * Takes the options out of a declaration or change and checks them.
 *
 * @param also names that may be there besides the options of steps; `failureMode` among them is checked, too
 * @throws CAIRN_RUN_OPTION_INVALID, CAIRN_RUN_OPTION_UNKNOWN
 */
export function checkedStepOptions(where: string, given: object, also: readonly string[]): PipelineOptions {
  const options: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const known = [...STEP_OPTIONS, ...also]
    if (!known.includes(name)) {
      const nearest = nearestName(name, known)
      throw cairnError('CAIRN_RUN_OPTION_UNKNOWN', { where: `The options of ${where}`, name, nearest })
    }
    const check = ALL_CHECKS[name]
    if (check === undefined) continue
    const expected = check(value)
    if (expected !== undefined) {
      throw cairnError('CAIRN_RUN_OPTION_INVALID', { option: `${name} of ${where}`, value: showValue(value), expected })
    }
    options[name] = value
  }
  refuseBoth(where, options)
  // Sound: every property that is kept passed the check of its name.
  return options as PipelineOptions
}

/** A secret never counts, a declared variable does. */
function refuseBoth(where: string, { env, secrets }: PipelineOptions): void {
  const both = env?.find((name) => secrets?.includes(name))
  if (both === undefined) return
  const expected = 'names that are not in its secrets, which never count'
  throw cairnError('CAIRN_RUN_OPTION_INVALID', { option: `env of ${where}`, value: showValue(env), expected })
}

function isAmounts(value: unknown): boolean {
  if (!isRecord(value)) return false
  const isAmount = (amount: unknown): boolean => typeof amount === 'number' && Number.isFinite(amount) && amount >= 0
  return Object.values(value).every((amount) => amount === undefined || typeof amount === 'string' || isAmount(amount))
}

function retryProblem(value: unknown): string | undefined {
  const expected = "{ attempts: 3, delay: '2s', backoff: 2 }"
  if (!isRecord(value)) return expected
  const { attempts, delay, backoff, ...rest } = value
  if (!Number.isInteger(attempts) || Number(attempts) < 1) return `${expected} with attempts from 1`
  if (delay !== undefined && parseDuration(delay) === undefined) return `${expected} with a delay like '2s'`
  if (backoff !== undefined && !(typeof backoff === 'number' && backoff >= 1)) return `${expected} with backoff from 1`
  return Object.keys(rest).length > 0 ? expected : undefined
}
