import { refusalPage, type Refusal } from '@cairnml/core/explain'

/** What to do about a step that is not cached, then where to read more; nothing where no kind of reason is known. */
export function remedyLines(refusal: Refusal | undefined): readonly string[] {
  return refusal === undefined ? [] : [refusal.remedy, `See ${refusalPage(refusal.kind)}`]
}

/** The same for many steps: a line for each kind of reason. */
export function remediesOf(steps: readonly { readonly refusal?: Refusal | undefined }[]): readonly string[] {
  const lines = steps.flatMap(({ refusal }) => (refusal === undefined ? [] : [remedyLines(refusal).join(' ')]))
  return Array.from(new Set(lines), (line) => `  ${line}`)
}
