import type { ArtifactRef } from '../artifact/artifact-ref.ts'

/** The paths of files from outside among artifacts, each once. */
export function externalFiles(refs: readonly ArtifactRef[]): readonly string[] {
  return [
    ...new Set(refs.flatMap(({ external }) => (external === undefined || external === 'value' ? [] : [external]))),
  ]
}
