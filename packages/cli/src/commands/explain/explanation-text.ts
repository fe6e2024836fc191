import type { StepExplanation, StoredRun } from '@cairnml/client'

import { remediesOf, remedyLines } from '../../output/remedy-lines.ts'

/** Why each step of a run was reused or ran, a line each; then what to do about those that are not cached. */
export function runLines(run: StoredRun, steps: readonly StepExplanation[]): string {
  const width = Math.max(0, ...steps.map(({ label }) => label.length))
  const lines = steps.map((step) => `  ${step.label.padEnd(width)}  ${shortClause(step)}`)
  const { name, pipeline, version, status } = run
  return `${[`Run ${name} of pipeline ${pipeline} (version ${version}): ${status}`, ...lines, ...remediesOf(steps)].join('\n')}\n`
}

/** Who made a result is said of one step; of many it would fill the screen. */
function shortClause({ decision, origin, changes, clause }: StepExplanation): string {
  const isPlain = decision === 'reused' && changes.length === 0 && origin?.accepted === undefined
  return isPlain && origin !== undefined ? `was reused from run ${origin.run}` : clause
}

/** Why a step was reused or ran: the sentence, what to do about it, everything that differs, what is to be said besides. */
export function stepLines({ sentence, refusal, changes, label, notices, key }: StepExplanation): string {
  const isMore = changes.length > 1 || changes.some(({ text }) => !sentence.includes(text))
  return [
    sentence,
    ...remedyLines(refusal),
    ...(isMore ? changes.map(({ text }) => `  ${text}`) : []),
    ...notices.map((notice) => `Step ${label} ${notice}`),
    ...(key === undefined ? [] : [`Key ${key}`]),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

/** Explanations as JSON, for programs. */
export function explanationJson(run: StoredRun, steps: readonly StepExplanation[]): string {
  const { name, pipeline, version, status } = run
  return `${JSON.stringify({ format: 'cairn.explanation/1', run: name, pipeline, version, status, steps })}\n`
}
