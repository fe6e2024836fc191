import { errorRecord } from '@cairnml/core'
import { installedPackage, type InstalledPackage } from '@cairnml/core/packages'
import { assertPortVersion, pluginComponentsInTime, type InstalledComponent } from '@cairnml/core/stack-files'

import { leaveAtEnd } from '../../output/early-end.ts'
import type { StackSession } from '../stack/stack-session.ts'

/** What the manifest of an installed plugin says. */
export interface PluginManifest {
  readonly version?: string | undefined
  /** The versions of core that it is made for. */
  readonly peer?: string | undefined
}

/** An installed plugin. */
export interface PluginFacts extends PluginManifest {
  /** Of the package. */
  readonly name: string
  readonly components: readonly InstalledComponent[]
  /** Why it cannot be used. */
  readonly problem?: string | undefined
  /** The error that says so. */
  readonly fault?: unknown
}

/** What is known of an installed plugin; it is loaded for that. A fault is a part of the answer. */
export async function pluginFacts(name: string, session: StackSession): Promise<PluginFacts> {
  const manifest = manifestOf(name, [session.projectDir, ...session.environment.fallbackDirs])
  try {
    const components = await pluginComponentsInTime(name, session.environment, { onLate: leaveAtEnd })
    for (const { definition } of components) await assertPortVersion(name, definition, session.environment)
    return { name, ...manifest, components }
  } catch (error) {
    return { name, ...manifest, components: [], fault: error, problem: errorRecord(error).message }
  }
}

/** The manifest of a package as it is installed for one of these folders; one that cannot be read says nothing. */
export function manifestOf(name: string, folders: readonly string[]): PluginManifest {
  const found = folders.map((folder) => packageFrom(folder, name)).find((one) => one !== undefined)
  const { version, peerDependencies } = found?.manifest ?? {}
  return {
    version: textOf(version),
    peer: textOf(peerDependencies?.['@cairnml/core'] ?? peerDependencies?.['cairnml']),
  }
}

function packageFrom(folder: string, name: string): InstalledPackage | undefined {
  try {
    return installedPackage(name, folder)
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
