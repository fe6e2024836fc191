import type { KeyTree } from '@cairnml/core'

/** An npm package in the version that a step reached. */
export interface PackageVersion {
  readonly name: string
  readonly version: string
}

const LABEL = 'package:'

/** The packages that a step reaches, as its key counts them: without those below them, and without ignored ones. */
export function reachedPackages(tree: KeyTree | undefined): readonly PackageVersion[] {
  const parts = tree?.parts ?? []
  return parts.flatMap(({ label, detail = [] }) => {
    if (!label.startsWith(LABEL)) return []
    const name = label.slice(LABEL.length)
    const versions = detail.flatMap((piece) =>
      piece.label.startsWith(`${name}@`) ? [piece.label.slice(name.length + 1)] : [],
    )
    return [...new Set(versions)].map((version) => ({ name, version }))
  })
}
