import type { CodePart } from '@cairnml/core'

import type { ClosureNode, StepClosure } from '../closure/step-closure.ts'

/** A piece of code in a closure, as far as its digest and its explanation need it. */
export type NodeDetail = Pick<ClosureNode, 'file' | 'unit' | 'definitions' | 'label' | 'kind' | 'tokens'>

/** What a closure consists of: enough to explain its digest, and to make it again when only tokens have changed. */
export interface ClosureDetail {
  /** Everything but the token hashes. */
  readonly structure: string
  readonly rootTokens: string
  /** The root for people, apart from its tokens. */
  readonly root: Pick<CodePart, 'label' | 'kind'>
  /** In canonical order. Closures that were stored together have the same objects for the same pieces. */
  readonly nodes: readonly NodeDetail[]
}

const ROOT_DIGITS = 32

/** The details of a closure that was made. */
export function closureDetail({ structure, rootTokens, parts, nodes }: StepClosure): ClosureDetail {
  const [root] = parts
  return { structure, rootTokens, root: { label: root?.label ?? '', kind: root?.kind }, nodes }
}

/** The pieces of a closure for people, the root first. */
export function partsOf({ root, rootTokens, nodes }: ClosureDetail): readonly CodePart[] {
  return [
    { ...root, identity: rootTokens.slice(0, ROOT_DIGITS) },
    ...nodes.map(({ label, tokens, kind }) => ({ label, identity: tokens, kind })),
  ]
}
