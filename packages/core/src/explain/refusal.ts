import { REFUSAL_KINDS } from './refusal-kinds-data.ts'

/** What is known of a reason for which a step is not cached. */
export interface Refusal {
  /** Permanent name of the kind, in kebab-case: `computed-import`. */
  readonly kind: string
  /** What to do about it: one sentence. */
  readonly remedy: string
}

/** The code of a function that a step captures is refused for reasons of its own. */
const OF_CAPTURED_CODE = /^the code of .+? is not known: /s

/**
 * What to do about a reason for which a step is not cached; `undefined` for one that Cairn does not give by itself,
 * such as that of a cache policy.
 *
 * @param reason a clause, with or without a place: `it calls eval (src/train.ts:3)`
 */
export function refusalOf(reason: string): Refusal | undefined {
  const inner = reason.replace(OF_CAPTURED_CODE, '')
  const found = (inner === reason ? undefined : kindOf(inner)) ?? kindOf(reason)
  return found === undefined ? undefined : { kind: found.kind, remedy: found.remedy }
}

/** Where a kind is explained: a path in the repository of Cairn. */
export function refusalPage(kind: string): string {
  return `docs/not-cached.md#${kind}`
}

function kindOf(reason: string): (typeof REFUSAL_KINDS)[number] | undefined {
  return REFUSAL_KINDS.find(({ reasons }) => reasons.some((pattern) => pattern.test(reason)))
}
