import type { BundleTarget, StepBundle, StepSource, UnknownCode } from '@cairnml/core'

import { bundleStep } from '../bundle/bundle-step.ts'
import { projectSource } from '../bundle/project-source.ts'
import { writeBundle } from '../bundle/write-bundle.ts'
import type { CapturedReader, Unreadable } from '../captured/captured-reader.ts'
import { Project } from '../closure/project.ts'
import type { StepClosure } from '../closure/step-closure.ts'
import type { CallPlace } from '../site/find-call.ts'
import type { WalkSettings } from './project-walk.ts'
import { portNames } from './step-closures.ts'

/** What bundling a step needs. */
export interface BundleTools {
  readonly settings: WalkSettings
  readonly reader: CapturedReader
}

/**
 * Writes the bundle of a step for another process.
 *
 * @throws RangeError if there is no call at the place
 */
export async function writeStepBundle(
  { step, call, to }: { readonly step: StepSource; readonly call: CallPlace; readonly to: BundleTarget },
  { settings, reader }: BundleTools,
): Promise<StepBundle | UnknownCode> {
  const project = new Project(settings)
  const root = { file: call.file, at: call.offset }
  const closure = project.closureOf({ ...root, what: 'function' })
  const ports = portNames(project.ownPorts(root), step.ports).map((what) => project.closureOf({ ...root, what }))
  const captured = valuesOf(step, [closure, ...ports], reader)
  if ('reason' in captured) return { known: false, reason: captured.reason }
  const bundle = await bundleStep({
    source: projectSource(project.graph.linker, settings.entries),
    projectDir: settings.projectDir,
    profile: to.profile,
    closure,
    ports,
    captured,
  })
  if (!bundle.bundled) return { known: false, reason: bundle.reason, at: bundle.at }
  return { known: true, module: await writeBundle(bundle, to.folder), nativePackages: bundle.nativePackages }
}

function valuesOf(
  { run }: StepSource,
  closures: readonly StepClosure[],
  reader: CapturedReader,
): ReadonlyMap<string, unknown> | Unreadable {
  return reader.values(run, [...new Set(closures.flatMap(({ captured }) => captured))])
}
