import { cairnError } from '../errors/cairn-error.ts'
import { nearestName } from '../names/nearest.ts'
import { showValue } from '../materializer/schema-check.ts'
import { parseDuration } from './duration.ts'
import { FAILURE_MODES, type PipelineOptions, type StepOptions } from './options.ts'

/** The names of all step options. */
const STEP_OPTIONS: readonly (keyof StepOptions)[] = [
  'cache',
  'retry',
  'timeout',
  'resources',
  'settings',
  'secrets',
  'tags',
  'onStart',
  'onSuccess',
  'onFailure',
]

type Check = (value: unknown) => string | undefined

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
const expectThat =
  (test: (value: unknown) => boolean, expected: string): Check =>
  (value) =>
    test(value) ? undefined : expected
const texts = expectThat(
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  'a list of strings',
)
const hook = expectThat((value) => typeof value === 'function', 'a function')
const duration = expectThat((value) => parseDuration(value) !== undefined, "a duration like '30s', '10m' or '500ms'")

const CHECKS: Readonly<Record<string, Check>> = {
  cache: expectThat((value) => typeof value === 'boolean', 'true or false'),
  retry: (value) => retryProblem(value),
  timeout: duration,
  resources: expectThat(isObject, 'an object'),
  settings: expectThat(isObject, 'an object'),
  secrets: texts,
  tags: texts,
  onStart: hook,
  onSuccess: hook,
  onFailure: hook,
  failureMode: expectThat((value) => FAILURE_MODES.some((mode) => mode === value), FAILURE_MODES.join(', ')),
}

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
    const check = CHECKS[name]
    if (check === undefined) continue
    const expected = check(value)
    if (expected !== undefined) {
      throw cairnError('CAIRN_RUN_OPTION_INVALID', { option: `${name} of ${where}`, value: showValue(value), expected })
    }
    options[name] = value
  }
  // Sound: every property that is kept passed the check of its name.
  return options as PipelineOptions
}

function retryProblem(value: unknown): string | undefined {
  const expected = "{ attempts: 3, delay: '2s', backoff: 2 }"
  if (!isObject(value)) return expected
  const { attempts, delay, backoff, ...rest } = value as Readonly<Record<string, unknown>>
  if (!Number.isInteger(attempts) || Number(attempts) < 1) return `${expected} with attempts from 1`
  if (delay !== undefined && parseDuration(delay) === undefined) return `${expected} with a delay like '2s'`
  if (backoff !== undefined && !(typeof backoff === 'number' && backoff >= 1)) return `${expected} with backoff from 1`
  return Object.keys(rest).length > 0 ? expected : undefined
}
