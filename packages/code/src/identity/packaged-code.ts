import { hash } from 'node:crypto'
import { dirname, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { StepCode } from '@cairnml/core'

import type { InstalledPackages } from '../packages/installed-packages.ts'
import { Manifests } from '../packages/manifest.ts'
import type { CallPlace } from '../site/find-call.ts'

const VERSION = 'cairn packaged step 2'

/**
 * The code of a step that an npm package defines: the package with everything below it, and the place in it. Its files
 * are not read.
 */
export function packagedCode(
  call: CallPlace,
  { packages, conditions }: { readonly packages: InstalledPackages; readonly conditions: readonly string[] },
): StepCode {
  const code = packages.identify(call.file)
  if ('reason' in code) return { known: false, reason: code.reason }
  const owner = new Manifests().owning(dirname(call.file))
  if (owner === undefined) return { known: false, reason: 'its package has no name and version' }
  const counting = packages.conditionsOf(call.file, conditions).toSorted()
  const file = relative(owner.dir, call.file).split(sep).join('/')
  return {
    known: true,
    digest: hash('sha256', JSON.stringify([VERSION, file, call.offset, call.query, counting])),
    parts: [],
    ports: [],
    captured: [],
    packages: [code],
    environment: [],
    outsideReads: [],
    module: pathToFileURL(call.file).href,
  }
}
