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
 * Fills the placeholders of a run name: `{{date}}` is `2023_02_19`, `{{time}}` is `11_07_09_326492` (local time, with
 * microseconds), `{{pipeline}}` the pipeline's name, and own ones.
 *
 * @throws CAIRN_NAME_INVALID, CAIRN_RUN_OPTION_UNKNOWN for a placeholder that is not known
 */
export function fillRunName(template: string, facts: RunNameFacts): string {
  const known: Readonly<Record<string, string>> = {
    ...facts.substitutions,
    pipeline: facts.pipeline,
    ...dateAndTime(facts.nowMs),
  }
  const name = template.replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/g, (_match, placeholder: string) => {
    const value = Object.hasOwn(known, placeholder) ? known[placeholder] : undefined
    if (value !== undefined) return value
    const nearest = nearestName(placeholder, Object.keys(known))
    throw cairnError('CAIRN_RUN_OPTION_UNKNOWN', { where: 'The placeholders of a run name', name: placeholder, nearest })
  })
  assertName('run', name)
  return name
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

/** The present with microseconds, as run names use it. */
export function preciseNowMs(): number {
  return performance.timeOrigin + performance.now()
}
