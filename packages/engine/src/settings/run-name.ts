import { assertName, cairnError, nearestName } from '@cairnml/core'

/** The name of a run that was given none. */
export const DEFAULT_RUN_NAME = '{{pipeline}}-{{date}}-{{time}}'

/** What a name template is filled with. */
export interface RunNameFacts {
  readonly pipeline: string
  readonly substitutions: Readonly<Record<string, string>>
  /** Milliseconds since the epoch, with fractions. */
  readonly nowMs: number
}

/**
 * Fills the placeholders of a run name: `{{date}}` is `2023_02_19`, `{{time}}` is `11_07_09_326492` (local time; the
 * last three digits only tell names of one millisecond apart), `{{pipeline}}` the pipeline's name, and own ones.
 *
 * @throws CAIRN_NAME_INVALID, CAIRN_RUN_OPTION_UNKNOWN for a placeholder that is not known
 */
export function fillRunName(template: string, facts: RunNameFacts): string {
  if (typeof template !== 'string') assertName('run', template)
  const known: Readonly<Record<string, string>> = {
    ...facts.substitutions,
    pipeline: facts.pipeline,
    ...dateAndTime(facts.nowMs),
  }
  const name = template.replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/g, (_match, placeholder: string) => {
    const value = Object.hasOwn(known, placeholder) ? known[placeholder] : undefined
    if (value !== undefined) return value
    const nearest = nearestName(placeholder, Object.keys(known))
    throw cairnError('CAIRN_RUN_OPTION_UNKNOWN', {
      where: 'The placeholders of a run name',
      name: placeholder,
      nearest,
    })
  })
  assertName('run', name)
  return name
}

/** Whether a template gives another name at every moment. */
export function namesTime(template: string): boolean {
  return /\{\{\s*time\s*\}\}/.test(template)
}

function dateAndTime(nowMs: number): { readonly date: string; readonly time: string } {
  const at = new Date(nowMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  const micros = String(Math.floor((nowMs % 1000) * 1000)).padStart(6, '0')
  return {
    date: `${at.getFullYear()}_${two(at.getMonth() + 1)}_${two(at.getDate())}`,
    time: `${two(at.getHours())}_${two(at.getMinutes())}_${two(at.getSeconds())}_${micros}`,
  }
}

/**
 * The present by the clock of all records, with fractions that tell names of the same millisecond apart. The monotonic
 * clock alone would fall behind where the machine sleeps or its time is corrected.
 */
export function preciseNowMs(): number {
  return Date.now() + (performance.now() % 1)
}
