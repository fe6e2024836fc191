import type { OutsideRead } from '@cairnml/core'

import type { ClosureRefusal } from '../closure/step-closure.ts'
import type { Manifest } from '../packages/manifest.ts'

/** A package as one piece of code uses it. */
export interface PackageUse {
  readonly manifest: Manifest
  /** Absent where it is only used by another package that does not declare it. */
  readonly specifier?: string | undefined
  /** The file of it that is loaded. */
  readonly file: string
}

/** What some pieces of code lead to. */
export interface LinkedCode {
  /** Ids of nodes, in order of the references; one may be there several times. */
  readonly edges: readonly number[]
  /** All of it that is no node, as text: names, packages, builtins, globals. */
  readonly shape: string
  readonly packages: readonly PackageUse[]
  /** Modules of Node, without `node:`. */
  readonly builtins: readonly string[]
  readonly refusals: readonly ClosureRefusal[]
  readonly environment: readonly string[]
  readonly outsideReads: readonly OutsideRead[]
  /** Where a property called `run` is mentioned. */
  readonly mentionsRun?: string | undefined
}

/** A node of the graph with what it leads to. */
export interface LinkedNode extends LinkedCode {
  readonly file: string
  readonly unit?: number | undefined
  readonly mode: 'use' | 'effect'
  readonly definitions: readonly number[]
  readonly label: string
  readonly kind: string
  readonly tokens: string
}
