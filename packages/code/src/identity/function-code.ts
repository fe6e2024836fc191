import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import type { FunctionPlace, Unreadable } from '../captured/captured-reader.ts'
import type { ClosureRefusal } from '../closure/step-closure.ts'
import type { FunctionCode } from '../captured/digest-value.ts'
import type { MemoizedWalk } from '../memo/memoized-walk.ts'
import type { KnownClosure } from '../memo/static-closure.ts'
import { isInNodeModules } from '../packages/manifest.ts'
import { offsetOf } from '../site/locate-call.ts'

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu
const NOT_FOUND: Unreadable = { reason: 'its source cannot be found' }

/**
 * The code of a function that was met in a captured value: the whole declaration that it is written in with everything
 * that this reaches, and which of the functions in there it is. Every name in its text may be one that it captures; those
 * that are not are never found around it. Its closure goes to `met`: the packages and variables in there count, too.
 */
export async function functionCode(
  place: FunctionPlace,
  { walk, met }: { readonly walk: MemoizedWalk; readonly met: KnownClosure[] },
): Promise<FunctionCode | Unreadable> {
  if (isInNodeModules(place.file)) return { reason: 'it comes from an npm package' }
  const text = readFileSync(place.file, 'utf8').replace(/^\uFEFF/, '')
  const at = offsetOf(text, place.line, place.column)
  if (at === undefined) return NOT_FOUND
  const known = await walk.closureOf({ file: place.file, at, what: 'unit' })
  met.push(known)
  const { closure } = known
  const [refusal] = closure.reasons
  if (refusal !== undefined) return { reason: placed(refusal) }
  const { functionAt, functionsOf } = await import('./functions-of.ts')
  const found = functionsOf(place.file, text, at)
  if (found === undefined) return NOT_FOUND
  const index = place.isExact ? functionAt(found, at) : undefined
  const node = index === undefined ? undefined : found.functions[index]
  if (place.isExact && node === undefined) return NOT_FOUND
  const code = node === undefined ? found.text : text.slice(node.start, node.end)
  return {
    digest: hash('sha256', JSON.stringify([closure.digest, index ?? null, place.query])),
    captures: [...new Set(code.match(NAME) ?? [])],
    usesThis: /\b(?:this|super)\b/.test(code),
  }
}

/** The place of the step says nothing of where the function is. */
function placed({ reason, at }: ClosureRefusal): string {
  return at === undefined ? reason : `${reason} (${at})`
}
