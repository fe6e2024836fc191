import { cairnError, CairnError, isCairnError } from '@cairnml/core'
import { removeCommand, type CommandLine } from '@cairnml/core/package-manager'
import { assertMadeForCore } from '@cairnml/core/stack-files'

import { dependenciesOf } from './dependencies-of.ts'
import { managerFailed } from './manager-failure.ts'
import { PEER } from './missing-peers.ts'
import { isPackageUnknown } from './package-unknown.ts'
import type { PluginChange, PluginRequest } from './plugin-change.ts'
import { runPackageManager, type ManagerOutcome } from './run-package-manager.ts'

const REFUSED_PEER = /peer @cairnml\/core@"([^"]+)" from (@?[^@\s]+)@/g

/**
 * Installs the first of several packages that exists.
 *
 * @returns its name
 * @throws CAIRN_PLUGIN_UNKNOWN, CAIRN_PLUGIN_VERSION, CAIRN_PACKAGE_MANAGER_FAILED
 */
export async function installPlugin(request: PluginRequest, change: PluginChange): Promise<string> {
  const { share, session } = change
  const { projectDir } = session
  const before = dependenciesOf(projectDir)
  for (const line of request.lines) {
    const outcome = await runPackageManager(line, projectDir, share)
    const specifier = line.at(-1) ?? ''
    if (outcome.ended === 0) return addedName(specifier, before, dependenciesOf(projectDir))
    if (isPackageUnknown(withoutVersion(specifier), outcome.output)) continue
    throw withLeftover(await failureOf(line, outcome, change), before, change)
  }
  throw cairnError('CAIRN_PLUGIN_UNKNOWN', { plugin: request.given, tried: request.specifiers.map(withoutVersion) })
}

/** npm refuses what does not go together before it can be loaded, in many lines that name every package. */
async function failureOf(line: CommandLine, outcome: ManagerOutcome, { session }: PluginChange): Promise<CairnError> {
  const asked = withoutVersion(line.at(-1) ?? '')
  try {
    for (const [, range = '', packageName = ''] of outcome.output.matchAll(REFUSED_PEER)) {
      if (packageName === asked) await assertMadeForCore({ packageName, range }, session.environment)
    }
  } catch (error) {
    if (isCairnError(error)) return error
  }
  return managerFailed(line, outcome)
}

/** pnpm keeps in the manifest what it has not built, and then refuses all else. */
function withLeftover(
  error: CairnError,
  before: Readonly<Record<string, string>>,
  { session, manager }: PluginChange,
): CairnError {
  const after = dependenciesOf(session.projectDir)
  const named = Object.keys(after).filter((name) => after[name] !== before[name])
  const remove = removeCommand(manager, named).join(' ')
  const left =
    named.length === 0 ? 'package.json is as it was.' : `package.json names it all the same: ${remove} removes it.`
  return withHint(error, left)
}

/** An error with one more sentence behind its hint. */
export function withHint(error: CairnError, sentence: string): CairnError {
  const { code, message, hint, details, exitCode, cause } = error
  const before = hint === undefined ? '' : `${hint}${hint.endsWith('.') ? '' : '.'} `
  return new CairnError({ code, message, hint: `${before}${sentence}`, details, exitCode, cause })
}

/** A tarball or a folder does not say what it holds: the manifest does, where it changed. */
function addedName(
  specifier: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string {
  const changed = Object.keys(after).find((name) => after[name] !== before[name] && name !== PEER)
  if (changed !== undefined) return changed
  const named = withoutVersion(specifier)
  if (after[named] !== undefined) return named
  const file = specifier.split(/[\\/]/).at(-1) ?? specifier
  return Object.keys(after).find((name) => after[name]?.endsWith(file) === true) ?? named
}

function withoutVersion(specifier: string): string {
  return specifier.replace(/(?<=.)@.*$/, '')
}
