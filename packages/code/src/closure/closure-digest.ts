import { canonicalDigest, type PlainData } from '@cairnml/core'

import type { Definition } from '../site/find-definition.ts'
import type { ReachedPackage } from '../packages/package-table.ts'
import type { Closure } from './walk-closure.ts'

const FORMAT = 1

/** What, besides the text of files and the versions of packages, decides which code a step is. */
export interface StepPlace {
  readonly name: string
  readonly definition: Definition
  /** Resolution conditions beyond those of Node, which may select other files of a package. */
  readonly conditions: readonly string[]
}

/** The digest of everything that a file reaches, without paths, so it is the same wherever the project lies. */
export function closureDigest(closure: Pick<Closure, 'modules' | 'packages'>): string {
  return canonicalDigest('code-closure', {
    format: FORMAT,
    modules: closure.modules.map(({ source, targets }) => [source.digest, targets]),
    packages: closure.packages.map(packageData),
  })
}

/** The digest of a step in a project: its place in its file, and the closure of that file. */
export function stepDigest(place: StepPlace, closure: Closure): string {
  return canonicalDigest('step-code', {
    format: FORMAT,
    ...placeData(place),
    // Only a module that can see its own URL can behave otherwise under another query.
    query: closure.modules[0]?.source.readsOwnUrl === true ? place.definition.query : '',
    closure: closure.digest,
  })
}

/** The digest of a step that an installed package defines: its place in the package, and the package. */
export function packagedStepDigest(place: StepPlace, inside: string, packages: readonly ReachedPackage[]): string {
  return canonicalDigest('packaged-step-code', {
    format: FORMAT,
    ...placeData(place),
    query: place.definition.query,
    inside,
    packages: packages.map(packageData),
  })
}

function placeData({ name, definition, conditions }: StepPlace): { readonly [name: string]: PlainData } {
  const { callee, ordinal } = definition.call
  return { step: name, callee, ordinal, conditions: [...conditions] }
}

function packageData({ name, version, dependencies }: ReachedPackage): PlainData {
  return [name, version, ...dependencies.flat()]
}
