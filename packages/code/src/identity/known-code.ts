import { hash } from 'node:crypto'
import { pathToFileURL } from 'node:url'

import type { CodePart, KnownCode, OutsideRead, PackageCode, StepCode } from '@cairnml/core'

import type { StaticClosure } from '../memo/static-closure.ts'
import type { InstalledPackages } from '../packages/installed-packages.ts'
import type { CallPlace } from '../site/find-call.ts'
import type { LiveValues } from './live-values.ts'
import type { StepClosures } from './step-closures.ts'

/** All that was found out about a step. */
export interface StepFindings {
  readonly call: CallPlace
  readonly closures: StepClosures
  readonly live: LiveValues
  /** Conditions that are not those of every process. */
  readonly conditions: readonly string[]
}

const VERSION = 'cairn step code 3'

/** Puts what was found into one answer. Pieces of code are only read when somebody asks for them. */
export function knownCode(
  { call, closures, live, conditions }: StepFindings,
  { packages, at }: { readonly packages: InstalledPackages; readonly at: string },
): StepCode {
  const all = [closures.function, ...closures.ports.map(({ known }) => known), ...live.closures].map(
    ({ closure }) => closure,
  )
  const found = packageCodes(all, packages)
  if (typeof found === 'string') return { known: false, reason: found, at }
  const counting = countingConditions(all, conditions, packages)
  const own = closures.function
  const readsRun = all.find((closure) => closure.readsRun !== undefined)?.readsRun
  return {
    known: true,
    digest: hash('sha256', JSON.stringify([VERSION, own.closure.digest, call.query, counting])),
    get parts(): readonly CodePart[] {
      return own.parts()
    },
    ports: closures.ports.map(({ port, known }) => ({
      port,
      digest: known.closure.digest,
      get parts(): readonly CodePart[] {
        return known.parts()
      },
    })),
    captured: live.captured,
    packages: found,
    environment: [...new Set(all.flatMap(({ environment }) => environment))].toSorted(),
    outsideReads: outsideReads(all),
    ...(readsRun === undefined ? {} : { readsRun: readsRun.at }),
    module: pathToFileURL(call.file).href,
  } satisfies KnownCode
}

/** Conditions that a reached package knows: of project files, those that they lead to count by themselves. */
function countingConditions(
  closures: readonly StaticClosure[],
  conditions: readonly string[],
  installed: InstalledPackages,
): readonly string[] {
  const dirs = new Set(closures.flatMap(({ packages }) => packages.map(({ dir }) => dir)))
  const known = Array.from(dirs, (dir) => installed.conditionsOf(dir, conditions)).flat()
  return [...new Set(known)].toSorted()
}

function packageCodes(
  closures: readonly StaticClosure[],
  installed: InstalledPackages,
): readonly PackageCode[] | string {
  const codes = new Map<string, PackageCode>()
  for (const [dir, files] of loadedFiles(closures)) {
    const code = installed.identify(dir, [...files].toSorted())
    if ('reason' in code) return code.reason
    codes.set(`${code.name} ${code.identity}`, code)
  }
  return [...codes.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, code]) => code)
}

/** Files that are loaded of each package, by its folder. */
function loadedFiles(closures: readonly StaticClosure[]): ReadonlyMap<string, ReadonlySet<string>> {
  const loaded = new Map<string, Set<string>>()
  for (const { dir, files } of closures.flatMap(({ packages }) => packages)) {
    const known = loaded.get(dir) ?? new Set()
    loaded.set(dir, known)
    for (const file of files) known.add(file)
  }
  return loaded
}

function outsideReads(closures: readonly StaticClosure[]): readonly OutsideRead[] {
  const reads = closures.flatMap((closure) => closure.outsideReads)
  return [...new Map(reads.map((read) => [`${read.what} ${read.at}`, read])).values()]
}
